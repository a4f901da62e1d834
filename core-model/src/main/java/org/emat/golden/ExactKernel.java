package org.emat.golden;

import java.util.Objects;
import org.emat.network.NumberFormat;

/**
 * The exact integer product of one sub-kernel with a batch of input vectors: what its array computes where every
 * conversion is lossless and the device ideal.
 *
 * <p>All multiplications are 32-bit ones, which vectorise on every JDK. Where a sum of products may exceed 31 bits the
 * inputs are cut into digits narrow enough, and the rows into chunks short enough, that no partial sum can; partial
 * sums are added in 64 bits. The bounds are the worst case of the input format with the largest weight, so that the
 * result is exact for every input. Eight-bit data need one digit.
 *
 * <p>The longer of the two operands, the vectors of the batch or the weight columns, lies along the vector lanes of the
 * processor. Hence large batches are fast whatever the number of weights, down to one: about 500 vectors are best.
 *
 * <p>Immutable; threads may share it, each with its own {@link Scratch}.
 */
public final class ExactKernel {
    /** Largest magnitude of a weight. */
    private static final int LARGEST_WEIGHT = 1 << 20;

    /** Rows that a digit must allow in a chunk, so that adding up the partial sums costs little. */
    private static final int WORTHWHILE = 64;

    private final NumberFormat input;
    private final int rows;
    private final int weights;
    private final int digitBits;
    private final int chunkRows;
    private final int[][][][] blocks; // [chunk][slab of lanes][row of the chunk][weight of the slab]

    /**
     * Copies the weights of a sub-kernel.
     *
     * @param input format of the input words
     * @param rows rows of the sub-kernel, at least 1
     * @param weights weight columns, at least 1
     * @param values the weights, magnitude at most 2^20
     */
    public ExactKernel(NumberFormat input, int rows, int weights, WeightValues values) {
        if (rows < 1 || weights < 1) {
            throw new IllegalArgumentException(
                    "a product needs at least one row and one weight, not " + rows + " and " + weights);
        }
        this.input = input;
        this.rows = rows;
        this.weights = weights;
        long largest = Math.max(1, largest(rows, weights, values));
        if (rows > Long.MAX_VALUE / largest / Math.max(input.max(), -input.min())) {
            throw new IllegalArgumentException("the outputs of " + rows + " rows with inputs of " + input
                    + " and weights up to " + largest + " may exceed 64 bits");
        }
        this.digitBits = digitBits(input.bits(), largest, rows);
        this.chunkRows = (int) Math.min(BlockedProduct.ROWS, rowsWithin(digitBits, largest));
        this.blocks = new int[(rows - 1) / chunkRows + 1][][][];
        for (int chunk = 0; chunk < blocks.length; chunk++) {
            blocks[chunk] = slabs(chunk * chunkRows, Math.min(rows, (chunk + 1) * chunkRows), values);
        }
    }

