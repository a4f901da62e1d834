package org.emat.onnx;

import java.util.Arrays;
import org.emat.network.Axis;
import org.emat.network.Operator;

/** Reads how the kernel of a Conv or ConvTranspose meets each spatial axis. */
final class AxisReader {
    private final Node node;
    private final boolean transposed;
    private final long[] kernel;
    private final long[] strides;
    private final long[] dilations;
    private final long[] pads;
    private final long[] outputPadding;
    private final long[] outputShape;
    private final String autoPad;

    /**
     * Reads and checks the attributes.
     *
     * @param kernel kernel sizes, one per spatial axis, from the weights
     */
    AxisReader(Node node, Operator operator, long[] kernel) {
        this.node = node;
        this.transposed = operator == Operator.TRANSPOSED_CONVOLUTION;
        this.kernel = kernel;
        int rank = kernel.length;
        long[] declared = list("kernel_shape", rank, 1, kernel);
        if (!Arrays.equals(declared, kernel)) {
            throw node.refuse("attribute kernel_shape is " + Arrays.toString(declared)
                    + ", but the weights have kernels of " + Arrays.toString(kernel));
        }
        strides = list("strides", rank, 1, filled(rank, 1));
        dilations = list("dilations", rank, 1, filled(rank, 1));
        pads = list("pads", 2 * rank, 0, new long[2 * rank]);
        outputPadding = list("output_padding", rank, 0, new long[rank]);
        outputShape = outputShape(rank);
        autoPad = node.text("auto_pad", "NOTSET");
        if (!Arrays.asList("NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID").contains(autoPad)) {
            throw node.refuse(
                    "attribute auto_pad is '" + autoPad + "'; NOTSET, SAME_UPPER, SAME_LOWER and VALID are supported");
        }
        if (!autoPad.equals("NOTSET") && Arrays.stream(pads).anyMatch(pad -> pad != 0)) {
            throw node.refuse("attribute pads is " + Arrays.toString(pads) + " beside auto_pad " + autoPad
                    + "; only one of the two can be given");
        }
    }

    /** The axis {@code index} over {@code size} input pixels; refuses an output below one pixel. */
    Axis read(int index, int size) {
        return transposed ? transposed(index, size) : convolved(index, size);
    }

    private Axis convolved(int index, int size) {
        long extent = dilations[index] * (kernel[index] - 1) + 1;
        long begin = pads[index];
        long end = pads[index + kernel.length];
        if (isSame()) {
            long output = (size + strides[index] - 1) / strides[index];
            long total = (output - 1) * strides[index] + extent - size;
            if (total < -1) {
                throw node.refuse("auto_pad " + autoPad + " asks for " + total + " pads on axis " + axisName(index)
                        + " (kernel " + kernel[index] + ", strides " + strides[index] + ", " + size
                        + " pixels), which ONNX leaves undefined; use pads");
            }
            begin = autoPad.equals("SAME_UPPER") ? Math.max(0, total) / 2 : (Math.max(0, total) + 1) / 2;
            end = Math.max(0, total) - begin;
        }
        if (extent > size + begin + end) {
            throw node.refuse("the kernel covers " + extent + " pixels (kernel_shape " + kernel[index] + ", dilations "
                    + dilations[index] + ") but the padded input has " + (size + begin + end) + " on axis "
                    + axisName(index) + "; at most the padded input is supported");
        }
        return axis(index, begin, end, 0);
    }

    private Axis transposed(int index, int size) {
        long extent = dilations[index] * (kernel[index] - 1) + 1;
        long natural = (size - 1) * strides[index] + outputPadding[index] + extent;
        long begin = pads[index];
        long end = pads[index + kernel.length];
        if (outputShape != null || isSame()) {
            long wanted = outputShape != null ? outputShape[index] : size * strides[index];
            long total = natural - wanted;
            if (total < 0) {
                throw node.refuse((outputShape != null ? "attribute output_shape" : "auto_pad " + autoPad)
                        + " asks for "
                        + wanted + " pixels on axis " + axisName(index) + ", but the kernel reaches only " + natural
                        + "; use output_padding for pixels beyond the kernel");
            }
            begin = autoPad.equals("SAME_UPPER") ? total / 2 : total - total / 2;
            end = total - begin;
        }
        long output = natural - begin - end;
        if (output < 1 || output > Limits.AXIS) {
            throw node.refuse("its output would have " + output + " pixels on axis " + axisName(index) + "; 1 to "
                    + Limits.AXIS + " are supported");
        }
        return axis(index, begin, end, outputPadding[index]);
    }

    private Axis axis(int index, long begin, long end, long beyond) {
        return new Axis(
                (int) kernel[index],
                (int) strides[index],
                (int) dilations[index],
                Math.toIntExact(begin),
                Math.toIntExact(end),
                (int) beyond);
    }

    private boolean isSame() {
        return autoPad.startsWith("SAME");
    }

    private String axisName(int index) {
        return index == kernel.length - 1 ? "width" : "height";
    }

    private long[] outputShape(int rank) {
        long[] given = node.list("output_shape").orElse(null);
        if (given == null || given.length == 0) {
            return null;
        }
        if (given.length == rank + 2) {
            given = Arrays.copyOfRange(given, 2, rank + 2);
        }
        check("output_shape", given, rank, 1);
        return given;
    }

    private long[] list(String name, int count, long least, long[] otherwise) {
        long[] given = node.list(name).filter(list -> list.length > 0).orElse(otherwise);
        check(name, given, count, least);
        return given;
    }

    private void check(String name, long[] given, int count, long least) {
        if (given.length != count) {
            throw node.refuse(
                    "attribute " + name + " is " + Arrays.toString(given) + "; " + count + " values are needed");
        }
        if (Arrays.stream(given).anyMatch(value -> value < least || value > Limits.AXIS)) {
            throw node.refuse("attribute " + name + " is " + Arrays.toString(given) + "; values from " + least + " to "
                    + Limits.AXIS + " are supported");
        }
    }

    private static long[] filled(int count, long value) {
        long[] result = new long[count];
        Arrays.fill(result, value);
        return result;
    }
}
