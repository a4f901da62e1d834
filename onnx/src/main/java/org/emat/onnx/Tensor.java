package org.emat.onnx;

import java.util.Arrays;

/**
 * A constant of the file.
 *
 * @param name name in the file
 * @param dims sizes of the axes; none for a scalar
 * @param values as many as the product of the axes, last axis innermost
 */
record Tensor(String name, long[] dims, double[] values) {

    /** Number of axes. */
    int rank() {
        return dims.length;
    }

    /** Size of an axis as the number of values it runs over, at most the number of values. */
    int dim(int axis) {
        return Math.toIntExact(dims[axis]);
    }

    /** The first value that is not finite, or 0 when all are finite. */
    double firstUnfinite() {
        return Arrays.stream(values)
                .filter(value -> !Double.isFinite(value))
                .findFirst()
                .orElse(0);
    }

    /** The same values under other axes. */
    Tensor reshaped(String newName, long[] newDims) {
        return new Tensor(newName, newDims, values);
    }

    /** The values as whole numbers, as shapes and axes are given. */
    long[] whole() {
        return Arrays.stream(values).mapToLong(value -> (long) value).toArray();
    }

    /** The sizes as text. */
    String shape() {
        return Arrays.toString(dims);
    }
}
