package org.emat.train;

import java.util.List;
import java.util.stream.IntStream;
import org.emat.integer.Frame;
import org.emat.train.GradientPlan.Pair;
import org.emat.window.WindowAxis;

/** The golden model of a gradient engine: every word, exact. */
public final class GradientModel {
    private final GradientPlan plan;
    private final GradientWork work;

    /** A model of a plan. */
    public GradientModel(GradientPlan plan) {
        this.plan = plan;
        this.work = new GradientWork(plan);
    }

    /**
     * The gradient of one batch.
     *
     * @param inputs inputs of the forward layer
     * @param errors errors of its sums, one per input
     * @throws IllegalArgumentException if there are no or too many frames, or one has another shape or a word outside its
     *     format
     */
    public Gradient run(List<Frame> inputs, List<Frame> errors) {
        if (inputs.isEmpty() || inputs.size() > plan.batch() || inputs.size() != errors.size()) {
            throw new IllegalArgumentException("a batch of '" + plan.name() + "' has 1 to " + plan.batch()
                    + " frames and as many errors, not " + inputs.size() + " and " + errors.size());
        }
        inputs.forEach(frame -> check(frame, plan.input(), "input"));
        errors.forEach(frame -> check(frame, plan.error(), "error"));
        long[] words = new long[plan.weightWords()];
        List<Frame> windows = plan.errorInWindow() ? errors : inputs;
        List<Frame> blocks = plan.errorInWindow() ? inputs : errors;
        // Pairs write to words of their own.
        IntStream.range(0, plan.pairs().size()).parallel().forEach(pair -> {
            for (int f = 0; f < windows.size(); f++) {
                accumulate(windows.get(f).words(), blocks.get(f).words(), pair, words);
            }
        });
        return new Gradient(
                plan.errorInWindow() ? new ErrorLayer(plan.forward()).forwardOrder(words) : words, bias(errors));
    }

    private void check(Frame frame, Operand operand, String what) {
        if (!frame.shape().equals(operand.shape())) {
            throw new IllegalArgumentException("the gradient of '" + plan.name() + "' takes an " + what + " of "
                    + operand.shape() + ", not " + frame.shape());
        }
        for (int word : frame.words()) {
            if (!operand.format().holds(word)) {
                throw new IllegalArgumentException("the gradient of '" + plan.name() + "': " + what + " " + word
                        + " does not fit " + operand.format().bits()
                        + (operand.format().signed() ? " signed" : " unsigned") + " bits");
            }
        }
    }

    /** All steps of one pair. An outer product with an inserted zero adds nothing, so the baseline skips it here, too. */
    private void accumulate(int[] window, int[] block, int pair, long[] words) {
        Pair pixels = plan.pairs().get(pair);
        for (int y = 0; y < plan.stepsY(); y++) {
            for (int x = 0; x < plan.stepsX(); x++) {
                if (work.isUseful(y, x, pair)) {
                    int windowPixel = pixel(plan.window(), y, x, pixels.windowY(), pixels.windowX());
                    int blockPixel = pixel(plan.block(), y, x, pixels.blockY(), pixels.blockX());
                    outer(window, windowPixel, block, blockPixel, pixels.kernelIndex(), words);
                }
            }
        }
    }

    private static int pixel(Operand operand, int stepY, int stepX, int y, int x) {
        WindowAxis vertical = operand.vertical();
        WindowAxis horizontal = operand.horizontal();
        return vertical.real(vertical.start(stepY) + y) * horizontal.input()
                + horizontal.real(horizontal.start(stepX) + x);
    }

    private void outer(int[] window, int windowPixel, int[] block, int blockPixel, int kernelIndex, long[] words) {
        int blockChannels = plan.block().shape().channels();
        int windowChannels = plan.window().shape().channels();
        int groups = plan.forward().groups();
        int inputs = windowChannels / groups;
        int word = kernelIndex * plan.productsPerPair();
        for (int channel = 0; channel < blockChannels; channel++) {
            long factor = block[blockPixel * blockChannels + channel];
            int from = windowPixel * windowChannels + channel / (blockChannels / groups) * inputs;
            for (int i = 0; i < inputs; i++) {
                words[word + i] += factor * window[from + i];
            }
            word += inputs;
        }
    }

    private long[] bias(List<Frame> errors) {
        long[] bias = new long[plan.biasWords()];
        for (Frame error : errors) {
            for (int i = 0; i < error.words().length; i++) {
                bias[i % bias.length] += error.words()[i];
            }
        }
        return bias;
    }
}
