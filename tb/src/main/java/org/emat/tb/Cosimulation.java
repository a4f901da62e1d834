package org.emat.tb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.emat.arch.Architecture;
import org.emat.golden.GoldenRun;
import org.emat.integer.Frame;
import org.emat.integer.IntegerNetwork;
import org.emat.plan.Plan;
import org.emat.rtl.MemoryImages;
import org.emat.rtl.RtlGenerator;
import org.emat.schedule.CycleCount;
import org.emat.schedule.StallScript;

/** Runs a design in Verilator and compares it with its golden model. */
public final class Cosimulation {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final SimulatorBuild build;

    /** A co-simulation over a build of simulators. */
    public Cosimulation(SimulatorBuild build) {
        this.build = build;
    }

    /**
     * A simulated and compared run.
     *
     * @param comparison the verdict
     * @param simulation words and counters of the Verilog
     * @param rebuilt whether C++ was compiled
     * @param seconds wall time of the simulation alone
     */
    public record Outcome(Comparison comparison, SimulationResult simulation, boolean rebuilt, double seconds) {}

    /** The simulator of several designs; the file of a module that two designs share must be the same text. */
    public SimulatorBuild.Built simulator(List<Plan> plans, SimulatorBuild.Options options) {
        RtlGenerator generator = new RtlGenerator();
        Map<String, String> files = new LinkedHashMap<>();
        for (Plan plan : plans) {
            generator.generate(plan).forEach((name, text) -> {
                String before = files.putIfAbsent(name, text);
                if (before != null && !before.equals(text)) {
                    throw new IllegalArgumentException("two designs have different texts of " + name);
                }
            });
        }
        files.putAll(generator.harness(plans));
        return build.build(files, options);
    }

    /**
     * Simulates frames and compares.
     *
     * @param progress called with the share of the predicted cycles, 0 to 1000
     */
    public Outcome run(
            Plan plan,
            IntegerNetwork network,
            Architecture architecture,
            List<Frame> frames,
            GoldenRun golden,
            CycleCount predicted,
            StallScript script,
            Optional<SimulationRequest.Wave> wave,
            LongConsumer progress) {
        SimulatorBuild.Built built =
                simulator(List.of(plan), new SimulatorBuild.Options(false, wave.isPresent(), true));
        Path images = imageFolder();
        try {
            MemoryImages.write(plan, network, architecture, images);
            long limit = 2 * predicted.cycles() + 10_000;
            long start = System.nanoTime();
            try (Simulator simulator = new Simulator(built.binary(), images, PATIENCE)) {
                SimulationResult result = simulator.run(
                        new SimulationRequest(plan, 0, frames, script, limit, wave),
                        cycle -> progress.accept(1000 * cycle / Math.max(1, predicted.cycles())));
                double seconds = (System.nanoTime() - start) * 1e-9;
                return new Outcome(Comparison.of(plan, golden, predicted, result), result, built.built(), seconds);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(images);
        }
    }

    private static Path imageFolder() {
        try {
            return Files.createTempDirectory("emat-images-");
        } catch (IOException e) {
            throw new ToolException("no folder for the memory images can be made: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(all::add);
            for (Path path : all) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
