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
    private final NetworkPass judgingReal;
    private final NetworkPass judgingFake;
    private final GradientSums generatorSums;
    private final GradientSums discriminatorSums;
    private double[][] fake;
    private double[] fakeScores;
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
        judgingReal = new NetworkPass(discriminator, frames);
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
        double[][] drawnReal = tensor(plan.image(), real, frames);
        double[] realScores = judgingReal.forward(drawnReal, plan.format().imageExponent())[0];
        fakeScores = judgingFake.forward(fake, plan.format().imageExponent())[0];
        for (int i = 0; i < frames; i++) {
            realLoss += loss(Side.REAL, (long) realScores[i]);
            fakeLoss += loss(Side.FAKE, (long) fakeScores[i]);
        }
        judgingReal.backward(errors(Side.REAL, realScores), errorExponent(), Optional.of(discriminatorSums));
        judgingFake.backward(errors(Side.FAKE, fakeScores), errorExponent(), Optional.of(discriminatorSums));
    }

    /**
     * The generator through the discriminator; only the generator's gradient is summed. With {@code computationSharing}
     * the errors meet the inputs and scores that judging has left, which no pass makes again.
     */
    void deceive() {
        if (!plan.computationSharing()) {
            fakeScores = judgingFake.forward(fake, plan.format().imageExponent())[0];
        }
        for (int i = 0; i < frames; i++) {
            generatorLoss += loss(Side.GENERATOR, (long) fakeScores[i]);
        }
        judgingFake.backward(errors(Side.GENERATOR, fakeScores), errorExponent(), Optional.empty());
        TensorScale scale = generator.error(plan.generator().size() - 1);
        generating.backward(judgingFake.inputErrors(scale), scale.exponent(), Optional.of(generatorSums));
    }

    private double[][] errors(Side side, double[] scores) {
        double[][] errors = new double[1][frames];
        for (int i = 0; i < frames; i++) {
            errors[0][i] = error(side, (long) scores[i]);
        }
        return errors;
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
                + judgingReal.saturatedActivations()
                + judgingFake.saturatedActivations();
        long errors = saturatedErrors
                + generating.saturatedErrors()
                + judgingReal.saturatedErrors()
                + judgingFake.saturatedErrors();
        return new GanStep(
                step, realLoss, fakeLoss, generatorLoss, new TrainingCounts(activations, errors, 0, 0, 0, 0));
    }
}
