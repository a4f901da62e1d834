package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emat.arch.Architecture.Mapping;
import org.emat.tb.MachineSimulation.Pauses;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.GanStep;
import org.emat.train.gan.GanTrainer;
import org.emat.train.gan.ImageSet;
import org.emat.train.gan.TrainingBatch;
import org.emat.train.machine.MachineClock;
import org.emat.train.machine.MachineOptions;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.MachinePlanner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fault in the machine's Verilog shows as a difference of bits, counts or cycles, or as a hang. */
@Tag("nightly")
class PlantedMachineFaultTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    forward_response.v  | largest <= most; | largest <= magnitude; | maximum of sums
                    error_response.v    | saturated <= saturated + beyond; | saturated <= saturated; | saturated errors
                    tensor_scale.v      | maximum - (maximum >> DECAY) | maximum | maximum of
                    loss_unit.v         | fake_loss <= fake_loss + loss; | fake_loss <= fake_loss - loss; | loss of generated images
                    frame_buffer.v      | read + read_now | read + 32'(reads[0]) | read is
                    batch_sequencer.v   | (state == DECEIVE) ? all : both | (state == JUDGE) ? both : all | hangs
                    layer_engine.v      | if (reading) last_busy <= cycle; | if (reading) last_busy <= cycle + 1; | lastRead is
                    stream_fork.v       | (fit == 2'b11) | fit[0] | hangs
                    state_sender.v      | out_scale ? scale | out_scale ? 64'd0 | maximum of
                    trainer_csr.v       | if (start) running <= 1'b1; | if (start) running <= 1'b0; | hangs
                    trainer_csr.v       | write && !is_writable(awaddr) | write && is_writable(awaddr) | refuses a write
                    drawn_trainer_top.v | .latent_data(latent_data) | .latent_data(~latent_data) | parameter
                    drawn_trainer.v     | .advance(advance) | .advance(clear) | maximum of
                    """)
    void isFound(String file, String right, String wrong, String sign) {
        isFound(new MachineOptions(true, 2), false, file, right, wrong, sign);
    }

    /** The same in what the machine has for two copies of the discriminator, and for shared computation. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    true  | gradient_adder.v    | first[lane*ACC_BITS+:ACC_BITS] + second | first[lane*ACC_BITS+:ACC_BITS] - second | parameter
                    true  | drawn_trainer.v     | .weight_valid(d0_write_valid), .weight_subkernel(d0_back_subkernel) | .weight_valid(1'b0), .weight_subkernel(d0_back_subkernel) | parameter
                    true  | drawn_trainer.v     | (d0_largest > e0_largest) ? d0_largest : e0_largest | e0_largest | maximum of sums
                    true  | loss_unit.v         | again <= twice && !again; | again <= 1'b0; | loss of generated images
                    true  | batch_sequencer.v   | (SHARED != 0) ? ADVANCE | (SHARED == 0) ? ADVANCE | hangs
                    false | frame_turn.v        | generated && (second | generated && (!second | parameter
                    false | frame_turn.v        | (frames >= reals) | (frames + 16'd1 >= reals) | hangs
                    false | word_signs.v        | :WORD_BITS]) > 0 | :WORD_BITS]) >= 0 | momentum
                    """)
    void isFoundWhereComputationIsShared(boolean spatial, String file, String right, String wrong, String sign) {
        isFound(new MachineOptions(true, spatial, 2, Mapping.PHASE), true, file, right, wrong, sign);
    }

    private void isFound(
            MachineOptions options, boolean sharing, String file, String right, String wrong, String sign) {
        SplittableRandom random = new SplittableRandom(1);
        GanPlan gan = TinyGan.draw(random, sharing);
        ImageSet images = TinyGan.images(random, gan);
        MachinePlan plan = new MachinePlanner(options).plan("drawn", gan);
        Map<String, String> files = new HashMap<>(MachineSimulation.files(plan));
        String text = files.get(file);
        String spaced = String.join(
                " +", List.of(right.split(" ")).stream().map(Pattern::quote).toList());
        String faulty = text.replaceFirst(spaced, Matcher.quoteReplacement(wrong));
        assertThat(faulty).as(file).isNotEqualTo(text);
        files.put(file, faulty);
        assertThat(differences(gan, images, plan, files).toString()).contains(sign);
    }

    private List<Object> differences(GanPlan gan, ImageSet images, MachinePlan plan, Map<String, String> files) {
        GanTrainer golden =
                new GanTrainer(gan, images, TinyGan.loud(GanTrainer.first(gan), new SplittableRandom(1)), 1);
        SimulatorBuild build = new SimulatorBuild(VerilatorToolchain.find(), folder.resolve("cache"));
        List<Object> differences = new ArrayList<>();
        Path binary = build.build(files, new SimulatorBuild.Options(false, false, false))
                .binary();
        try (MachineSimulation machine = new MachineSimulation(plan, binary, PATIENCE, Pauses.NONE)) {
            machine.load(golden.state().generator(), golden.state().discriminator());
            for (int step = 0; step < 3; step++) {
                TrainingBatch batch = golden.batch();
                GanStep expected = golden.step();
                MachineSimulation.Result result = machine.step(batch, step);
                differences.addAll(MachineComparison.of(expected, golden.state(), result.step(), machine.learnt()));
                differences.addAll(CycleComparison.of(MachineClock.count(plan), plan, Optional.empty(), result));
            }
        } catch (ToolException e) {
            differences.add(e.getMessage());
        }
        return differences;
    }
}
