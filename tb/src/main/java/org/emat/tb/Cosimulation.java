package org.emat.tb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.emat.plan.Plan;
import org.emat.rtl.MemoryImages;
import org.emat.rtl.RtlGenerator;
import org.emat.tb.Progress.Phase;
import org.emat.tb.SimulationRequest.Wave;

/** Runs a design in Verilator and compares it with its golden model. */
public final class Cosimulation {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final SimulatorBuild build;
    private final UnaryOperator<Map<String, String>> edit;
    private final boolean optimised;

    /** A co-simulation over a build of simulators. */
    public Cosimulation(SimulatorBuild build) {
        this(build, files -> files, true);
    }

    /**
     * A co-simulation of tests.
     *
     * @param edit changes the texts, to plant faults
     * @param optimised as in {@link SimulatorBuild.Options}
     */
    Cosimulation(SimulatorBuild build, UnaryOperator<Map<String, String>> edit, boolean optimised) {
        this.build = build;
        this.edit = edit;
        this.optimised = optimised;
    }

    /**
     * A simulated and compared run.
     *
     * @param comparison the verdict
     * @param simulation words and counters of the Verilog
     * @param rebuilt whether C++ was compiled
     * @param seconds wall time of the simulation alone
     * @param peakBytes the most memory that the simulator held, in bytes; empty where the system does not tell
     * @param diagnosis where the first wrong word comes from, if there is one and a trace of it was asked for
     */
    public record Outcome(
            Comparison comparison,
            SimulationResult simulation,
            boolean rebuilt,
            double seconds,
            OptionalLong peakBytes,
            Optional<Diagnosis> diagnosis) {}

    private record Run(SimulationResult result, OptionalLong peakBytes) {}

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
        return build.build(edit.apply(files), options);
    }

    /**
     * Simulates and compares.
     *
     * @throws ToolException if a tool is missing or fails, or if the design hangs
     */
    public Outcome run(Trial trial, TraceRequest trace, Progress progress) {
        try (Scratch images = Scratch.ofSystem("emat-images-")) {
            progress.at(Phase.IMAGES, 0);
            write(trial, images.folder());
            progress.at(Phase.BUILD, 0);
            SimulatorBuild.Built built = simulator(trial, trace instanceof TraceRequest.Window);
            progress.at(Phase.SIMULATION, 0);
            long start = System.nanoTime();
            Run run = trace instanceof TraceRequest.Window window
                    ? traced(trial, built.binary(), images.folder(), window, progress)
                    : simulate(trial, built.binary(), images.folder(), Optional.empty(), progress);
            double seconds = (System.nanoTime() - start) * 1e-9;
            progress.at(Phase.COMPARISON, 0);
            SimulationResult result = run.result();
            Comparison comparison = Comparison.of(trial.plan(), trial.golden(), trial.predicted(), result);
            Optional<Diagnosis> diagnosis = Optional.empty();
            if (trace instanceof TraceRequest.Mismatch mismatch
                    && comparison.firstMismatch().isPresent()) {
                progress.at(Phase.TRIAGE, 0);
                diagnosis = Optional.of(
                        diagnose(trial, comparison.firstMismatch().get(), result, images.folder(), mismatch.folder()));
            }
            return new Outcome(comparison, result, built.built(), seconds, run.peakBytes(), diagnosis);
        }
    }

    private SimulatorBuild.Built simulator(Trial trial, boolean trace) {
        return simulator(List.of(trial.plan()), new SimulatorBuild.Options(false, trace, optimised));
    }

    private static void write(Trial trial, Path folder) {
        try {
            MemoryImages.write(trial.plan(), trial.network(), trial.architecture(), folder);
        } catch (IOException e) {
            throw new ToolException("the memory images cannot be written: " + ToolException.reason(e), e);
        }
    }

    /** Writes the wave beside its place, so that it is whole or absent. */
    private static Run traced(Trial trial, Path binary, Path images, TraceRequest.Window window, Progress progress) {
        Path file = window.file().toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
            try (Scratch beside = new Scratch(file.getParent(), ".trace-")) {
                Wave wave = new Wave(beside.folder().resolve("wave.fst"), window.from(), window.to());
                Run result = simulate(trial, binary, images, Optional.of(wave), progress);
                Files.move(wave.file(), file, StandardCopyOption.ATOMIC_MOVE);
                return result;
            }
        } catch (IOException e) {
            throw new ToolException("the wave '" + file + "' cannot be written: " + ToolException.reason(e), e);
        }
    }

    private static Run simulate(Trial trial, Path binary, Path images, Optional<Wave> wave, Progress progress) {
        long cycles = Math.max(1, trial.predicted().cycles());
        try (Simulator simulator = new Simulator(binary, images, PATIENCE)) {
            SimulationResult result = simulator.run(
                    trial.request(wave),
                    cycle -> progress.at(Phase.SIMULATION, (int) Math.min(1000, 1000 * cycle / cycles)));
            return new Run(result, simulator.peakBytes());
        }
    }

    private Diagnosis diagnose(
            Trial trial, Comparison.Mismatch mismatch, SimulationResult result, Path images, Path folder) {
        Path binary = simulator(trial, true).binary();
        try (Simulator simulator = new Simulator(binary, images, PATIENCE)) {
            return new Triage(trial, mismatch, result).run(simulator, folder);
        }
    }
}
