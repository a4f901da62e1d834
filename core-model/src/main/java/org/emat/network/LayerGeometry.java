package org.emat.network;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Shapes of one linear layer.
 *
 * <p>Weights of a layer are one array, index {@code (kernelIndex · outChannels + outChannel) · (inChannels / groups) +
 * inChannelInGroup}. The kernel index is {@code ky · kernelWidth + kx} for both convolutions, and {@code outputPixel ·
 * inputPixels + inputPixel} for a dense layer (pixels in raster order).
 *
 * @param operator the linear operator
 * @param input shape of an input frame
 * @param output shape of an output frame; for both convolutions it must be what ONNX derives from the axes
 * @param vertical the kernel along the height; a single tap for a dense layer
 * @param horizontal the kernel along the width; a single tap for a dense layer
 * @param groups number of channel groups, dividing both channel counts
 */
public record LayerGeometry(
        Operator operator, TensorShape input, TensorShape output, Axis vertical, Axis horizontal, int groups) {
    public LayerGeometry {
        if (groups < 1 || input.channels() % groups != 0 || output.channels() % groups != 0) {
            throw new IllegalArgumentException("groups (" + groups + ") must divide the input channels ("
                    + input.channels() + ") and the output channels (" + output.channels() + ")");
        }
        if (operator != Operator.DENSE) {
            int height = outputSize(operator, vertical, input.height());
            int width = outputSize(operator, horizontal, input.width());
            if (height != output.height() || width != output.width()) {
                throw new IllegalArgumentException("the output of this layer is " + height + "x" + width
                        + " pixels, not " + output.height() + "x" + output.width());
            }
        }
    }

    /** Geometry of a convolution or transposed convolution whose output size follows from its axes. */
    public static LayerGeometry of(
            Operator operator, TensorShape input, int outChannels, Axis vertical, Axis horizontal, int groups) {
        int height = outputSize(operator, vertical, input.height());
        int width = outputSize(operator, horizontal, input.width());
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "the output of this layer would be " + height + "x" + width + " pixels; at least 1x1 is needed");
        }
        return new LayerGeometry(
                operator, input, new TensorShape(outChannels, height, width), vertical, horizontal, groups);
    }

    /** Geometry of a dense layer from every word of {@code input} to every word of {@code output}. */
    public static LayerGeometry dense(TensorShape input, TensorShape output) {
        return new LayerGeometry(Operator.DENSE, input, output, Axis.single(), Axis.single(), 1);
    }

    private static int outputSize(Operator operator, Axis axis, int size) {
        return switch (operator) {
            case CONVOLUTION -> size + axis.padBegin() + axis.padEnd() < axis.extent() ? 0 : axis.convolved(size);
            case TRANSPOSED_CONVOLUTION -> axis.transposed(size);
            case DENSE -> throw new IllegalArgumentException("a dense layer has no axes");
        };
    }

    /** Number of kernel indices; see the class comment. */
    @JsonIgnore
    public int kernelSize() {
        return operator == Operator.DENSE
                ? Math.multiplyExact(output.pixels(), input.pixels())
                : vertical.kernel() * horizontal.kernel();
    }

    /** Input channels of a group. */
    @JsonIgnore
    public int groupInputs() {
        return input.channels() / groups;
    }

    /** Output channels of a group. */
    @JsonIgnore
    public int groupOutputs() {
        return output.channels() / groups;
    }

    /** Number of weights. */
    @JsonIgnore
    public int weightCount() {
        return Math.multiplyExact(Math.multiplyExact(kernelSize(), output.channels()), groupInputs());
    }

    /**
     * Number of independently scaled outputs: output channels; for a dense layer output words, index {@code pixel ·
     * channels + channel}.
     */
    @JsonIgnore
    public int scaleCount() {
        return operator == Operator.DENSE ? output.words() : output.channels();
    }

    /** Index among {@link #scaleCount()} of a channel of an output pixel. */
    public int scaleIndex(int outPixel, int outChannel) {
        return operator == Operator.DENSE ? outPixel * output.channels() + outChannel : outChannel;
    }

    /** Index of a weight; see the class comment. */
    public int weightIndex(int kernelIndex, int outChannel, int inChannelInGroup) {
        return (kernelIndex * output.channels() + outChannel) * groupInputs() + inChannelInGroup;
    }
}
