package org.emat.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Budget;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.plan.OperationScheduler.Pass;
import org.junit.jupiter.api.Test;

class OperationSchedulerTest {
    private static final int FRAMES = 10;
    private final IntegerNetwork network = network(6);

    @Test
    void oneOfEverythingIsOnePass() {
        List<Pass> passes = schedule(Budget.UNLIMITED);
        assertThat(passes).hasSize(1);
        assertThat(passes.get(0).dataflow().plan()).isEqualTo(new Mapper(Architecture.standard()).map("d", network));
    }

    /** Every way to cut the network between layers is tried. */
    @Test
    void cutsWhereABatchIsFastest() {
        int several = 0;
        int largest = largestLayer();
        for (int crossbars = largest; crossbars <= 4 * largest; crossbars++) {
            List<Pass> passes = schedule(crossbars);
            assertThat(names(passes))
                    .isEqualTo(network.layers().stream().map(IntegerLayer::name).toList());
            for (Pass pass : passes) {
                assertThat(pass.dataflow().crossbars()).isLessThanOrEqualTo(crossbars);
            }
            if (passes.size() > 1) {
                several++;
                assertThat(cycles(passes)).isEqualTo(leastCycles(crossbars));
            }
        }
        assertThat(several).isGreaterThan(3);
    }

    @Test
    void namesTheLayerThatIsTooLarge() {
        assertThatThrownBy(() -> schedule(largestLayer() - 1))
                .hasMessageMatching("layer 'l\\d' alone does not fit: budget/crossbars is \\d+, but .*");
    }

    private List<Pass> schedule(int crossbars) {
        Budget budget = new Budget(crossbars, Budget.UNLIMITED);
        return new OperationScheduler(Architecture.standard().with(budget)).schedule("d", network, FRAMES);
    }

    private int largestLayer() {
        return new Mapper(Architecture.standard())
                .map("d", network).engines().stream()
                        .mapToInt(EnginePlan::crossbars)
                        .max()
                        .orElseThrow();
    }

    private static List<String> names(List<Pass> passes) {
        return passes.stream()
                .flatMap(pass -> pass.dataflow().plan().engines().stream())
                .map(EnginePlan::name)
                .toList();
    }

    private static long cycles(List<Pass> passes) {
        return passes.stream()
                .mapToLong(pass ->
                        pass.programmedWords() + FRAMES * pass.dataflow().pace())
                .sum();
    }

    private long leastCycles(int crossbars) {
        DataflowMapper mapper =
                new DataflowMapper(Architecture.standard().with(new Budget(crossbars, Budget.UNLIMITED)));
        long least = Long.MAX_VALUE;
        int layers = network.layers().size();
        for (int cuts = 0; cuts < 1 << (layers - 1); cuts++) {
            List<Pass> passes = new ArrayList<>();
            int first = 0;
            try {
                for (int layer = 0; layer < layers; layer++) {
                    if (layer == layers - 1 || (cuts >> layer & 1) != 0) {
                        IntegerNetwork part =
                                new IntegerNetwork("p", network.layers().subList(first, layer + 1));
                        passes.add(new Pass(first, mapper.map("p", part)));
                        first = layer + 1;
                    }
                }
                least = Math.min(least, cycles(passes));
            } catch (BudgetException beyond) {
                continue;
            }
        }
        return least;
    }

    /** Convolutions 3 × 3 of 6 × 6 pixels with more and fewer channels. */
    private static IntegerNetwork network(int layers) {
        SplittableRandom random = new SplittableRandom(5);
        NumberFormat word = new NumberFormat(8, true);
        Axis axis = new Axis(3, 1, 1, 1, 1, 0);
        TensorShape shape = new TensorShape(20, 6, 6);
        List<IntegerLayer> list = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            int channels = 10 + random.nextInt(60);
            LayerGeometry geometry = LayerGeometry.of(Operator.CONVOLUTION, shape, channels, axis, axis, 1);
            int[] ones = IntStream.generate(() -> 1 << 14).limit(channels).toArray();
            int[] shifts = IntStream.generate(() -> 24).limit(channels).toArray();
            list.add(new IntegerLayer(
                    "l" + i,
                    geometry,
                    word,
                    8,
                    random.ints(geometry.weightCount(), -128, 128).toArray(),
                    new Requantiser(new long[channels], ones, shifts, word.min(), word.max()),
                    new IntegerActivation.Bounded(),
                    word));
            shape = geometry.output();
        }
        return new IntegerNetwork("n", list);
    }
}
