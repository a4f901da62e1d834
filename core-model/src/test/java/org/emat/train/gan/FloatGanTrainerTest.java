package org.emat.train.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture.Encoding;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.reference.TextbookBackward;
import org.emat.train.gan.Loss.Side;

class FloatGanTrainerTest {
    private static final double RATE = 0.5;

    /** With one image, no momentum and shared computation, a step goes down the slope that central differences tell. */
    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void stepsFollowFiniteDifferences(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        GanPlan plan = plan(random);
        int[] words = random.ints(plan.image().words(), -16384, 16385).toArray();
        FloatGanTrainer trainer = new FloatGanTrainer(plan, new ImageSet(plan.image(), List.of(words)));
        double[] latent = Arrays.stream(
                        GanTrainer.latents(plan, new Lfsr(GanTrainer.first(plan).latents()), 1)[0])
                .mapToDouble(word -> word / 4096.0)
                .toArray();
        double[] image =
                Arrays.stream(words).mapToDouble(word -> word / 16384.0).toArray();
        double[][] before = weights(plan, trainer);
        trainer.step();
        double[][] after = weights(plan, trainer);
        int generators = plan.generator().size();
        int smooth = 0;
        for (int draw = 0; draw < 10; draw++) {
            int layer = random.nextInt(before.length);
            int weight = random.nextInt(before[layer].length);
            double h = 1e-5;
            double[] losses = new double[3];
            for (int side = 0; side < 3; side++) {
                double[][] moved = Arrays.stream(before).map(double[]::clone).toArray(double[][]::new);
                moved[layer][weight] += (side - 1) * h;
                double[] fake = through(plan.generator(), moved, 0, latent);
                double score = through(plan.discriminator(), moved, generators, fake)[0];
                double real = through(plan.discriminator(), moved, generators, image)[0];
                losses[side] = layer < generators
                        ? loss(plan.loss(), Side.GENERATOR, score)
                        : loss(plan.loss(), Side.REAL, real) + loss(plan.loss(), Side.FAKE, score);
            }
            double slope = (losses[2] - losses[0]) / (2 * h);
            boolean kink = Math.abs(losses[2] - 2 * losses[1] + losses[0]) / h > 1e-4 * (1 + Math.abs(slope));
            if (kink) {
                continue;
            }
            smooth++;
            assertThat((before[layer][weight] - after[layer][weight]) / RATE)
                    .as("weight %d of layer %d, %s", weight, layer, plan)
                    .isCloseTo(slope, within(1e-4 + 1e-4 * Math.abs(slope)));
        }
        assertThat(smooth).as("weights without a kink of the loss").isGreaterThan(7);
    }

    private static GanPlan plan(SplittableRandom random) {
        Axis doubling = new Axis(4, 2, 1, 1, 1, 0);
        Axis pair = new Axis(2, 1, 1, 0, 0, 0);
        TensorShape latent = new TensorShape(3, 1, 1);
        LayerGeometry project = LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, latent, 4, pair, pair, 1);
        LayerGeometry image = LayerGeometry.of(
                Operator.TRANSPOSED_CONVOLUTION, project.output(), 1 + random.nextInt(2), doubling, doubling, 1);
        LayerGeometry reduce = LayerGeometry.of(Operator.CONVOLUTION, image.output(), 3, doubling, doubling, 1);
        LayerGeometry score = LayerGeometry.dense(reduce.output(), new TensorShape(1, 1, 1));
        return new GanPlan(
                List.of(
                        new TrainedLayer("project", project, new Response.LeakyRelu(1)),
                        new TrainedLayer("image", image, new Response.Tabled(Response.Curve.TANH))),
                List.of(
                        new TrainedLayer("reduce", reduce, new Response.LeakyRelu(2)),
                        new TrainedLayer("score", score, new Response.Linear())),
                TrainingFormat.standard(),
                Loss.values()[random.nextInt(3)],
                Optimiser.of(RATE, 0, 0, List.of()),
                1,
                true,
                new GanPlan.Cells(2, Encoding.OFFSET),
                random.nextInt(100_000));
    }

    private static double[][] weights(GanPlan plan, FloatGanTrainer trainer) {
        double[][] weights = new double[4][];
        for (int l = 0; l < 2; l++) {
            weights[l] = trainer.generator().weights(l).clone();
            weights[2 + l] = trainer.discriminator().weights(l).clone();
        }
        return weights;
    }

    /** First biases are 0. */
    private static double[] through(List<TrainedLayer> layers, double[][] weights, int from, double[] input) {
        double[] words = input;
        for (int l = 0; l < layers.size(); l++) {
            words = new TextbookBackward(layers.get(l).geometry()).sums(weights[from + l], words);
            for (int i = 0; i < words.length; i++) {
                Response response = layers.get(l).response();
                if (response instanceof Response.Tabled) {
                    words[i] = Math.tanh(words[i]);
                } else if (response instanceof Response.LeakyRelu leaky && words[i] < 0) {
                    words[i] /= 1 << leaky.shift();
                }
            }
        }
        return words;
    }

    private static double loss(Loss loss, Side side, double score) {
        double sign = side == Side.FAKE ? -1 : 1;
        return switch (loss) {
            case HINGE -> side == Side.GENERATOR ? -score : Math.max(0, 1 - sign * score);
            case BINARY_CROSS_ENTROPY -> Math.log1p(Math.exp(-sign * score));
            case LEAST_SQUARES -> Math.pow(score - (side == Side.FAKE ? 0 : 1), 2) / 2;
        };
    }
}
