package org.emat.train.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture.Encoding;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.reference.TextbookBackward;

/** Normalised layers in floating point, by textbook loops of one image at a time. */
class FloatNormalisationTest {
    private static final double RATE = 0.0625;
    private static final int BATCH = 8;

    private final List<double[][]> values = new ArrayList<>(); // of each layer: weights, biases, gains
    private GanPlan plan;

    /**
     * After two steps have set means and deviations, a third one goes down the slope that central differences tell, through
     * weights, biases and gains; and what the next step is normalised by is mean and deviation of the reference batch.
     */
    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void stepsFollowFiniteDifferences(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        plan = plan(random);
        int[] picture = random.ints(plan.image().words(), -16384, 16385).toArray();
        double[] image =
                IntStream.of(picture).mapToDouble(word -> word / 16384.0).toArray();
        FloatGanTrainer trainer = new FloatGanTrainer(plan, new ImageSet(plan.image(), List.of(picture)));
        Lfsr latents = new Lfsr(GanTrainer.first(plan).latents());
        trainer.step();
        trainer.step();
        IntStream.range(0, 2).forEach(step -> real(GanTrainer.latents(plan, latents, BATCH)));
        double[][] drawn = real(GanTrainer.latents(plan, latents, BATCH));
        values.clear();
        IntStream.range(0, 4).forEach(layer -> values.add(parameters(trainer, layer)));
        List<double[][]> statistics = statistics(trainer);
        trainer.step();
        int smooth = 0;
        for (int draw = 0; draw < 12; draw++) {
            int layer = random.nextInt(4);
            int kind = random.nextInt(plan(layer).normalised() ? 3 : 2);
            int at = random.nextInt(values.get(layer)[kind].length);
            double h = 1e-5;
            double before = values.get(layer)[kind][at];
            double[] losses = new double[3];
            for (int side = 0; side < 3; side++) {
                values.get(layer)[kind][at] = before + (side - 1) * h;
                losses[side] = loss(layer < 2, drawn, image, statistics);
            }
            values.get(layer)[kind][at] = before;
            double slope = (losses[2] - losses[0]) / (2 * h);
            if (Math.abs(losses[2] - 2 * losses[1] + losses[0]) / h > 1e-4 * (1 + Math.abs(slope))) {
                continue; // a kink of a response
            }
            smooth++;
            assertThat((before - parameters(trainer, layer)[kind][at]) / RATE)
                    .as(
                            "%s of layer %d, seed %d",
                            List.of("weight", "bias", "gain").get(kind), layer, seed)
                    .isCloseTo(slope, within(2e-4 + 2e-4 * Math.abs(slope)));
        }
        assertThat(smooth).isGreaterThan(6);
        values.clear();
        IntStream.range(0, 4).forEach(layer -> values.add(parameters(trainer, layer)));
        assertReferred(trainer, statistics, image);
    }

    private void assertReferred(FloatGanTrainer trainer, List<double[][]> earlier, double[] image) {
        double[][] reference = real(GanTrainer.latents(plan, Lfsr.of(plan.seed(), 6), BATCH));
        for (int layer = 0; layer < 4; layer++) {
            LayerGeometry geometry = plan(layer).geometry();
            List<List<Double>> sums = new ArrayList<>();
            IntStream.range(0, geometry.scaleCount()).forEach(bias -> sums.add(new ArrayList<>()));
            for (double[] latent : reference) {
                double[] words = layer < 2 ? latent : image;
                for (int below = layer / 2 * 2; below < layer; below++) {
                    words = through(below, words, earlier);
                }
                double[] all = new TextbookBackward(geometry).sums(values.get(layer)[0], words);
                for (int i = 0; i < all.length; i++) {
                    sums.get(bias(geometry, i)).add(all[i]);
                }
            }
            for (int bias = 0; plan(layer).normalised() && bias < sums.size(); bias++) {
                double mean =
                        sums.get(bias).stream().mapToDouble(x -> x).average().orElseThrow();
                double variance = sums.get(bias).stream()
                        .mapToDouble(x -> (x - mean) * (x - mean))
                        .average()
                        .orElseThrow();
                double[][] found = statistics(trainer).get(layer);
                assertThat(found[0][bias]).isCloseTo(mean, within(1e-9));
                assertThat(found[1][bias]).isCloseTo(Math.max(0x1p-20, Math.sqrt(variance)), within(1e-6));
            }
        }
    }

