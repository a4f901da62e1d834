package org.emat.suite;

import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;

/**
 * A layer as the tables of papers state it: square or cubic, the same on every axis. A transposed convolution takes
 * tap a of input i to output i · stride + a − low; a convolution takes output o from inputs o · stride + a − low.
 *
 * <p>Counts hold for 2 and 3 dimensions; a design can be made of 2.
 *
 * @param operator the linear operator
 * @param dimensions spatial axes, 2 or 3
 * @param input input pixels of an axis
 * @param channels input channels
 * @param output output pixels of an axis; for both convolutions what follows from the others
 * @param outputs output channels
 * @param kernel taps of an axis; 1 for a dense layer
 * @param stride 1 for a dense layer
 * @param low padding before the axis, or output pixels cropped there; 0 for a dense layer
 * @param high padding behind the axis, or output pixels cropped there, below 0 for pixels added; 0 for a dense layer
 */
public record LayerShape(
        Operator operator,
        int dimensions,
        int input,
        int channels,
        int output,
        int outputs,
        int kernel,
        int stride,
        int low,
        int high) {
    public LayerShape {
        if (dimensions != 2 && dimensions != 3) {
            throw new IllegalArgumentException("a layer has 2 or 3 dimensions, not " + dimensions);
        }
        int follows = switch (operator) {
            case CONVOLUTION -> Math.floorDiv(input + low + high - kernel, stride) + 1;
            case TRANSPOSED_CONVOLUTION -> (input - 1) * stride + kernel - low - high;
            case DENSE -> output;
        };
        if (follows != output) {
            throw new IllegalArgumentException(
                    "the output of this layer has " + follows + " pixels on an axis, not " + output);
        }
        if (operator == Operator.DENSE && (kernel != 1 || stride != 1 || low != 0 || high != 0)) {
            throw new IllegalArgumentException("a dense layer has kernel 1, stride 1 and no padding");
        }
    }

    /** Weights. */
    public long weights() {
        long taps = operator == Operator.DENSE ? power(input) * power(output) : power(kernel);
        return taps * channels * outputs;
    }

    /** Products of a real input and a weight that reach a real output. */
    public long usefulMacs() {
        long pairs = operator == Operator.DENSE ? power(input) * power(output) : power(pairs());
        return pairs * channels * outputs;
    }

    /** Pairs of a tap and a pixel of an axis that meet a real pixel on the other side. */
    private long pairs() {
        boolean transposed = operator == Operator.TRANSPOSED_CONVOLUTION;
        int from = transposed ? input : output;
        int to = transposed ? output : input;
        long pairs = 0;
        for (int pixel = 0; pixel < from; pixel++) {
            for (int tap = 0; tap < kernel; tap++) {
                int meets = pixel * stride + tap - low;
                pairs += meets >= 0 && meets < to ? 1 : 0;
            }
        }
        return pairs;
    }

    /**
     * Products that a machine makes which takes zeros for pixels: output pixels × taps × channels, whether a zero was
     * inserted between pixels or put around them.
     */
    public long zeroInsertedMacs() {
        return operator == Operator.DENSE ? usefulMacs() : power(output) * power(kernel) * channels * outputs;
    }

    /**
     * Products of the weight gradient on a machine that takes it for a convolution: the operand without the stride is
     * spread by inserted zeros to (pixels − 1) · stride + 1 and multiplied whole for every weight.
     */
    public long zeroInsertedGradientMacs() {
        if (operator == Operator.DENSE) {
            return usefulMacs();
        }
        int operand = operator == Operator.TRANSPOSED_CONVOLUTION ? input : output;
        return power((operand - 1) * stride + 1) * power(kernel) * channels * outputs;
    }

    /** Steps of the zero-insertion mapping: one output pixel each. */
    public long zeroInsertionSteps() {
        return operator == Operator.DENSE ? 1 : power(output);
    }

    /** Steps of the padding-free mapping: one input pixel each. */
    public long paddingFreeSteps() {
        return switch (operator) {
            case DENSE -> 1;
            case CONVOLUTION -> power(output);
            case TRANSPOSED_CONVOLUTION -> power(input);
        };
    }

    /**
     * Steps of the mappings by phases, {@code phase} and {@code pixel-wise}: one block of stride × stride outputs
     * each.
     */
    public long phaseSteps() {
        return switch (operator) {
            case DENSE -> 1;
            case CONVOLUTION -> power(output);
            case TRANSPOSED_CONVOLUTION -> power((output + stride - 1) / stride);
        };
    }

    /** Vector operations of the pixel-wise mapping when {@code fold} taps share crossbars and take turns. */
    public long pixelWiseOperations(int fold) {
        return phaseSteps() * fold;
    }

    /** Whether the layer can be planned as one step, since its input is one pixel. */
    public boolean onePixel() {
        return input == 1 && operator == Operator.TRANSPOSED_CONVOLUTION;
    }

    /** The layer that carries errors back through this one: the transpose of its matrix. */
    public LayerShape error() {
        return switch (operator) {
            case DENSE -> new LayerShape(operator, dimensions, output, outputs, input, channels, 1, 1, 0, 0);
            case CONVOLUTION ->
                new LayerShape(
                        Operator.TRANSPOSED_CONVOLUTION,
                        dimensions,
                        output,
                        outputs,
                        input,
                        channels,
                        kernel,
                        stride,
                        low,
                        (output - 1) * stride + kernel - low - input);
            case TRANSPOSED_CONVOLUTION ->
                new LayerShape(
                        Operator.CONVOLUTION, dimensions, output, outputs, input, channels, kernel, stride, low, high);
        };
    }

    /**
     * Shapes for a design.
     *
     * @throws IllegalStateException if it has 3 dimensions
     */
    public LayerGeometry geometry() {
        if (dimensions != 2) {
            throw new IllegalStateException("designs have layers of 2 dimensions, not " + dimensions);
        }
        TensorShape from = new TensorShape(channels, input, input);
        TensorShape to = new TensorShape(outputs, output, output);
        if (operator == Operator.DENSE) {
            return LayerGeometry.dense(from, to);
        }
        Axis axis = new Axis(kernel, stride, 1, low, high, 0);
        return new LayerGeometry(operator, from, to, axis, axis, 1);
    }

    /** To the number of dimensions. */
    private long power(long pixels) {
        return dimensions == 3 ? pixels * pixels * pixels : pixels * pixels;
    }
}
