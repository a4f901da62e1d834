package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.emat.tb.MachineSimulation.Pauses;
import org.emat.tb.Simulator.RegisterWrite;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.GanTrainer;
import org.emat.train.gan.NetworkState;
import org.emat.train.machine.MachineOptions;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.MachinePlanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulators of machines that refuse, die or fall silent end in one sentence, soon, and leave no file. */
class MachineProcessTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final GanPlan GAN = TinyGan.draw(new SplittableRandom(1), false);
    private static final MachinePlan PLAN = new MachinePlanner(new MachineOptions(true, 2)).plan("drawn", GAN);

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
    void badAccessesAndEndsAreTold() throws IOException {
        Path binary = new SimulatorBuild(VerilatorToolchain.find(), folder.resolve("cache"))
                .build(MachineSimulation.files(PLAN), TinyBuild.PLAIN)
                .binary();
        try (MachineSimulation machine = new MachineSimulation(PLAN, binary, LONG, Pauses.NONE)) {
            assertThatThrownBy(() -> machine.write(List.of(new RegisterWrite(0x34, 1), new RegisterWrite(0x40, 1))))
                    .isInstanceOf(ToolException.class)
                    .hasMessage("the machine refuses a write of its register 0x34; its error bits are 0x4");
        }
        try (MachineSimulation machine = new MachineSimulation(PLAN, binary, LONG, Pauses.NONE)) {
            signal("STOP", machine.pid());
            // The process dies while the request waits for its answer.
            CompletableFuture.runAsync(
                    () -> signal("KILL", machine.pid()),
                    CompletableFuture.delayedExecutor(SHORT.toMillis(), TimeUnit.MILLISECONDS));
            assertEnds(
                    machine::learnt,
                    "the simulator failed in the middle of a run (its output ended) and ended with" + " exit code 137");
        }
        try (MachineSimulation machine = new MachineSimulation(PLAN, binary, SHORT, Pauses.NONE)) {
            signal("STOP", machine.pid());
            assertEnds(machine::learnt, "the simulator was silent for 2.0 s and was ended");
        }
    }

    /** A program that neither reads nor answers nor ends. */
    @Test
    void aHangIsEndedByTheWatchdog() throws IOException {
        Path binary = Files.writeString(folder.resolve("hanging"), "#!/bin/sh\nwhile :; do sleep 1; done\n");
        assertThat(binary.toFile().setExecutable(true)).isTrue();
        NetworkState generator = GanTrainer.first(GAN).generator();
        NetworkState discriminator = GanTrainer.first(GAN).discriminator();
        long pid;
        try (MachineSimulation machine = new MachineSimulation(PLAN, binary, SHORT, Pauses.NONE)) {
            pid = machine.pid();
            assertEnds(
                    () -> machine.load(generator, discriminator), "the simulator was silent for 2.0 s and was ended");
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aProgramThatIsNoneIsTold() {
        assertEnds(
                () -> new MachineSimulation(PLAN, folder.resolve("none"), SHORT, Pauses.NONE).close(),
                "the simulator cannot be started: Cannot run program \"" + folder.resolve("none") + "\"");
    }

    private static void assertEnds(ThrowingCallable work, String sentence) {
        long begun = System.nanoTime();
        assertThatThrownBy(work).isInstanceOf(ToolException.class).hasMessageStartingWith(sentence);
        assertThat(System.nanoTime() - begun).isLessThan(Duration.ofSeconds(20).toNanos());
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
