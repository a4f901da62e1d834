package org.emat.train.gan;

import java.util.Optional;
import org.emat.network.TensorShape;
import org.emat.train.gan.Loss.Side;

/** Some images of a batch through one step, in a thread of its own. Parts of a batch meet in exact sums only. */
final class BatchPart {
    private final GanPlan plan;
    private final TrainedNetwork generator;
    private final TrainedNetwork discriminator;
    private final int frames;
    private final LossUnit unit;
    private final NetworkPass generating;
    private final NetworkPass judgingBoth;
    private final NetworkPass judgingFake;
    private final GradientSums generatorSums;
    private final GradientSums discriminatorSums;
    private double[][] fake;
    private long realLoss;
    private long fakeLoss;
    private long generatorLoss;
    private long saturatedErrors;

    BatchPart(GanPlan plan, TrainedNetwork generator, TrainedNetwork discriminator, LossUnit unit, int frames) {
        this.plan = plan;
        this.generator = generator;
        this.discriminator = discriminator;
        this.frames = frames;
        this.unit = unit;
        generating = new NetworkPass(generator, frames);
        judgingBoth = new NetworkPass(discriminator, 2 * frames);
        judgingFake = new NetworkPass(discriminator, frames);
        generatorSums = new GradientSums(plan.generator());
        discriminatorSums = new GradientSums(plan.discriminator());
    }

    /**
     * The discriminator on real and on generated images, forward and back.
     *
     * @param latents words of the latents, H × W × C
     * @param real words of the images, H × W × C
     */
    void judge(int[][] latents, int[][] real) {
        double[][] drawn = tensor(plan.latent(), latents, frames);
        fake = generating.forward(drawn, plan.format().latentExponent());
        double[][] both = tensor(plan.image(), real, 2 * frames);
        int pixels = plan.image().pixels();
        for (int channel = 0; channel < both.length; channel++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                System.arraycopy(fake[channel], pixel * frames, both[channel], (2 * pixel + 1) * frames, frames);
            }
        }
        double[] scores = judgingBoth.forward(both, plan.format().imageExponent())[0];
        double[][] error = new double[1][2 * frames];
        for (int i = 0; i < 2 * frames; i++) {
            Side side = i < frames ? Side.REAL : Side.FAKE;
            error[0][i] = error(side, (long) scores[i]);
            realLoss += side == Side.REAL ? loss(side, (long) scores[i]) : 0;
            fakeLoss += side == Side.FAKE ? loss(side, (long) scores[i]) : 0;
        }
        judgingBoth.backward(error, errorExponent(), Optional.of(discriminatorSums));
    }

    /** The generator through the discriminator; only the generator's gradient is summed. */
    void deceive() {
        double[] scores = judgingFake.forward(fake, plan.format().imageExponent())[0];
        double[][] error = new double[1][frames];
        for (int i = 0; i < frames; i++) {
            error[0][i] = error(Side.GENERATOR, (long) scores[i]);
            generatorLoss += loss(Side.GENERATOR, (long) scores[i]);
        }
        judgingFake.backward(error, errorExponent(), Optional.empty());
        TensorScale scale = generator.error(plan.generator().size() - 1);
        generating.backward(judgingFake.inputErrors(scale), scale.exponent(), Optional.of(generatorSums));
    }

    private int errorExponent() {
        return plan.loss().errorExponent(plan.format().errorBits());
    }

    private int scoreExponent() {
        return discriminator.outputExponent(plan.discriminator().size() - 1);
    }

    private long error(Side side, long score) {
        long error = unit.error(side, score, scoreExponent());
        long word = FixedPoint.saturate(error, plan.format().errorBits());
        saturatedErrors += word == error ? 0 : 1;
        return word;
    }

    private long loss(Side side, long score) {
        return unit.loss(side, score, scoreExponent());
    }

    /** Frames as a tensor of {@code width} frames; those beyond them are 0. */
    static double[][] tensor(TensorShape shape, int[][] words, int width) {
        double[][] tensor = new double[shape.channels()][shape.pixels() * width];
        for (int frame = 0; frame < words.length; frame++) {
            for (int i = 0; i < words[frame].length; i++) {
                tensor[i % shape.channels()][i / shape.channels() * width + frame] = words[frame][i];
            }
        }
        return tensor;
    }

    GradientSums generatorSums() {
        return generatorSums;
    }

    GradientSums discriminatorSums() {
        return discriminatorSums;
    }

    /** Losses and saturations of this part. */
    GanStep result(long step) {
        long activations = generating.saturatedActivations()
                + judgingBoth.saturatedActivations()
                + judgingFake.saturatedActivations();
        long errors = saturatedErrors
                + generating.saturatedErrors()
                + judgingBoth.saturatedErrors()
                + judgingFake.saturatedErrors();
        return new GanStep(
                step, realLoss, fakeLoss, generatorLoss, new TrainingCounts(activations, errors, 0, 0, 0, 0));
    }
}
