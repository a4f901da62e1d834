package org.emat.train.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Mapping;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.InputException;
import org.emat.network.NumberFormat;
import org.emat.plan.EnginePlan;
import org.emat.plan.Mapper;
import org.emat.train.ErrorLayer;
import org.emat.train.GradientPlan;
import org.emat.train.GradientPlanner;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.TrainedLayer;
import org.emat.train.gan.TrainingFormat;

/** Plans machines: engines as the mapper places them. */
public final class MachinePlanner {
    /** A sum as the mapper sees it; in the machine it leaves its engine as wide as the accumulators. */
    private static final NumberFormat SUM = new NumberFormat(32, true);

    private static final Architecture.Crossbar CROSSBAR = new Architecture.Crossbar(128, 128);

    /** How much slower a step may be for smaller buffers. */
    private static final double SLOWER = 0.01;

    private final MachineOptions options;

    /** A planner for machines that run in some way. */
    public MachinePlanner(MachineOptions options) {
        this.options = options;
    }

    /** Crossbars of 128 × 128 cells with converters that lose nothing. */
    public static Architecture architecture(GanPlan gan, Mapping mapping) {
        Architecture standard = Architecture.standard();
        return Mapper.lossless(new Architecture(
                CROSSBAR,
                gan.cells().bits(),
                gan.cells().encoding(),
                gan.format().activationBits(),
                TrainingFormat.WEIGHT_BITS,
                gan.format().activationBits(),
                standard.adc(),
                standard.device(),
                mapping,
                1,
                standard.onePixel(),
                standard.groups(),
                1,
                standard.streamBits()));
    }

    /**
     * The machine of a training. Its buffers hold what lives in them at a time: the discriminator's inputs those of the
     * images under way, as few as leave the step nearly as fast as any number does; the generator's inputs and images those
     * of a batch, since their errors come after the discriminator's update. Where computation is shared, these errors
     * follow at once.
     *
     * @param name identifier of the design in Verilog
     * @throws InputException if the training asks for what machines do not have
     */
    public MachinePlan plan(String name, GanPlan gan) {
        Stream.of(gan.generator(), gan.discriminator())
                .flatMap(List::stream)
                .filter(TrainedLayer::normalised)
                .findFirst()
                .ifPresent(layer -> {
                    throw new InputException("layer '" + layer.name()
                            + "' is normalised, which the machine in Verilog cannot do; train without --rtl");
                });
        MachinePlan roomy = plan(name, gan, 2 * gan.batch());
        double fastest = MachineClock.count(roomy).cycles();
        MachinePlan chosen = roomy;
        for (int frames = 1; frames < 2 * gan.batch(); frames *= 2) {
            MachinePlan plan = plan(name, gan, frames);
            if (MachineClock.count(plan).cycles() <= fastest * (1 + SLOWER)) {
                chosen = plan;
                break;
            }
        }
        return fitted(chosen);
    }

    /** A buffer with a pixel more than it ever holds never makes anything wait. */
    private static MachinePlan fitted(MachinePlan plan) {
        StepCycles cycles = MachineClock.count(plan);
        List<MachineLayer> layers = new ArrayList<>();
        for (int i = 0; i < plan.layers().size(); i++) {
            MachineLayer layer = plan.layers().get(i);
            StepCycles.Layer counted = cycles.layers().get(i);
            layers.add(layer.keeping(
                    fitted(layer.kept(), counted.inputs()),
                    counted.signs()
                            .map(signs -> fitted(layer.keptSigns(), signs))
                            .orElse(0)));
        }
        List<List<MachineLayer>> discriminators = new ArrayList<>();
        for (int copy = 0; copy < plan.discriminators().size(); copy++) {
            discriminators.add(layers.subList(plan.entry(copy), plan.entry(copy + 1)));
        }
        return new MachinePlan(
                plan.name(),
                plan.gan(),
                plan.options(),
                layers.subList(0, plan.generator().size()),
                discriminators,
                fitted(plan.keptImages(), cycles.images()));
    }

    private static int fitted(int kept, StepCycles.Traffic traffic) {
        return Math.min(kept, (int) traffic.peak() + 1);
    }

    private MachinePlan plan(String name, GanPlan gan, int frames) {
        boolean shares = gan.computationSharing();
        List<List<MachineLayer>> discriminators = new ArrayList<>();
        if (options.spatialParallelism()) {
            discriminators.add(discriminator(gan, 'd', frames, false));
        }
        discriminators.add(discriminator(gan, options.spatialParallelism() ? 'e' : 'd', frames, true));
        return new MachinePlan(
                name,
                gan,
                options,
                layers(gan, 'g', gan.generator(), gan.batch(), shares ? Math.min(frames, gan.batch()) : gan.batch()),
                discriminators,
                shares ? 0 : gan.batch() * gan.image().pixels());
    }

    /** A copy of the discriminator. Errors of images are wanted of generated ones only. */
    private List<MachineLayer> discriminator(GanPlan gan, char copy, int frames, boolean generated) {
        List<MachineLayer> layers = layers(gan, copy, gan.discriminator(), 2 * gan.batch(), frames);
        if (!generated) {
            layers.set(0, layers.get(0).withoutError());
        }
        return layers;
    }

    private List<MachineLayer> layers(GanPlan gan, char network, List<TrainedLayer> trained, int batch, int frames) {
        NumberFormat words = new NumberFormat(gan.format().activationBits(), true);
        NumberFormat errors = new NumberFormat(gan.format().errorBits(), true);
        Architecture architecture = architecture(gan, options.mapping());
        Mapper mapper = new Mapper(architecture);
        List<MachineLayer> layers = new ArrayList<>();
        for (TrainedLayer layer : trained) {
            int[] none = new int[layer.geometry().weightCount()];
            String id = network + "" + layers.size();
            GradientPlan gradient = new GradientPlanner(options.form(), architecture.onePixel(), options.lanes(), batch)
                    .inOrder(id, layer.geometry(), words, errors);
            Optional<EnginePlan> error = network == 'g' && layers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(engine(mapper, backward(layer, errors, none)));
            layers.add(new MachineLayer(
                    id,
                    layer,
                    engine(mapper, forward(layer, words, none)),
                    error,
                    gradient,
                    frames * layer.geometry().input().pixels(),
                    frames * layer.geometry().input().pixels()));
        }
        return layers;
    }

    private static EnginePlan engine(Mapper mapper, IntegerLayer layer) {
        return mapper.map("layer", new IntegerNetwork("layer", List.of(layer)))
                .engines()
                .get(0);
    }

    /**
     * The layer of a forward engine with some weights.
     *
     * @param input format of the input words
     * @param weights in the order of the layer's geometry
     */
    public static IntegerLayer forward(TrainedLayer layer, NumberFormat input, int[] weights) {
        return new IntegerLayer(
                layer.name(),
                layer.geometry(),
                input,
                TrainingFormat.WEIGHT_BITS,
                weights,
                Requantiser.exact(new long[layer.geometry().scaleCount()], SUM.min(), SUM.max()),
                new IntegerActivation.Bounded(),
                SUM);
    }

    /** The layer of an error engine with some weights, as {@link #forward} takes them. */
    public static IntegerLayer backward(TrainedLayer layer, NumberFormat error, int[] weights) {
        return new ErrorLayer(layer.geometry()).layer(forward(layer, error, weights), error, 0, SUM);
    }
}