    private static int largest(int rows, int weights, WeightValues values) {
        int largest = 0;
        for (int row = 0; row < rows; row++) {
            for (int weight = 0; weight < weights; weight++) {
                int value = values.value(row, weight);
                if (value < -LARGEST_WEIGHT || value > LARGEST_WEIGHT) {
                    throw new IllegalArgumentException("a weight must be within ±2^20, not " + value);
                }
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }

    /** The fewest digits, of equal width, whose products can be summed over enough rows. */
    private static int digitBits(int inputBits, long largest, int rows) {
        int widest = inputBits;
        while (rowsWithin(widest, largest) < Math.min(rows, WORTHWHILE)) {
            widest--;
        }
        int digits = (inputBits - 1) / widest + 1;
        return (inputBits - 1) / digits + 1;
    }

    /** Rows, in whole passes, whose products with digits of some width sum to less than 2^31. */
    private static long rowsWithin(int digitBits, long largest) {
        long product = ((1L << digitBits) - 1) * largest;
        return Integer.MAX_VALUE / product / BlockedProduct.PASS * BlockedProduct.PASS;
    }

    /** The weights of some rows, cut into slabs of columns; rows are padded with zeros to whole passes. */
    private int[][][] slabs(int from, int to, WeightValues values) {
        int padded = ((to - from - 1) / BlockedProduct.PASS + 1) * BlockedProduct.PASS;
        int[][][] slabs = new int[(weights - 1) / BlockedProduct.LANES + 1][][];
        for (int slab = 0; slab < slabs.length; slab++) {
            int first = slab * BlockedProduct.LANES;
            slabs[slab] = new int[padded][Math.min(BlockedProduct.LANES, weights - first)];
            for (int row = from; row < to; row++) {
                int[] lanes = slabs[slab][row - from];
                for (int i = 0; i < lanes.length; i++) {
                    lanes[i] = values.value(row, first + i);
                }
            }
        }
        return slabs;
    }

    /**
     * Adds the products with a batch of input vectors.
     *
     * @param inputs the vectors one after another, one word of the input format per row
     * @param from index of row 0 of the first vector in {@code inputs}
     * @param vectors number of vectors
     * @param sums outputs of the vectors one after another, one per weight, added to
     * @param to index of weight 0 of the first vector in {@code sums}
     * @param scratch working memory, for this thread only
     */
    public void multiply(int[] inputs, int from, int vectors, long[] sums, int to, Scratch scratch) {
        Objects.checkFromIndexSize(from, Math.multiplyExact(vectors, rows), inputs.length);
        Objects.checkFromIndexSize(to, Math.multiplyExact(vectors, weights), sums.length);
        InputWords.check(input, inputs, from, vectors * rows);
        scratch.hold(vectors);
        for (int first = 0; first < vectors; first += BlockedProduct.LANES) {
            int count = Math.min(BlockedProduct.LANES, vectors - first);
            for (int chunk = 0; chunk < blocks.length; chunk++) {
                for (int low = 0; low < input.bits(); low += digitBits) {
                    load(inputs, from + first * rows, count, chunk, low, scratch.inputs);
                    multiply(blocks[chunk], count, low, sums, to + first * weights, scratch);
                }
            }
        }
    }

    /** Adds the products of the loaded digit of a chunk. */
    private void multiply(int[][][] slabs, int count, int low, long[] sums, int to, Scratch scratch) {
        for (int slab = 0; slab < slabs.length; slab++) {
            int first = to + slab * BlockedProduct.LANES;
            if (slabs[slab][0].length > count) {
                laneWeights(slabs[slab], count, low, sums, first, scratch);
            } else {
                laneVectors(slabs[slab], count, low, sums, first, scratch);
            }
        }
    }

    /** One slab, its weights along the lanes. */
    private void laneWeights(int[][] slab, int count, int low, long[] sums, int to, Scratch scratch) {
        int width = slab[0].length;
        for (int vector = 0; vector < count; vector += BlockedProduct.ITEMS) {
            int items = Math.min(BlockedProduct.ITEMS, count - vector);
            BlockedProduct.compute(scratch.sums, scratch.inputs, vector, items, slab, width);
            for (int item = 0; item < items; item++) {
                int[] partial = scratch.sums[item];
                int first = to + (vector + item) * weights;
                for (int i = 0; i < width; i++) {
                    sums[first + i] += (long) partial[i] << low;
                }
            }
        }
    }

    /** One slab, the vectors along the lanes. */
    private void laneVectors(int[][] slab, int count, int low, long[] sums, int to, Scratch scratch) {
        int width = slab[0].length;
        for (int weight = 0; weight < width; weight += BlockedProduct.ITEMS) {
            int items = Math.min(BlockedProduct.ITEMS, width - weight);
            BlockedProduct.compute(scratch.sums, slab, weight, items, scratch.inputs, count);
            if (items == BlockedProduct.ITEMS) {
                addEight(scratch.sums, count, low, sums, to + weight);
            } else {
                for (int item = 0; item < items; item++) {
                    addOne(scratch.sums[item], count, low, sums, to + weight + item);
                }
            }
        }
    }

    /** Adds the partial sums of eight weights, so that an output's cache line is fetched once. */
    private void addEight(int[][] partial, int count, int low, long[] sums, int to) {
        int[] p0 = partial[0];
        int[] p1 = partial[1];
        int[] p2 = partial[2];
        int[] p3 = partial[3];
        int[] p4 = partial[4];
        int[] p5 = partial[5];
        int[] p6 = partial[6];
        int[] p7 = partial[7];
        for (int vector = 0; vector < count; vector++) {
            int first = to + vector * weights;
            sums[first] += (long) p0[vector] << low;
            sums[first + 1] += (long) p1[vector] << low;
            sums[first + 2] += (long) p2[vector] << low;
            sums[first + 3] += (long) p3[vector] << low;
            sums[first + 4] += (long) p4[vector] << low;
            sums[first + 5] += (long) p5[vector] << low;
            sums[first + 6] += (long) p6[vector] << low;
            sums[first + 7] += (long) p7[vector] << low;
        }
    }

    private void addOne(int[] partial, int count, int low, long[] sums, int to) {
        for (int vector = 0; vector < count; vector++) {
            sums[to + vector * weights] += (long) partial[vector] << low;
        }
    }

    /**
     * Transposes one digit of the rows of a chunk, eight vectors at a time. The top digit is what is left above the
     * others and has the sign; other digits are not negative.
     */
    private void load(int[] inputs, int from, int count, int chunk, int low, int[][] digits) {
        int bits = Math.min(digitBits, input.bits() - low);
        boolean top = low + bits == input.bits();
        int mask = bits == 32 || top && input.signed() ? -1 : (1 << bits) - 1;
        int firstRow = chunk * chunkRows;
        int chunkSize = Math.min(chunkRows, rows - firstRow);
        int vector = 0;
        for (; vector + 8 <= count; vector += 8) {
            loadEight(inputs, from + vector * rows + firstRow, vector, chunkSize, low, mask, digits);
        }
        for (; vector < count; vector++) {
            int first = from + vector * rows + firstRow;
            for (int row = 0; row < chunkSize; row++) {
                digits[row][vector] = inputs[first + row] >> low & mask;
            }
        }
    }

    private void loadEight(int[] inputs, int first, int vector, int chunkSize, int low, int mask, int[][] digits) {
        for (int row = 0; row < chunkSize; row++) {
            int[] lanes = digits[row];
            int i = first + row;
            lanes[vector] = inputs[i] >> low & mask;
            lanes[vector + 1] = inputs[i + rows] >> low & mask;
            lanes[vector + 2] = inputs[i + 2 * rows] >> low & mask;
            lanes[vector + 3] = inputs[i + 3 * rows] >> low & mask;
            lanes[vector + 4] = inputs[i + 4 * rows] >> low & mask;
            lanes[vector + 5] = inputs[i + 5 * rows] >> low & mask;
            lanes[vector + 6] = inputs[i + 6 * rows] >> low & mask;
            lanes[vector + 7] = inputs[i + 7 * rows] >> low & mask;
        }
    }

    /** Working memory of one thread, for any kernels, one after another. */
    public static final class Scratch {
        private final int[][] sums = new int[BlockedProduct.ITEMS][BlockedProduct.LANES];
        private int[][] inputs = new int[BlockedProduct.ROWS][0]; // grows to the largest batch

        private void hold(int vectors) {
            int lanes = Math.min(BlockedProduct.LANES, vectors);
            if (inputs[0].length < lanes) {
                inputs = new int[BlockedProduct.ROWS][lanes];
            }
        }
    }
}
