package org.emat.train;

import java.util.List;
import org.emat.network.LayerGeometry;

/**
 * One gradient engine: the gradient of a layer's weights and biases over a batch of frames, as sums of outer products.
 *
 * <p>Each step takes one window of one operand and one block of the other. A <em>pair</em> is a pixel of each that meet at
 * a kernel index; it gives one product per weight at that index, the sums of which are the gradient. A pair is
 * <em>useful</em> at a step if both of its pixels are real ones, not padding, inserted zeros or beyond the output.
 *
 * <p>The words of the gradient come in the order of {@code walked}'s weights: those of the forward layer, or of its {@link
 * ErrorLayer} if the error is in the windows. The biases follow.
 *
 * @param name identifier of the design in Verilog
 * @param forward shapes of the layer whose gradient it is
 * @param form how the products are formed
 * @param window the operand of the windows
 * @param block the operand of the blocks
 * @param errorInWindow whether the error of the forward output is {@code window}, and the forward input {@code block}
 * @param pairs kernel indices with their pixels, each index at most once
 * @param lanes products per cycle
 * @param batch most frames of a batch
 * @param accumulatorBits width of a signed accumulator, from shapes, widths and batch
 */
public record GradientPlan(
        String name,
        LayerGeometry forward,
        Form form,
        Operand window,
        Operand block,
        boolean errorInWindow,
        List<Pair> pairs,
        int lanes,
        int batch,
        int accumulatorBits) {

    /** Which products are formed. */
    public enum Form {
        /** Those of useful pairs, by the steps of the forward layer. */
        ZERO_FREE,
        /**
         * All of a convolution whose kernel has stride − 1 zeros inserted between its values, the textbook gradient of a
         * layer with a stride: the baseline.
         */
        ZERO_INSERTING
    }

    /**
     * Two pixels that meet.
     *
     * @param windowY row inside the window
     * @param windowX column inside the window
     * @param blockY row inside the block
     * @param blockX column inside the block
     * @param kernelIndex which weights their products belong to, see {@link LayerGeometry}
     */
    public record Pair(int windowY, int windowX, int blockY, int blockX, int kernelIndex) {}

    public GradientPlan {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("a gradient has at least one pair of pixels");
        }
        if (lanes < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "a gradient engine has at least one lane and a batch one frame, not " + lanes + " and " + batch);
        }
    }

    /** The layer whose windows and weights it follows. */
    public LayerGeometry walked() {
        return errorInWindow ? new ErrorLayer(forward).geometry() : forward;
    }

    /** The operand that is the forward input. */
    public Operand input() {
        return errorInWindow ? block : window;
    }

    /** The operand that is the error of the forward sums. */
    public Operand error() {
        return errorInWindow ? window : block;
    }

    /** Steps down a frame. */
    public int stepsY() {
        return window.vertical().steps();
    }

    /** Steps across a frame. */
    public int stepsX() {
        return window.horizontal().steps();
    }

    /** Steps of one frame. */
    public int steps() {
        return Math.multiplyExact(stepsY(), stepsX());
    }

    /** Products of a pair, and so weights of a kernel index. */
    public int productsPerPair() {
        return block.shape().channels() * window.shape().channels() / forward.groups();
    }

    /** Whether only useful pairs are multiplied. */
    public boolean skipping() {
        return form == Form.ZERO_FREE;
    }

    /** Words of the weights' gradient. */
    public int weightWords() {
        return forward.weightCount();
    }

    /** Words of the biases' gradient. */
    public int biasWords() {
        return forward.scaleCount();
    }

    /**
     * Whether the products of a cycle always belong to one kernel index and start at a multiple of the lanes, so that the
     * accumulators are one memory with a row of {@code lanes} words per cycle. Otherwise every lane may reach every word,
     * which takes registers.
     */
    public boolean aligned() {
        return productsPerPair() % lanes == 0;
    }

    /** Rows of {@code lanes} accumulators, the last one perhaps partly filled; a cycle clears one and reads one out. */
    public int rows() {
        return (weightWords() - 1) / lanes + 1;
    }

    /** Beats of a read-out: one per row of weights, then one per bias. */
    public int beats() {
        return Math.addExact(rows(), biasWords());
    }
}
