package org.emat.measure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emat.suite.Pass;
import org.emat.suite.Row;

/**
 * A step of a GAN's training by one real and one generated image, put together from the passes of its two networks, one
 * pass after another, each with frames streaming through it, at one clock: {@value #COMPOSITION} What is paid once a batch,
 * the read-out of gradients and the update, is not in it.
 *
 * @param network the GAN
 * @param cycles of the step without inserted zeros
 * @param zeroInsertedCycles of the step with them
 * @param arrayCycles those of the passes on arrays, forward and error, without inserted zeros
 * @param zeroInsertedArrayCycles those with them
 * @param energy of the step without inserted zeros, in J, without writing cells
 * @param zeroInsertedEnergy of the step with them
 */
public record TrainingStep(
        String network,
        double cycles,
        double zeroInsertedCycles,
        double arrayCycles,
        double zeroInsertedArrayCycles,
        double energy,
        double zeroInsertedEnergy) {
    /** What a step is made of. */
    public static final String COMPOSITION =
            "the discriminator learns (generator forward once; discriminator forward, error and gradient twice each),"
                    + " then the generator (discriminator forward and error once; generator error and gradient once).";

    /**
     * A pass of a step.
     *
     * @param network which of the two networks
     * @param pass the pass
     * @param times how often
     */
    private record Part(String network, Pass pass, int times) {}

    private static final List<Part> PARTS = List.of(
            new Part("generator", Pass.FORWARD, 1),
            new Part("discriminator", Pass.FORWARD, 3),
            new Part("discriminator", Pass.ERROR, 3),
            new Part("discriminator", Pass.GRADIENT, 2),
            new Part("generator", Pass.ERROR, 1),
            new Part("generator", Pass.GRADIENT, 1));

    /** The steps whose passes are all in a table, without and with inserted zeros. */
    public static List<TrainingStep> of(BenchmarkTable table) {
        Set<String> networks = new LinkedHashSet<>();
        for (Row row : table.rows()) {
            int slash = row.name().indexOf('/');
            if (slash > 0) {
                networks.add(row.name().substring(0, slash));
            }
        }
        List<TrainingStep> steps = new ArrayList<>();
        networks.forEach(network -> of(table, network).ifPresent(steps::add));
        return List.copyOf(steps);
    }

    private static Optional<TrainingStep> of(BenchmarkTable table, String network) {
        double[] time = new double[2];
        double[] onArrays = new double[2];
        double[] energy = new double[2];
        List<Variant> variants = List.of(Variant.PHASE, Variant.ZERO_INSERTION);
        for (Part part : PARTS) {
            String row = network + "/" + part.network + "/" + part.pass;
            for (int i = 0; i < variants.size(); i++) {
                Optional<Line> line = table.find(row, variants.get(i));
                if (line.isEmpty() || line.get().energy().isEmpty()) {
                    return Optional.empty();
                }
                time[i] += part.times * line.get().time();
                onArrays[i] +=
                        part.pass == Pass.GRADIENT ? 0 : part.times * line.get().time();
                energy[i] += part.times * line.get().energy().get();
            }
        }
        return Optional.of(new TrainingStep(network, time[0], time[1], onArrays[0], onArrays[1], energy[0], energy[1]));
    }

    /** How often faster without inserted zeros. */
    public double speedUp() {
        return zeroInsertedCycles / cycles;
    }

    /** How often faster the passes on arrays alone are without inserted zeros. */
    public double arraySpeedUp() {
        return zeroInsertedArrayCycles / arrayCycles;
    }

    /** How often less energy without inserted zeros. */
    public double energyRatio() {
        return zeroInsertedEnergy / energy;
    }
}
