package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.SoftAssertions;
import org.emat.network.Operator;
import org.emat.reference.DrawnGradient;
import org.emat.schedule.StallScript;
import org.emat.train.GradientCycles;
import org.emat.train.GradientModel;
import org.emat.train.GradientPlan;
import org.emat.train.GradientScheduler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random gradients, golden against Verilog: every word and every count, with and without stalls, many to one binary. */
class DrawnGradientTest {
    private static final int MOST_CYCLES = 4000;

    @TempDir
    Path folder;

    @Test
    void drawnGradientsEqualTheirGoldenModels() {
        compare(30, false, Long.getLong("emat.seed", 20261124L));
    }

    @Test
    void drawnGradientsEqualThemInTheFormForSynthesisToo() {
        compare(12, true, Long.getLong("emat.seed", 20261125L));
    }

    @Test
    @Tag("nightly")
    void manyDrawnGradientsEqualTheirGoldenModels() {
        for (int round = 0; round < 10; round++) {
            compare(40, round % 2 == 1, Long.getLong("emat.seed", 20261124L) + 1000 + round);
        }
    }

    private void compare(int count, boolean structural, long seed) {
        String repeat = "repeat with: mvn -pl tb -am test -Dtest=DrawnGradientTest -DargLine=-Demat.seed=" + seed;
        System.out.println("seed " + seed + "; " + repeat);
        List<DrawnGradient> drawn = draw(count, new SplittableRandom(seed));
        GradientSimulation simulation = new GradientSimulation(
                drawn.stream().map(DrawnGradient::plan).toList(),
                new SimulatorBuild(VerilatorToolchain.find(), folder.resolve("cache")),
                new SimulatorBuild.Options(structural, false, false),
                Duration.ofMinutes(2));
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < count; i++) {
            for (StallScript script : List.of(StallScript.none(), new StallScript(seed + i, 90, 110))) {
                compare(softly, drawn.get(i), i, simulation, script, repeat);
            }
        }
        softly.assertAll();
    }

    private static void compare(
            SoftAssertions softly,
            DrawnGradient drawn,
            int design,
            GradientSimulation simulation,
            StallScript script,
            String repeat) {
        GradientPlan plan = drawn.plan();
        GradientModel model = new GradientModel(plan);
        GradientCycles predicted = new GradientScheduler().count(plan, drawn.batches(), drawn.frames(), script);
        // With stalls, after a run that is cut off, so that what a reset forgets shows.
        long cutOff = script.equals(StallScript.none()) ? 0 : predicted.cycles() / 2;
        GradientSimulation.Result counted = simulation.run(new GradientRequest(
                design, drawn.inputs(), drawn.errors(), drawn.frames(), script, cutOff, 2 * predicted.cycles() + 1000));
        softly.assertThat(counted.cycles())
                .as("%s of %s; %s", script, plan, repeat)
                .isEqualTo(predicted);
        for (int batch = 0; batch < drawn.batches(); batch++) {
            var golden = model.run(drawn.inputs(batch), drawn.errors(batch));
            var got = counted.gradients().get(batch);
            softly.assertThat(got.weights())
                    .as("weights of batch %s of %s; %s", batch, plan, repeat)
                    .isEqualTo(golden.weights());
            softly.assertThat(got.bias())
                    .as("biases of batch %s of %s; %s", batch, plan, repeat)
                    .isEqualTo(golden.bias());
        }
    }

    /** Small gradients, two of them chosen ones; both forms and both ways to keep accumulators are among any 30. */
    private static List<DrawnGradient> draw(int count, SplittableRandom random) {
        List<DrawnGradient> drawn = new ArrayList<>();
        drawn.add(DrawnGradient.meetingFrames("drawn0", random.split()));
        drawn.add(DrawnGradient.croppedBlocks("drawn1", random.split()));
        while (drawn.size() < count) {
            DrawnGradient next = DrawnGradient.draw("drawn" + drawn.size(), random.split());
            boolean dense = next.plan().forward().operator() == Operator.DENSE;
            GradientCycles cycles =
                    new GradientScheduler().count(next.plan(), next.batches(), next.frames(), StallScript.none());
            if (cycles.cycles() <= MOST_CYCLES && (!dense || drawn.size() % 4 == 0)) {
                drawn.add(next);
            }
        }
        assertThat(drawn).extracting(gradient -> gradient.plan().form()).contains(GradientPlan.Form.values());
        assertThat(drawn).extracting(gradient -> gradient.plan().aligned()).contains(true, false);
        assertThat(drawn).extracting(DrawnGradient::batches).contains(1, 2);
        return drawn;
    }
}
