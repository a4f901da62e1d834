package org.emat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.emat.golden.GoldenModel;
import org.emat.golden.GoldenRun;
import org.emat.network.InputException;
import org.emat.rtl.MemoryImages;
import org.emat.schedule.CycleCount;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;
import org.emat.tb.Comparison;
import org.emat.tb.Cosimulation;
import org.emat.tb.SimulationRequest;
import org.emat.tb.SimulationResult;
import org.emat.tb.Simulator;
import org.emat.tb.SimulatorBuild;
import org.emat.tb.ToolException;
import org.emat.tb.VerilatorToolchain;

/**
 * Prints how fast the generated Verilog runs in Verilator and how long it takes to build, in CPU time of the child
 * processes. Each run is compared with the golden model. Arguments: what (images, tiles or build), ONNX file, frames.
 */
public final class VerilogRate {
    /** Clock ticks a second in /proc on every Linux. */
    private static final double TICKS = 100;

    private VerilogRate() {}

    /** Times one of the three. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3
                || !List.of("images", "tiles", "build").contains(arguments[0])
                || !arguments[2].matches("[1-9][0-9]{0,5}")) {
            System.err.println("usage: VerilogRate images|tiles|build ONNX_FILE FRAMES");
            System.exit(2);
        }
        int frames = Integer.parseInt(arguments[2]);
        Path folder = Files.createTempDirectory("emat-bench-");
        try {
            TimedDesign design = arguments[0].equals("tiles")
                    ? TimedDesign.tiles(frames)
                    : TimedDesign.generator(Path.of(arguments[1]), frames);
            time(arguments[0], design, folder);
        } catch (InputException | ToolException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
    }

    private static void time(String what, TimedDesign design, Path folder) throws IOException {
        if (what.equals("build")) {
            build(design, folder);
            return;
        }
        double seconds = simulate(design, folder);
        int frames = design.frames().size();
        if (what.equals("images")) {
            System.out.printf("Verilator: %.1f images a second of CPU time%n", frames / seconds);
        } else {
            System.out.printf(
                    "Verilator, %d tiles: %.0f tile products a second of CPU time%n",
                    design.plan().engines().get(0).rowBlockCount(), frames * design.tileProducts() / seconds);
        }
    }

    /** Simulates the frames in one run; its CPU seconds, without the start of the process. */
    private static double simulate(TimedDesign design, Path images) throws IOException {
        SimulatorBuild build = new SimulatorBuild(VerilatorToolchain.find(), SimulatorBuild.userCache());
        Path binary = new Cosimulation(build)
                .simulator(List.of(design.plan()), SimulatorBuild.Options.fast())
                .binary();
        MemoryImages.write(design.plan(), design.network(), design.architecture(), images);
        CycleCount predicted =
                new Scheduler().count(design.plan(), design.frames().size(), StallScript.none());
        GoldenRun golden = new GoldenModel(design.plan(), design.network(), design.architecture())
                .run(design.frames(), done -> {});
        try (Simulator simulator = new Simulator(binary, images, Duration.ofMinutes(10))) {
            run(simulator, design, 1, predicted);
            double before = cpuSeconds(simulator);
            SimulationResult result = run(simulator, design, design.frames().size(), predicted);
            double seconds = cpuSeconds(simulator) - before;
            if (!Comparison.of(design.plan(), golden, predicted, result).equal()) {
                throw new IllegalStateException("the Verilog differs from the golden model");
            }
            System.out.printf("%d cycles, %.0f a second%n", predicted.cycles(), predicted.cycles() / seconds);
            return seconds;
        }
    }

    private static SimulationResult run(Simulator simulator, TimedDesign design, int frames, CycleCount predicted) {
        return simulator.run(
                new SimulationRequest(
                        design.plan(),
                        0,
                        design.frames().subList(0, frames),
                        StallScript.none(),
                        2 * predicted.cycles() + 10_000,
                        Optional.empty()),
                cycle -> {});
    }

    private static double cpuSeconds(Simulator simulator) {
        Duration duration = ProcessHandle.of(simulator.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("the system does not tell the simulator's CPU time"));
        return duration.toMillis() * 1e-3;
    }

    /** Builds the simulator from nothing, without ccache. */
    private static void build(TimedDesign design, Path folder) throws IOException {
        VerilatorToolchain tools = VerilatorToolchain.find().withoutCcache();
        Cosimulation cosimulation = new Cosimulation(new SimulatorBuild(tools, folder));
        double before = childrenCpuSeconds();
        long start = System.nanoTime();
        boolean built = cosimulation
                .simulator(List.of(design.plan()), SimulatorBuild.Options.fast())
                .built();
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (!built) {
            throw new IllegalStateException("the build was found, not made");
        }
        System.out.printf("clean build: %.1f s, %.1f s of CPU time%n", seconds, childrenCpuSeconds() - before);
    }

    /** CPU time of all ended child processes, their children included (proc(5), cutime and cstime). */
    private static double childrenCpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS;
    }
}