    /** Generated or both, mean over the batch; the discriminator of a step is that before its update. */
    private double loss(boolean generating, double[][] latents, double[] image, List<double[][]> statistics) {
        double loss = 0;
        for (double[] latent : latents) {
            double fake = score(through(1, through(0, latent, statistics), statistics), statistics);
            double real = score(image, statistics);
            loss += generating ? Math.pow(fake - 1, 2) / 2 : Math.pow(real - 1, 2) / 2 + Math.pow(fake, 2) / 2;
        }
        return loss / latents.length;
    }

    private double score(double[] picture, List<double[][]> statistics) {
        return through(3, through(2, picture, statistics), statistics)[0];
    }

    private double[] through(int layer, double[] input, List<double[][]> statistics) {
        LayerGeometry geometry = plan(layer).geometry();
        double[] words = new TextbookBackward(geometry).sums(values.get(layer)[0], input);
        for (int i = 0; i < words.length; i++) {
            int bias = bias(geometry, i);
            if (plan(layer).normalised()) {
                double[][] own = statistics.get(layer);
                words[i] = (words[i] - own[0][bias]) / own[1][bias] * values.get(layer)[2][bias];
            }
            words[i] += values.get(layer)[1][bias];
            if (plan(layer).response() instanceof Response.Tabled) {
                words[i] = Math.tanh(words[i]);
            } else if (plan(layer).response() instanceof Response.LeakyRelu leaky && words[i] < 0) {
                words[i] /= 1 << leaky.shift();
            }
        }
        return words;
    }

    private static int bias(LayerGeometry geometry, int word) {
        return geometry.operator() == Operator.DENSE
                ? word
                : word % geometry.output().channels();
    }

    private TrainedLayer plan(int layer) {
        return (layer < 2 ? plan.generator() : plan.discriminator()).get(layer % 2);
    }

    private static double[][] real(int[][] words) {
        double[][] real = new double[words.length][];
        for (int i = 0; i < real.length; i++) {
            real[i] = IntStream.of(words[i]).mapToDouble(word -> word / 4096.0).toArray();
        }
        return real;
    }

    private static double[][] parameters(FloatGanTrainer trainer, int layer) {
        FloatNetwork network = layer < 2 ? trainer.generator() : trainer.discriminator();
        double[] gains = network.normalisation(layer % 2)
                .map(some -> some.gains().clone())
                .orElse(new double[0]);
        return new double[][] {
            network.weights(layer % 2).clone(), network.biases(layer % 2).clone(), gains
        };
    }

    private static List<double[][]> statistics(FloatGanTrainer trainer) {
        return IntStream.range(0, 4)
                .mapToObj(layer -> (layer < 2 ? trainer.generator() : trainer.discriminator())
                        .normalisation(layer % 2)
                        .map(some -> new double[][] {
                            some.means().clone(), some.deviations().clone()
                        })
                        .orElse(new double[2][0]))
                .toList();
    }

    private static GanPlan plan(SplittableRandom random) {
        Axis doubling = new Axis(4, 2, 1, 1, 1, 0);
        Axis pair = new Axis(2, 1, 1, 0, 0, 0);
        TensorShape latent = new TensorShape(3, 1, 1);
        LayerGeometry project = random.nextBoolean()
                ? LayerGeometry.dense(latent, new TensorShape(4, 2, 2))
                : LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, latent, 4, pair, pair, 1);
        LayerGeometry image =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, project.output(), 2, doubling, doubling, 1);
        LayerGeometry reduce = LayerGeometry.of(Operator.CONVOLUTION, image.output(), 3, doubling, doubling, 1);
        LayerGeometry score = LayerGeometry.dense(reduce.output(), new TensorShape(1, 1, 1));
        return new GanPlan(
                List.of(
                        new TrainedLayer("project", project, new Response.LeakyRelu(1), true),
                        new TrainedLayer(
                                "image", image, new Response.Tabled(Response.Curve.TANH), random.nextBoolean())),
                List.of(
                        new TrainedLayer("reduce", reduce, new Response.LeakyRelu(2), true),
                        new TrainedLayer("score", score, new Response.Linear())),
                TrainingFormat.standard(),
                Loss.LEAST_SQUARES,
                Optimiser.of(RATE, 0, 0, List.of()),
                BATCH,
                true,
                new GanPlan.Cells(2, Encoding.OFFSET),
                random.nextInt(100_000));
    }
}
