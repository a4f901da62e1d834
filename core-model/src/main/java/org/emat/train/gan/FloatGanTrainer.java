package org.emat.train.gan;

import java.util.stream.IntStream;
import org.emat.train.gan.Loss.Side;

/**
 * The same training in floating point, as reference: the same first weights, images, latents and order of updates, but no
 * scales, no tables and no rounding. It works in one thread.
 */
public final class FloatGanTrainer implements GanTraining {
    private final GanPlan plan;
    private final ImageSet images;
    private final FloatNetwork generator;
    private final FloatNetwork discriminator;
    private final TrainingBatch reference;
    private final Lfsr latents;
    private final Lfsr choices;
    private long step;

    /** A trainer before its first step. */
    public FloatGanTrainer(GanPlan plan, ImageSet images) {
        GanState first = GanTrainer.first(plan);
        this.plan = plan;
        this.images = images;
        generator = new FloatNetwork(plan.generator(), plan.format(), first.generator());
        discriminator = new FloatNetwork(plan.discriminator(), plan.format(), first.discriminator());
        reference = ReferenceBatch.draw(plan, images);
        latents = new Lfsr(first.latents());
        choices = new Lfsr(first.images());
    }

    FloatNetwork generator() {
        return generator;
    }

    FloatNetwork discriminator() {
        return discriminator;
    }

    @Override
    public long next() {
        return step;
    }

    @Override
    public GanStep step() {
        int frames = plan.batch();
        double[][][] made = generator.forward(latents(GanTrainer.latents(plan, latents, frames)), frames);
        double[][] fake = made[made.length - 1];
        int[][] words = new int[frames][];
        for (int i = 0; i < frames; i++) {
            words[i] = images.image(choices.below(images.size()));
        }
        double[][] real = pictures(words);
        FloatNetwork.Gradient gradient = discriminator.gradient();
        double realLoss = judge(Side.REAL, real, gradient);
        double fakeLoss = judge(Side.FAKE, fake, gradient);
        if (!plan.computationSharing()) {
            discriminator.update(gradient, plan.optimiser(), frames, step);
        }
        double generatorLoss = deceive(made);
        if (plan.computationSharing()) {
            discriminator.update(gradient, plan.optimiser(), frames, step);
        }
        refer();
        GanStep result =
                new GanStep(step, fixed(realLoss), fixed(fakeLoss), fixed(generatorLoss), TrainingCounts.none());
        step++;
        return result;
    }

    private void refer() {
        if (generator.isNormalised()) {
            generator.refer(latents(reference.latents()), plan.batch());
        }
        if (discriminator.isNormalised()) {
            discriminator.refer(pictures(reference.real()), plan.batch());
        }
    }

    private double[][] latents(int[][] words) {
        return real(
                BatchPart.tensor(plan.latent(), words, words.length),
                plan.format().latentExponent());
    }

    private double[][] pictures(int[][] words) {
        return real(
                BatchPart.tensor(plan.image(), words, words.length),
                plan.format().imageExponent());
    }

    private static double[][] real(double[][] words, int exponent) {
        for (double[] row : words) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.scalb(row[i], -exponent);
            }
        }
        return words;
    }

    private static long fixed(double loss) {
        return Math.round(Math.scalb(loss, LossUnit.LOSS_FRACTION));
    }

    private double judge(Side side, double[][] pictures, FloatNetwork.Gradient gradient) {
        double[][][] seen = discriminator.forward(pictures, plan.batch());
        double[] scores = seen[seen.length - 1][0];
        discriminator.backward(seen, errors(side, scores), plan.batch(), gradient);
        return IntStream.range(0, scores.length)
                .mapToDouble(i -> loss(side, scores[i]))
                .sum();
    }

    private double deceive(double[][][] made) {
        double[][][] seen = discriminator.forward(made[made.length - 1], plan.batch());
        double[] scores = seen[seen.length - 1][0];
        // The discriminator does not learn here.
        double[][] errors =
                discriminator.backward(seen, errors(Side.GENERATOR, scores), plan.batch(), discriminator.gradient());
        FloatNetwork.Gradient gradient = generator.gradient();
        generator.backward(made, errors, plan.batch(), gradient);
        generator.update(gradient, plan.optimiser(), plan.batch(), step);
        return IntStream.range(0, scores.length)
                .mapToDouble(i -> loss(Side.GENERATOR, scores[i]))
                .sum();
    }

    private double[][] errors(Side side, double[] scores) {
        double[][] errors = new double[1][scores.length];
        double target = side == Side.FAKE ? 0 : 1;
        for (int i = 0; i < scores.length; i++) {
            double score = scores[i];
            errors[0][i] = switch (plan.loss()) {
                case HINGE ->
                    switch (side) {
                        case REAL -> score < 1 ? -1 : 0;
                        case FAKE -> score > -1 ? 1 : 0;
                        case GENERATOR -> -1;
                    };
                case BINARY_CROSS_ENTROPY -> 1 / (1 + StrictMath.exp(-score)) - target;
                case LEAST_SQUARES -> score - target;
            };
        }
        return errors;
    }

    private double loss(Side side, double score) {
        double target = side == Side.FAKE ? 0 : 1;
        return switch (plan.loss()) {
            case HINGE ->
                switch (side) {
                    case REAL -> Math.max(0, 1 - score);
                    case FAKE -> Math.max(0, 1 + score);
                    case GENERATOR -> -score;
                };
            case BINARY_CROSS_ENTROPY -> StrictMath.log1p(StrictMath.exp(side == Side.FAKE ? score : -score));
            case LEAST_SQUARES -> (score - target) * (score - target) / 2;
        };
    }

    @Override
    public ImageSet samples(int count, long seed) {
        double[][][] made =
                generator.forward(latents(GanTrainer.latents(plan, Lfsr.of(seed, GanTrainer.LATENTS), count)), count);
        double[][] output = made[made.length - 1];
        for (double[] row : output) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.rint(Math.scalb(row[i], plan.format().imageExponent()));
            }
        }
        return GanTrainer.images(plan.image(), output, count);
    }
}
