package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emat.rtl.RtlGenerator;
import org.emat.tb.Cosimulation.Outcome;
import org.emat.tb.SimulatorBuild.Built;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is built again and what is not, and what builds leave that go wrong. */
class BuildCacheTest {
    private final String systemTemporary = System.getProperty("java.io.tmpdir");

    @TempDir
    Path folder;

    private Path temporary;

    @BeforeEach
    void useOwnTemporaryFolder() throws IOException {
        temporary = Files.createDirectories(folder.resolve("temporary"));
        System.setProperty("java.io.tmpdir", temporary.toString());
    }

    @AfterEach
    void nothingTemporaryIsLeft() throws IOException {
        System.setProperty("java.io.tmpdir", systemTemporary);
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void otherDataRunOnTheSameBinary() {
        Trial first = Trials.small(1, 1);
        Trial other = Trials.small(2, 3);
        assertThat(other.network().layers().get(0).weights())
                .isNotEqualTo(first.network().layers().get(0).weights());
        assertThat(new RtlGenerator().generate(other.plan())).isEqualTo(new RtlGenerator().generate(first.plan()));
        Cosimulation cosimulation = new Cosimulation(build(), files -> files, false);
        assertThat(run(cosimulation, first).rebuilt()).isTrue();
        assertThat(run(cosimulation, first).rebuilt()).isFalse();
        assertThat(run(cosimulation, other).rebuilt()).isFalse();
        Cosimulation changed = new Cosimulation(
                build(), files -> Trials.plant(files, "adc.v", "endmodule", "endmodule // changed"), false);
        assertThat(run(changed, other).rebuilt()).isTrue();
    }

    private static Outcome run(Cosimulation cosimulation, Trial trial) {
        Outcome outcome = cosimulation.run(trial, new TraceRequest.None(), Progress.none());
        assertThat(Differences.of(outcome.comparison())).isEmpty();
        return outcome;
    }

    @Test
    void damagedBinariesAreBuiltAgain() throws Exception {
        Built built = build().build(TinyBuild.files(), TinyBuild.PLAIN);
        assertThat(built.built()).isTrue();
        byte[] whole = Files.readAllBytes(built.binary());
        List<byte[]> damaged = new ArrayList<>(List.of(new byte[0], java.util.Arrays.copyOf(whole, whole.length / 2)));
        byte[] flipped = whole.clone();
        flipped[whole.length / 3] ^= 4;
        damaged.add(flipped);
        for (byte[] bytes : damaged) {
            Files.write(built.binary(), bytes);
            assertRebuilt(built.binary());
        }
        Files.delete(built.binary().resolveSibling("sha256"));
        assertRebuilt(built.binary());
        Files.delete(built.binary());
        assertRebuilt(built.binary());
    }

    private void assertRebuilt(Path binary) throws Exception {
        assertThat(build().build(TinyBuild.files(), TinyBuild.PLAIN)).isEqualTo(new Built(binary, true));
        assertThat(build().build(TinyBuild.files(), TinyBuild.PLAIN)).isEqualTo(new Built(binary, false));
        assertThat(new ProcessBuilder(binary.toString()).start().waitFor()).isEqualTo(1);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void buildsOfTheSameEntryAtOnceMakeItOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(TinyBuild.start(folder));
        }
        List<Boolean> built = new ArrayList<>();
        Stream.of(1, 2, 3, 4)
                .parallel()
                .map(i -> build().build(TinyBuild.files(), TinyBuild.PLAIN).built())
                .forEachOrdered(built::add);
        for (Process process : processes) {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            built.add(said.strip().equals("[true]"));
        }
        assertThat(built).hasSize(6).containsOnlyOnce(true);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void brokenVerilogShowsTheLastLinesOfVerilator() throws IOException {
        Map<String, String> files = new TreeMap<>(TinyBuild.files());
        files.put(
                "emat_bench.v",
                "module emat_bench (input wire a, output wire b);\n    assign b = missing;\nendmodule\n");
        assertThatThrownBy(() -> build().build(files, TinyBuild.PLAIN))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith("verilator failed with exit code 1; its last lines are:\n")
                .hasMessageContaining("emat_bench.v:2:")
                .hasMessageContaining("missing");
        assertThat(entries()).isEmpty();
    }

    @Test
    void brokenCppShowsTheLastLinesOfTheCompiler() throws IOException {
        Map<String, String> files = new TreeMap<>(TinyBuild.files());
        files.put("harness.cpp", "int main() { return missing; }\n");
        assertThatThrownBy(() -> build().build(files, TinyBuild.PLAIN))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith("the C++ compiler failed with exit code 2; its last lines are:\n")
                .hasMessageContaining("harness.cpp:1:")
                .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThan(15));
        assertThat(entries()).isEmpty();
    }

