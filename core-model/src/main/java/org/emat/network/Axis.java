package org.emat.network;

/**
 * How a kernel meets one spatial axis.
 *
 * @param kernel number of taps, at least 1
 * @param stride at least 1: input pixels an output pixel advances (convolution), or output pixels an input pixel
 *     advances (transposed convolution)
 * @param dilation distance between taps, at least 1
 * @param padBegin padding before the axis; for a transposed convolution, output pixels cropped there
 * @param padEnd padding after the axis; for a transposed convolution, output pixels cropped there
 * @param outputPadding pixels added after the output of a transposed convolution; 0 for a convolution
 */
public record Axis(int kernel, int stride, int dilation, int padBegin, int padEnd, int outputPadding) {
    public Axis {
        atLeast("kernel", kernel, 1);
        atLeast("stride", stride, 1);
        atLeast("dilation", dilation, 1);
        atLeast("output padding", outputPadding, 0);
    }

    /** A kernel of one tap, stride 1, no padding. */
    public static Axis single() {
        return new Axis(1, 1, 1, 0, 0, 0);
    }

    /**
     * Extent of the kernel on the axis: dilation × (kernel − 1) + 1.
     *
     * @throws ArithmeticException if it exceeds 31 bits
     */
    public int extent() {
        return Math.addExact(Math.multiplyExact(dilation, kernel - 1), 1);
    }

    /** Output size of a convolution over {@code size} pixels, as ONNX Conv defines it; may be below 1. */
    public int convolved(int size) {
        return Math.floorDiv(size + padBegin + padEnd - extent(), stride) + 1;
    }

    /**
     * Output size of a transposed convolution over {@code size} pixels, as ONNX ConvTranspose defines it; may be below 1.
     *
     * @throws ArithmeticException if it exceeds 31 bits
     */
    public int transposed(int size) {
        long cropped = (size - 1L) * stride + outputPadding + extent() - padBegin - padEnd;
        return Math.toIntExact(cropped);
    }

    private static void atLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", not " + value);
        }
    }
}
