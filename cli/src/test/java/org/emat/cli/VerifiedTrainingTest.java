package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.emat.config.TrainingConfiguration;
import org.emat.config.TrainingReader;
import org.emat.rtl.Identifier;
import org.emat.tb.MachineSimulation;
import org.emat.tb.SimulatorBuild;
import org.emat.tb.VerilatorToolchain;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.MachinePlanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends of {@code train --rtl}: a simulator that is killed, and Verilog that computes something else. */
class VerifiedTrainingTest {
    private static final String NEVER = "1000000"; // more steps than the test waits for

    @TempDir
    Path folder;

    @Test
    void killedSimulatorsAndWrongStepsAreTold() throws Exception {
        Path file = configuration();
        Path cache = folder.resolve("cache");
        Process training = train("killed", "--steps", NEVER, "--every", "5").start();
        ProcessHandle simulator = simulator(training);
        await(folder.resolve("killed").resolve("samples00000010.png"), training);
        simulator.destroyForcibly();
        Program.Result killed = Program.finish(training);
        assertThat(killed.code()).as(killed.error()).isEqualTo(2);
        // Writing, reading: whatever fails first.
        assertThat(killed.error())
                .matches("emat: the simulator failed in the middle of a run \\([^)]+\\) and ended with exit code 137[.]"
                        + "\\R");
        assertThat(folder.resolve("killed").resolve("checkpoint")).exists();

        swap(cache, file);
        Program.Result wrong =
                train("wrong", "--steps", "3", "--json", "wrong.json").run();
        assertThat(wrong.code()).as(wrong.error()).isEqualTo(Main.DIFFERENT);
        JsonNode json = Console.json(folder.resolve("wrong.json"));
        JsonNode difference = json.get("difference");
        assertThat(json.get("steps").asLong()).isZero();
        assertThat(difference.get("step").asLong()).isZero();
        assertThat(difference.get("quantity").asText()).isEqualTo("loss of generated images");
        long expected = difference.get("expected").asLong();
        assertThat(expected).isPositive();
        assertThat(difference.get("found").asLong()).isEqualTo(-expected);
        assertThat(wrong.out())
                .startsWith("Step 0 in Verilog differs from the golden one: loss of generated images is -" + expected
                        + " instead of " + expected);
        assertThat(json.has("checksum")).isFalse();
    }

    private Path configuration() {
        Workspace workspace = new Workspace(folder);
        workspace.text("d.csv", "1,2,3,4\n16,0,9,8\n5,6,7,8\n0,1,0,1\n3,3,3,3\n");
        return workspace.json(
                "tiny.json",
                "{'images':'d.csv','imageShape':{'channels':1,'height':2,'width':2},'steps':2,'batch':4,'latent':2,"
                        + "'generator':[{'operator':'transposed-convolution','kernel':2,'activation':'tanh'}],"
                        + "'discriminator':[{'operator':'dense'}]}");
    }

    private Program train(String target, String... more) {
        String[] arguments = {"train", "tiny.json", "--rtl", "-q", "-o", target};
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Program.emat(folder, all)
                .with("EMAT_CACHE", folder.resolve("cache").toString());
    }

    /** The simulator that a training has started. */
    private static ProcessHandle simulator(Process training) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (training.isAlive() && System.nanoTime() < deadline) {
            Optional<ProcessHandle> found = training.descendants()
                    .filter(process -> process.info().command().orElse("").endsWith("/simulator"))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            training.waitFor(20, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("no simulator was started");
    }

    private static void await(Path file, Process training) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!Files.exists(file) && training.isAlive() && System.nanoTime() < deadline) {
            training.waitFor(20, TimeUnit.MILLISECONDS);
        }
        assertThat(file).exists();
    }

    /** Puts the simulator of faulty Verilog where that of the right one is kept. */
    private void swap(Path cache, Path file) throws IOException {
        TrainingConfiguration training = TrainingReader.read(file);
        MachinePlan plan = new MachinePlanner(training.machine()).plan(Identifier.of(training.name()), training.plan());
        Map<String, String> files = MachineSimulation.files(plan);
        VerilatorToolchain tools = VerilatorToolchain.find();
        SimulatorBuild.Built right = new SimulatorBuild(tools, cache).build(files, SimulatorBuild.Options.fast());
        assertThat(right.built()).isFalse();
        String wrong =
                files.get("loss_unit.v").replace("fake_loss <= fake_loss + loss;", "fake_loss <= fake_loss - loss;");
        assertThat(files.put("loss_unit.v", wrong)).isNotEqualTo(wrong);
        Path faulty = new SimulatorBuild(tools, folder.resolve("faulty"))
                .build(files, new SimulatorBuild.Options(false, false, false))
                .binary();
        for (String name : new String[] {"simulator", "sha256"}) {
            Files.copy(
                    faulty.resolveSibling(name),
                    right.binary().resolveSibling(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
