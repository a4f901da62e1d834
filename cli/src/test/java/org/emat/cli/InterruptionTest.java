package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever ends the command, or the simulator it runs, in the middle of its work finds nothing left of it. */
class InterruptionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Runs for some 14 million cycles. */
    private static final String[] LONG_SIMULATION = {
        "cosim", "net.json", "--mode", "integer", "--frames", "3000", "--stalls", "1:255:255", "--output", "y.npy"
    };

    @TempDir
    Path folder;

    private Workspace workspace;
    private Process process;

    @BeforeEach
    void makeWorkspace() {
        workspace = new Workspace(folder);
        workspace.folder("tmp");
        workspace.folder("tools");
        workspace.folder("out");
        workspace.network("net.json", "{'operator':'convolution','channels':4,'kernel':3}");
    }

    @AfterEach
    void endWhatIsLeft() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Program emat(String... arguments) {
        return Program.emat(folder, arguments).withJava("-Djava.io.tmpdir=" + workspace.path("tmp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void endedWhileItSimulates(String signal) {
        List<String> before = workspace.listing();
        process = emat(LONG_SIMULATION).start();
        ProcessHandle simulator = awaitChild(handle -> command(handle).endsWith("/simulator"));
        assertEnds(signal, simulator, before);
    }

    @Test
    void endedWhileItBuilds() {
        workspace.script(
                "tools/verilator",
                "if [ \"$1\" = --version ]; then echo 'Verilator 5.006 2023-01-22'; exit 0; fi\nsleep 300\n");
        List<String> before = workspace.listing();
        process = emat("cosim", "net.json", "--json", "r.json")
                .withProgramsOf(workspace.path("tools"))
                .with("EMAT_CACHE", workspace.path("cache").toString())
                .start();
        ProcessHandle sleeper = awaitChild(handle -> command(handle).endsWith("/sleep"));
        assertEnds("TERM", sleeper, before);
    }

    /** The folder of a design takes some time to fill: here with the cells of a million weights. */
    @Test
    void endedWhileItWrites() {
        workspace.json(
                "large.json",
                "{'inputShape':{'channels':1000},'frames':1,'network':[{'operator':'dense','channels':1000}]}");
        List<String> before = workspace.listing();
        process = emat("gen", "large.json", "-o", "out/design").start();
        await(() -> workspace.listing().stream().anyMatch(entry -> entry.contains("/out/.emat-")));
        assertThat(workspace.path("out/design")).doesNotExist();
        assertEnds("TERM", process.toHandle(), before);
    }

    private void assertEnds(String signal, ProcessHandle child, List<String> before) {
        assertThat(child.isAlive()).isTrue();
        Shell.run(folder, "kill", "-" + signal, Long.toString(process.pid()));
        Program.Result result = Program.finish(process);
        assertThat(result.code()).isEqualTo(128 + (signal.equals("INT") ? 2 : 15));
        await(() -> !child.isAlive());
        assertThat(result.out()).isEmpty();
        assertThat(result.error()).doesNotContain("Exception", "\tat ");
        assertThat(workspace.listing())
                .filteredOn(entry -> !entry.contains("/cache"))
                .isEqualTo(before);
        assertThat(workspace.listing()).noneMatch(entry -> entry.contains("/cache") && entry.contains("/.building"));
    }

    @Test
    void killedSimulatorIsToldAndLeavesNothing() {
        List<String> before = workspace.listing();
        process = emat(LONG_SIMULATION).start();
        ProcessHandle simulator = awaitChild(handle -> command(handle).endsWith("/simulator"));
        simulator.destroyForcibly();
        Program.Result result = Program.finish(process);
        assertThat(result.code()).as(result.error()).isEqualTo(Main.REFUSED);
        assertThat(result.error())
                .startsWith("emat: the simulator failed in the middle of a run")
                .contains("137")
                .endsWith(".\n")
                .hasLineCount(1);
        assertThat(result.out()).isEmpty();
        assertThat(workspace.listing()).isEqualTo(before);
    }

    private ProcessHandle awaitChild(Predicate<ProcessHandle> wanted) {
        await(() -> children().anyMatch(wanted));
        return children().filter(wanted).findFirst().orElseThrow();
    }

    private Stream<ProcessHandle> children() {
        return process.descendants();
    }

    private static String command(ProcessHandle handle) {
        return handle.info().command().orElse("");
    }

    private void await(Supplier<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.get()) {
            assertThat(System.nanoTime())
                    .as("what was waited for did not happen")
                    .isLessThan(end);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
