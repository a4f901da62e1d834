package org.emat.tb;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.emat.arch.Architecture.Encoding;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.GanState;
import org.emat.train.gan.ImageSet;
import org.emat.train.gan.Loss;
import org.emat.train.gan.NetworkState;
import org.emat.train.gan.Optimiser;
import org.emat.train.gan.Response;
import org.emat.train.gan.TrainedLayer;
import org.emat.train.gan.TrainingFormat;

/** Small networks of two layers each, of any of the operators, responses, losses and formats. */
final class TinyGan {
    private static final Axis DOUBLING = new Axis(4, 2, 1, 1, 1, 0);

    private TinyGan() {}

    static GanPlan draw(SplittableRandom random, boolean sharing) {
        TensorShape latent = new TensorShape(1 + random.nextInt(4), 1, 1);
        TensorShape seedImage = new TensorShape(1 + random.nextInt(3), 2, 2);
        LayerGeometry project = random.nextBoolean()
                ? LayerGeometry.dense(latent, seedImage)
                : LayerGeometry.of(
                        Operator.TRANSPOSED_CONVOLUTION, latent, seedImage.channels(), square(2), square(2), 1);
        LayerGeometry upsample = LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, seedImage, 2, DOUBLING, DOUBLING, 1);
        LayerGeometry reduce = LayerGeometry.of(
                Operator.CONVOLUTION, upsample.output(), 2 * (1 + random.nextInt(2)), DOUBLING, DOUBLING, 1);
        LayerGeometry score = random.nextBoolean()
                ? LayerGeometry.dense(reduce.output(), new TensorShape(1, 1, 1))
                : LayerGeometry.of(Operator.CONVOLUTION, reduce.output(), 1, square(2), square(2), 1);
        Response.Curve curve = random.nextBoolean() ? Response.Curve.TANH : Response.Curve.SIGMOID;
        return new GanPlan(
                List.of(
                        new TrainedLayer("project", project, response(random)),
                        new TrainedLayer("upsample", upsample, new Response.Tabled(curve))),
                List.of(
                        new TrainedLayer("reduce", reduce, response(random)),
                        new TrainedLayer("score", score, response(random))),
                new TrainingFormat(
                        12 + random.nextInt(5), 8 + random.nextInt(9), 8 + random.nextInt(8), 1 + random.nextInt(9)),
                Loss.values()[random.nextInt(3)],
                optimiser(random),
                2 << random.nextInt(2),
                sharing,
                new GanPlan.Cells(1 << random.nextInt(3), Encoding.values()[random.nextInt(2)]),
                random.nextInt(1000));
    }

    private static Optimiser optimiser(SplittableRandom random) {
        double decay = random.nextBoolean() ? 0 : random.nextDouble(0.001, 0.5);
        return Optimiser.of(random.nextDouble(0.001, 0.1), random.nextDouble(0, 0.99), decay, List.of(1L, 2L));
    }

    private static Axis square(int kernel) {
        return new Axis(kernel, 1, 1, 0, 0, 0);
    }

    private static Response response(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Response.Relu();
            case 1 -> new Response.LeakyRelu(1 + random.nextInt(3));
            default -> new Response.Linear();
        };
    }

    static ImageSet images(SplittableRandom random, GanPlan plan) {
        List<int[]> images = new ArrayList<>();
        int one = 1 << plan.format().imageExponent();
        for (int i = 0; i < 5; i++) {
            images.add(random.ints(plan.image().words(), plan.darkest() * one, one + 1)
                    .toArray());
        }
        return new ImageSet(plan.image(), images);
    }

    /** Starts from small maxima, so that words and errors saturate. */
    static GanState loud(GanState state, SplittableRandom random) {
        for (NetworkState network : List.of(state.generator(), state.discriminator())) {
            for (int i = 0; i < network.activationMaxima().length; i++) {
                network.activationMaxima()[i] = random.nextLong(1L << (25 + random.nextInt(10)));
                network.errorMaxima()[i] = random.nextLong(1L << (20 + random.nextInt(12)));
            }
        }
        return state;
    }
}
