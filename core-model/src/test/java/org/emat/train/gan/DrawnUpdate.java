package org.emat.train.gan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.emat.arch.Architecture.Encoding;
import org.emat.network.LayerGeometry;
import org.emat.network.TensorShape;
import org.emat.reference.DrawnGradient;

/**
 * A random layer with a random state, updated several times from random gradients.
 *
 * @param plan networks whose generator is the layer alone; factors, formats and cells
 * @param gradientBits width of a gradient
 * @param passes updates, one after another
 * @param states before the first update, and after each, as the golden model has them
 * @param counts of each update, the golden model's
 */
public record DrawnUpdate(
        GanPlan plan, int gradientBits, List<Pass> passes, List<NetworkState> states, List<TrainingCounts> counts) {
    private static final int MOST_PARAMETERS = 150;

    /**
     * Gradients of a batch.
     *
     * @param sums one per parameter
     * @param inputExponent exponent of the layer's inputs
     * @param errorExponent exponent of the errors of its sums
     */
    public record Pass(long[] sums, int inputExponent, int errorExponent) {}

    /** An update of a small layer, in extreme numbers as often as in usual ones. */
    public static DrawnUpdate draw(SplittableRandom random) {
        GanPlan plan = plan(random);
        int parameters = plan.generator().get(0).parameterCount();
        int bits = 20 + random.nextInt(34);
        List<Pass> passes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int used = 2 + random.nextInt(bits - 2);
            long[] sums = random.longs(parameters, -(1L << (used - 1)), 1L << (used - 1))
                    .toArray();
            passes.add(new Pass(sums, random.nextInt(31), random.nextInt(31)));
        }
        TrainedNetwork network =
                new TrainedNetwork(plan.generator(), plan.format(), state(plan.generator(), parameters, random));
        List<NetworkState> states = new ArrayList<>(List.of(network.state()));
        List<TrainingCounts> counts = new ArrayList<>();
        for (int step = 0; step < passes.size(); step++) {
            GradientSums sums = new GradientSums(plan.generator());
            Pass pass = passes.get(step);
            DoubleStream gradients = IntStream.range(0, parameters).mapToDouble(i -> pass.sums()[i]);
            sums.add(0, gradients, pass.inputExponent(), pass.errorExponent());
            ParameterUpdate update = new ParameterUpdate(plan);
            update.apply(network, sums, step, true);
            states.add(network.state());
            counts.add(update.counts());
        }
        return new DrawnUpdate(plan, bits, passes, states, counts);
    }

    /** Shift of rate · v to the exponent of weights, in an update. */
    public int rateShift(int pass) {
        Optimiser optimiser = plan.optimiser();
        return TrainingFormat.MOMENTUM_FRACTION
                + optimiser.rate().shift()
                + optimiser.halved(pass)
                - plan.format().weightFraction();
    }

    private static GanPlan plan(SplittableRandom random) {
        LayerGeometry geometry = DrawnGradient.layer(random);
        while (geometry.weightCount() + geometry.scaleCount() > MOST_PARAMETERS) {
            geometry = DrawnGradient.layer(random);
        }
        LayerGeometry score = LayerGeometry.dense(geometry.output(), new TensorShape(1, 1, 1));
        return new GanPlan(
                List.of(new TrainedLayer("layer", geometry, new Response.Tabled(Response.Curve.TANH))),
                List.of(new TrainedLayer("score", score, new Response.Linear())),
                new TrainingFormat(16, 16, 8 + random.nextInt(8), 7),
                Loss.HINGE,
                new Optimiser(
                        new Optimiser.Factor(random.nextInt(1 << 14, 1 << 15), 14 + random.nextInt(25)),
                        random.nextInt(1 << 15),
                        random.nextBoolean()
                                ? Optimiser.Factor.of(0)
                                : new Optimiser.Factor(random.nextInt(1 << 14, 1 << 15), 14 + random.nextInt(25)),
                        random.nextBoolean() ? List.of(1L, 2L) : Collections.nCopies(random.nextInt(17), 0L)),
                1 << random.nextInt(11),
                false,
                new GanPlan.Cells(1 + random.nextInt(4), Encoding.values()[random.nextInt(2)]),
                random.nextInt(1000));
    }

    private static NetworkState state(List<TrainedLayer> layers, int parameters, SplittableRandom random) {
        int most = 1 << random.nextInt(16);
        long farthest = 1L << random.nextInt(32);
        int[] words = random.ints(parameters, -most, most).toArray();
        int[] momenta = random.longs(parameters, -farthest, farthest)
                .mapToInt(value -> (int) value)
                .toArray();
        return new NetworkState(
                new int[][] {words},
                new int[][] {momenta},
                new long[layers.size()],
                new long[layers.size()],
                new long[] {random.nextLong() | 1});
    }
}