    @Test
    void anInterruptedBuildLeavesNothing() throws Exception {
        Path pid = folder.resolve("pid");
        SimulatorBuild slow = new SimulatorBuild(TinyBuild.toolsWithMake(slowMake(pid)), folder);
        Thread test = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            waitFor(pid);
            test.interrupt();
        });
        interrupter.start();
        assertThatThrownBy(() -> slow.build(TinyBuild.files(), TinyBuild.PLAIN))
                .isInstanceOf(ToolException.class)
                .hasMessage("the C++ compiler was interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertNothingIsLeft(pid);
    }

    @Test
    void aBuildWhoseJvmIsEndedLeavesNothing() throws Exception {
        Path pid = folder.resolve("pid");
        Process jvm = TinyBuild.start(folder, slowMake(pid));
        waitFor(pid);
        jvm.destroy();
        assertThat(jvm.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertNothingIsLeft(pid);
    }

    /** A make that waits, for longer than any test, after it has written its process number. */
    private Path slowMake(Path pid) throws IOException {
        Path script = folder.resolve("slow-make");
        Files.writeString(
                script, "#!/bin/sh\necho $$ >'" + pid + ".new'\nmv '" + pid + ".new' '" + pid + "'\nsleep 600\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static void waitFor(Path file) {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!Files.exists(file) && Instant.now().isBefore(end)) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(file).exists();
    }

    private void assertNothingIsLeft(Path pid) throws IOException {
        assertThat(entries()).isEmpty();
        long make = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(make)).isEmpty();
    }

    @Test
    void aFullDiskIsSaidInOneSentence() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        SimulatorBuild build = new SimulatorBuild(VerilatorToolchain.find().withoutCcache(), folder.resolve("cache"));
        // Too little for the Verilog, for its C++, and for the program.
        for (int kilobytes : List.of(4, 64, 1300)) {
            onSmallDisk(disk, kilobytes, () -> {
                System.setProperty("java.io.tmpdir", disk.toString());
                assertFull(build, disk);
            });
        }
        System.setProperty("java.io.tmpdir", temporary.toString());
        onSmallDisk(disk, 100, () -> assertFull(new SimulatorBuild(VerilatorToolchain.find(), disk), disk));
    }

    private static void assertFull(SimulatorBuild build, Path disk) {
        assertThatThrownBy(() -> build.build(TinyBuild.files(), TinyBuild.PLAIN))
                .isInstanceOf(ToolException.class)
                .hasMessageMatching("[^\n]*[Nn]o space (is )?left[^\n]*");
        try (Stream<Path> left = Files.walk(disk)) {
            assertThat(left.filter(
                            path -> !Files.isDirectory(path) && !path.toString().endsWith(".lock")))
                    .isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void onSmallDisk(Path disk, int kilobytes, Runnable check) throws Exception {
        assumeTrue(
                mount("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", disk.toString()),
                "no small disk can be mounted here");
        try {
            check.run();
        } finally {
            assertThat(mount("umount", disk.toString())).isTrue();
        }
    }

    private static boolean mount(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidInOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        SimulatorBuild build = new SimulatorBuild(VerilatorToolchain.find(), file);
        assertThatThrownBy(() -> build.build(TinyBuild.files(), TinyBuild.PLAIN))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith("the simulator cannot be kept in '" + file + "': ")
                .hasMessageNotContaining("null");
    }

    private SimulatorBuild build() {
        return new SimulatorBuild(VerilatorToolchain.find(), folder);
    }

    /** All in the cache but the locks. */
    private List<Path> entries() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("simulators"))) {
            return all.filter(path -> !path.toString().endsWith(".lock")).toList();
        }
    }
}
