package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Mapping;
import org.emat.golden.GoldenModel;
import org.emat.golden.GoldenRun;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.schedule.CycleCount;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A layer of the published size, golden against Verilog: 8×8×512 to 16×16×256 by a transposed convolution 5×5 of stride
 * 2, 3.3 million weights of 8 bits on 128×128 crossbars of 2-bit cells with 9-bit converters.
 */
class FullSizeLayerTest {
    private static final NumberFormat WORD = new NumberFormat(8, true);

    @TempDir
    Path folder;

    /** The limit holds for two quiet cores, so only nightly runs insist on it. */
    @ParameterizedTest
    @CsvSource({"PHASE, 64", "ZERO_INSERTION, 256"})
    void everyWordAndCountEqualsTheGoldenModel(Mapping mapping, int steps) {
        long start = System.nanoTime();
        Architecture architecture = architecture(mapping);
        IntegerNetwork network = new IntegerNetwork("full_size", List.of(layer(seed())));
        Plan plan = new Mapper(architecture).map("full_size", network);
        assertThat(plan.engines().get(0).window().steps()).isEqualTo(steps);
        assertThat(plan.engines().get(0).crossbars()).isEqualTo(800);
        assertThat(plan.engines().get(0).lossless()).isTrue();

        List<Frame> frames = List.of(frame(network.input(), seed() + 1));
        GoldenRun golden = new GoldenModel(plan, network, architecture).run(frames, done -> {});
        CycleCount cycles = new Scheduler().count(plan, 1, StallScript.none());
        double predicted = seconds(start);
        // Without ccache, which would know the files of an earlier run.
        VerilatorToolchain tools = VerilatorToolchain.find().withoutCcache();
        Cosimulation.Outcome outcome = new Cosimulation(new SimulatorBuild(tools, folder))
                .run(
                        new Trial(plan, network, architecture, frames, StallScript.none(), golden, cycles),
                        new TraceRequest.None(),
                        Progress.none());
        double all = seconds(start);
        System.out.printf(
                "full-size layer, %s: golden model %.1f s, simulation %.1f s of %d cycles, all with build %.1f s%n",
                mapping, predicted, outcome.seconds(), outcome.simulation().cycles(), all);
        assertThat(Differences.of(outcome.comparison())).as("seed " + seed()).isEmpty();
        assertThat(outcome.comparison().engines().get(0).words()).isEqualTo(16 * 16 * 256);
        assertThat(outcome.rebuilt()).isTrue();
        if (Boolean.getBoolean("emat.nightly")) {
            assertThat(Duration.ofMillis((long) (1000 * all))).isLessThan(Duration.ofSeconds(90));
        }
    }

    private static long seed() {
        return Long.getLong("emat.seed", 8_16L);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }

    private static Architecture architecture(Mapping mapping) {
        return Architecture.standard().with(mapping, 1);
    }

    private static IntegerLayer layer(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Axis axis = new Axis(5, 2, 1, 2, 2, 1);
        LayerGeometry geometry =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(512, 8, 8), 256, axis, axis, 1);
        int[] weights = random.ints(geometry.weightCount(), -128, 128).toArray();
        Requantiser requantiser = new Requantiser(
                random.longs(256, -10_000, 10_000).toArray(),
                random.ints(256, 30_000, 60_000).toArray(),
                random.ints(256, 27, 29).toArray(),
                -128,
                127);
        return new IntegerLayer("up", geometry, WORD, 8, weights, requantiser, new IntegerActivation.Bounded(), WORD);
    }

    private static Frame frame(TensorShape shape, long seed) {
        return new Frame(
                shape, new SplittableRandom(seed).ints(shape.words(), -128, 128).toArray());
    }
}
