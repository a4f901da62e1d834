package org.emat.files;

/**
 * A numeric array as a {@code .npy} file holds it.
 *
 * @param shape sizes of the axes; none for a single number
 * @param values the numbers, last axis innermost
 */
public record NpyArray(int[] shape, double[] values) {
    public NpyArray {
        long size = 1;
        for (int axis : shape) {
            size = Math.multiplyExact(size, (long) axis);
        }
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "an array of " + size + " numbers cannot be made of " + values.length + " numbers");
        }
    }
}
