package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.emat.integer.Frame;
import org.emat.rtl.MemoryImages;
import org.emat.schedule.StallScript;
import org.emat.tb.Progress.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulators that die, hang or fall silent end in one sentence, soon, and leave no file. */
class SimulatorProcessTest {
    private static final Trial TRIAL = Trials.small(1, 1);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int MANY_FRAMES = 100_000;

    private final String temporary = System.getProperty("java.io.tmpdir");

    @TempDir
    Path folder;

    @BeforeEach
    void useOwnTemporaryFolder() throws IOException {
        System.setProperty(
                "java.io.tmpdir",
                Files.createDirectories(folder.resolve("temporary")).toString());
    }

    @AfterEach
    void nothingTemporaryIsLeft() throws IOException {
        System.setProperty("java.io.tmpdir", temporary);
        try (Stream<Path> left = Files.list(folder.resolve("temporary"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aRunTellsItsPhases() {
        List<String> heard = new ArrayList<>();
        Cosimulation.Outcome outcome = cosimulation(files -> files)
                .run(TRIAL, new TraceRequest.None(), (phase, permille) -> heard.add(phase + " " + permille));
        assertThat(Differences.of(outcome.comparison())).isEmpty();
        assertThat(heard).startsWith("IMAGES 0", "BUILD 0", "SIMULATION 0").endsWith("COMPARISON 0");
    }

    @Test
    void aKilledProcessIsNoticedAtOnce() throws IOException {
        try (Simulator simulator = simulator(LONG)) {
            long[] killed = new long[1];
            assertThatThrownBy(() -> simulator.run(manyFrames(), cycle -> {
                        killed[0] = System.nanoTime();
                        signal("KILL", simulator.pid());
                    }))
                    .isInstanceOf(ToolException.class)
                    .hasMessage("the simulator failed in the middle of a run (its output ended) and ended with exit"
                            + " code 137");
            assertThat(System.nanoTime() - killed[0])
                    .isLessThan(Duration.ofSeconds(5).toNanos());
        }
    }

    @Test
    void aSilentProcessIsEndedByTheWatchdog() throws IOException {
        long pid;
        try (Simulator simulator = simulator(Duration.ofSeconds(2))) {
            pid = simulator.pid();
            long[] stopped = new long[1];
            assertThatThrownBy(() -> simulator.run(manyFrames(), cycle -> {
                        stopped[0] = System.nanoTime();
                        signal("STOP", simulator.pid());
                    }))
                    .isInstanceOf(ToolException.class)
                    .hasMessage("the simulator was silent for 2.0 s and was ended");
            assertThat(System.nanoTime() - stopped[0])
                    .isLessThan(Duration.ofSeconds(10).toNanos());
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aProcessThatNeverReadsIsEndedByTheWatchdog() throws IOException {
        try (Simulator simulator = simulator(Duration.ofSeconds(2))) {
            signal("STOP", simulator.pid());
            assertThatThrownBy(() -> simulator.run(manyFrames(), cycle -> {}))
                    .isInstanceOf(ToolException.class)
                    .hasMessage("the simulator was silent for 2.0 s and was ended");
        }
    }

    @Test
    void aRunBeyondItsCyclesEndsWithTheHandshakes() throws IOException {
        try (Simulator simulator = simulator(LONG)) {
            StallScript script = new StallScript(3, 0, 255);
            SimulationRequest request =
                    new SimulationRequest(TRIAL.plan(), 0, TRIAL.frames(), script, 120, Optional.empty());
            assertThatThrownBy(() -> simulator.run(request, cycle -> {}))
                    .isInstanceOf(ToolException.class)
                    .hasMessageStartingWith("the design hangs: after 121 cycles 18 of 18 input beats and ")
                    .hasMessageContaining(" of 144 output beats have passed; handshakes: input stream not valid and ")
                    .hasMessageEndingWith(
                            "pixels of layer 'same' valid and not ready, output stream valid and not ready");
            // The process serves further runs.
            SimulationResult result = simulator.run(TRIAL.request(Optional.empty()), cycle -> {});
            assertThat(Differences.of(Comparison.of(TRIAL.plan(), TRIAL.golden(), TRIAL.predicted(), result)))
                    .isEmpty();
        }
    }

    @Test
    void aDesignThatNeverGivesAPixelEndsWithTheHandshakes() {
        Cosimulation hanging = cosimulation(files ->
                Trials.plant(files, "block_to_raster.v", "if (advance) out_valid <= available;", "out_valid <= 1'b0;"));
        assertThatThrownBy(() -> hanging.run(TRIAL, new TraceRequest.None(), Progress.none()))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining(" 0 of 144 output beats have passed; ")
                .hasMessageContaining("pixels of layer 'up' not valid and ready");
    }

    @Test
    void aDesignThatNeverStartsEndsToo() {
        Cosimulation hanging = cosimulation(files ->
                Trials.plant(files, "csr.v", "started             <= wdata[0];", "started             <= 1'b0;"));
        assertThatThrownBy(() -> hanging.run(TRIAL, new TraceRequest.None(), Progress.none()))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith("the design hangs: after 0 cycles 0 of 18 input beats");
    }

    @Test
    void anInterruptedRunEndsItsProcess() throws IOException {
        long pid;
        try (Simulator simulator = simulator(LONG)) {
            pid = simulator.pid();
            assertThatThrownBy(() -> simulator.run(
                            manyFrames(), cycle -> Thread.currentThread().interrupt()))
                    .isInstanceOf(ToolException.class)
                    .hasMessage("the simulation was interrupted");
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void anExceptionOfTheListenerLeavesNothing() {
        assertThatThrownBy(() -> cosimulation(files -> files).run(TRIAL, new TraceRequest.None(), (phase, permille) -> {
                    if (phase == Phase.SIMULATION) {
                        throw new IllegalStateException("listener");
                    }
                }))
                .hasMessage("listener");
    }

    private Cosimulation cosimulation(UnaryOperator<Map<String, String>> edit) {
        return new Cosimulation(new SimulatorBuild(VerilatorToolchain.find(), folder.resolve("cache")), edit, false);
    }

    private Simulator simulator(Duration patience) throws IOException {
        SimulatorBuild.Built built = cosimulation(files -> files).simulator(List.of(TRIAL.plan()), TinyBuild.PLAIN);
        Path images = folder.resolve("images");
        MemoryImages.write(TRIAL.plan(), TRIAL.network(), TRIAL.architecture(), images);
        return new Simulator(built.binary(), images, patience);
    }

    /** More than any test waits for. */
    private static SimulationRequest manyFrames() {
        List<Frame> frames = Collections.nCopies(MANY_FRAMES, TRIAL.frames().get(0));
        return new SimulationRequest(TRIAL.plan(), 0, frames, StallScript.none(), Long.MAX_VALUE / 2, Optional.empty());
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
