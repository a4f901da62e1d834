package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.emat.arch.Architecture.Mapping;
import org.emat.tb.MachineSimulation.Pauses;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.GanState;
import org.emat.train.gan.GanStep;
import org.emat.train.gan.GanTrainer;
import org.emat.train.gan.ImageSet;
import org.emat.train.gan.TrainingBatch;
import org.emat.train.machine.MachineClock;
import org.emat.train.machine.MachineOptions;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.MachinePlanner;
import org.emat.train.machine.StepCycles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training in Verilog against the golden trainer: every bit of what is learnt, every loss and count, step by step. */
class MachineTest {
    private static final SimulatorBuild.Options QUICKLY_BUILT = new SimulatorBuild.Options(false, false, false);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void aDrawnMachineLearnsWhatTheGoldenTrainerLearns() {
        long seed = Long.getLong("emat.seed", 20261125L);
        System.out.println(
                "seed " + seed + "; repeat with: mvn -pl tb -am test -Dtest=MachineTest -DargLine=-Demat.seed=" + seed);
        compare(new SplittableRandom(seed), true, false, false, Mapping.PHASE);
    }

    @Test
    void oneImageAtATimeChangesNoBit() {
        compare(random(0), false, false, false, Mapping.PHASE);
    }

    @Test
    void insertedZerosChangeNoBit() {
        compare(random(0), true, false, false, Mapping.ZERO_INSERTION);
    }

    @Test
    void twoCopiesOfTheDiscriminatorChangeNoBit() {
        compare(random(2), true, true, false, Mapping.PHASE);
    }

    @Test
    void sharedComputationLearnsWhatTheGoldenTrainerLearns() {
        compare(random(3), true, false, true, Mapping.PHASE);
    }

    @Test
    void twoCopiesShareToo() {
        compare(random(4), true, true, true, Mapping.PHASE);
    }

    @Test
    @Tag("nightly")
    void manyDrawnMachinesLearnWhatTheGoldenTrainerLearns() {
        SplittableRandom random = random(1);
        for (int i = 0; i < 16; i++) {
            Mapping mapping = i % 3 == 0 ? Mapping.ZERO_INSERTION : Mapping.PHASE;
            compare(random.split(), i % 2 == 0, i % 4 < 2, i % 8 < 4, mapping);
        }
    }

    private static SplittableRandom random(int number) {
        return new SplittableRandom(Long.getLong("emat.seed", 20261125L) + number);
    }

    private void compare(
            SplittableRandom random, boolean pipelined, boolean spatial, boolean sharing, Mapping mapping) {
        MachineOptions options = new MachineOptions(pipelined, spatial, 1 + random.nextInt(4), mapping);
        GanPlan gan = TinyGan.draw(random, sharing);
        ImageSet images = TinyGan.images(random, gan);
        MachinePlan plan = new MachinePlanner(options).plan("drawn", gan);
        GanState first = TinyGan.loud(GanTrainer.first(gan), random);
        GanTrainer golden = new GanTrainer(gan, images, first, 1);
        SimulatorBuild build = new SimulatorBuild(VerilatorToolchain.find(), folder.resolve("cache"));
        Path binary = build.build(MachineSimulation.files(plan), QUICKLY_BUILT).binary();
        Pauses pauses = new Pauses(random.nextLong(), 100);
        try (MachineSimulation machine = new MachineSimulation(plan, binary, PATIENCE, Pauses.NONE);
                MachineSimulation pausing = new MachineSimulation(plan, binary, PATIENCE, pauses)) {
            machine.load(golden.state().generator(), golden.state().discriminator());
            pausing.load(golden.state().generator(), golden.state().discriminator());
            StepCycles predicted = MachineClock.count(plan);
            Optional<MachineSimulation.Result> before = Optional.empty();
            for (int step = 0; step < 4; step++) {
                TrainingBatch batch = golden.batch();
                GanStep expected = golden.step();
                GanState after = golden.state();
                MachineSimulation.Result result = machine.step(batch, step);
                assertThat(MachineComparison.of(expected, after, result.step(), machine.learnt()))
                        .as("step %d of %s, %s", step, options, gan)
                        .isEmpty();
                assertThat(CycleComparison.of(predicted, plan, before, result))
                        .as("cycles of step %d of %s, %s", step, options, gan)
                        .isEmpty();
                // Streams that pause change cycles, and nothing else.
                MachineSimulation.Result paused = pausing.step(batch, step);
                assertThat(MachineComparison.of(expected, after, paused.step(), pausing.learnt()))
                        .as("step %d with %s of %s, %s", step, pauses, options, gan)
                        .isEmpty();
                // A copy of the discriminator that judges real images may make up for pauses while the other works.
                long least = predicted.cycles() + (spatial ? 0 : 1);
                assertThat(paused.word("cycles")).as(pauses.toString()).isGreaterThanOrEqualTo(least);
                before = Optional.of(result);
            }
        }
    }
}
