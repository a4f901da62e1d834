package org.emat.train;

import java.util.Arrays;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.Requantiser;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;

/**
 * The layer that carries the error of a layer's sums back to its input: the transpose of its matrix. A convolution goes
 * back through a transposed convolution, a transposed convolution through a convolution, a dense layer through a dense
 * layer, with the same kernel, stride, dilation and groups and with input and output channels of the weights exchanged.
 *
 * <p>Every layer that {@link LayerGeometry} can describe has one, and its output has exactly the shape of the forward
 * layer's input. Input pixels that no output depends on get error 0.
 *
 * @param forward shapes of the forward layer
 */
public record ErrorLayer(LayerGeometry forward) {
    /** Shapes of the error's layer: from the forward output to the forward input. */
    public LayerGeometry geometry() {
        return switch (forward.operator()) {
            case DENSE -> of(Operator.DENSE, Axis.single(), Axis.single());
            case CONVOLUTION ->
                of(
                        Operator.TRANSPOSED_CONVOLUTION,
                        transposed(forward.vertical(), forward.input().height()),
                        transposed(forward.horizontal(), forward.input().width()));
            case TRANSPOSED_CONVOLUTION ->
                of(Operator.CONVOLUTION, convolved(forward.vertical()), convolved(forward.horizontal()));
        };
    }

    private LayerGeometry of(Operator operator, Axis vertical, Axis horizontal) {
        return new LayerGeometry(operator, forward.output(), forward.input(), vertical, horizontal, forward.groups());
    }

    /**
     * What was padding is now cropped. Where the stride leaves a remainder of the padded input, that many pixels at its end
     * reached no output; output padding gives them back, as zeros.
     */
    private static Axis transposed(Axis axis, int input) {
        int remainder = Math.floorMod(input + axis.padBegin() + axis.padEnd() - axis.extent(), axis.stride());
        return new Axis(axis.kernel(), axis.stride(), axis.dilation(), axis.padBegin(), axis.padEnd(), remainder);
    }

    /**
     * What was cropped is now padding. Output padding below the stride is the remainder that a strided convolution drops
     * anyway; whole strides of it, which a dilation above the stride allows, are cut off the end, since no input reached
     * them. The padding there may become negative.
     */
    private static Axis convolved(Axis axis) {
        int cut = axis.outputPadding() / axis.stride() * axis.stride();
        return new Axis(axis.kernel(), axis.stride(), axis.dilation(), axis.padBegin(), axis.padEnd() - cut, 0);
    }

    /** Forward weights, or anything with one value per weight, in the order of the error's layer. */
    public int[] weights(int[] forwardWeights) {
        int[] weights = new int[forward.weightCount()];
        visit((from, to) -> weights[to] = forwardWeights[from]);
        return weights;
    }

    /** Real forward weights in the order of the error's layer. */
    public double[] weights(double[] forwardWeights) {
        double[] weights = new double[forward.weightCount()];
        visit((from, to) -> weights[to] = forwardWeights[from]);
        return weights;
    }

    /** Values per weight of the error's layer, such as its weight gradient, in the order of the forward layer. */
    public long[] forwardOrder(long[] values) {
        long[] weights = new long[forward.weightCount()];
        visit((from, to) -> weights[from] = values[to]);
        return weights;
    }

    private interface Pairs {
        void visit(int forwardIndex, int errorIndex);
    }

    /** All weights: index in the order of the forward layer, and in that of the error's. */
    private void visit(Pairs pairs) {
        LayerGeometry error = geometry();
        for (int kernel = 0; kernel < forward.kernelSize(); kernel++) {
            int there = kernelIndex(kernel);
            for (int out = 0; out < forward.output().channels(); out++) {
                int group = out / forward.groupOutputs();
                int from = forward.weightIndex(kernel, out, 0);
                for (int in = 0; in < forward.groupInputs(); in++) {
                    int channel = group * forward.groupInputs() + in;
                    pairs.visit(from + in, error.weightIndex(there, channel, out % forward.groupOutputs()));
                }
            }
        }
    }

    /**
     * The kernel index of this layer that holds what a kernel index of the forward layer does: a kernel position keeps its
     * index; a dense layer's is a pair of pixels, which change places.
     */
    public int kernelIndex(int forwardIndex) {
        int inputs = forward.input().pixels();
        return forward.operator() == Operator.DENSE
                ? forwardIndex % inputs * forward.output().pixels() + forwardIndex / inputs
                : forwardIndex;
    }

    /**
     * The error's layer in integers: {@code saturate(roundHalfEven(sum / 2^shift))}, a power-of-two scale per tensor.
     *
     * @param layer the forward layer, of these shapes
     * @param error format of the error of the forward sums
     * @param shift 0 to 62
     * @param output format of the error of the forward input
     */
    public IntegerLayer layer(IntegerLayer layer, NumberFormat error, int shift, NumberFormat output) {
        LayerGeometry geometry = geometry();
        int scales = geometry.scaleCount();
        int[] shifts = new int[scales];
        Arrays.fill(shifts, shift);
        Requantiser unit = Requantiser.exact(new long[scales], output.min(), output.max());
        return new IntegerLayer(
                layer.name(),
                geometry,
                error,
                layer.weightBits(),
                weights(layer.weights()),
                new Requantiser(unit.bias(), unit.multiplier(), shifts, unit.low(), unit.high()),
                new IntegerActivation.Bounded(),
                output);
    }
}
