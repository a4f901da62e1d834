package org.emat.bench;

import org.emat.arch.Architecture.Encoding;
import org.emat.golden.ArrayGeometry;
import org.emat.golden.CellValues;
import org.emat.network.NumberFormat;

/**
 * The product of bench/popcount_mvm.c with the numbers that it draws: 128 × 128 weights of 8 bits in cells of 2 bits,
 * 256 unsigned 8-bit vectors and an 8-bit ADC that clips.
 *
 * @param weights [row][weight]
 * @param inputs the vectors one after another
 */
record ReferenceProduct(int[][] weights, int[] inputs) {
    /** Rows and weights. */
    static final int SIZE = 128;

    /** Input vectors. */
    static final int BATCH = 256;

    /** xorshift64*, and one full-scale input and column, so that some conversions clip. */
    static ReferenceProduct draw() {
        long state = 0x9E3779B97F4A7C15L;
        int[] bytes = new int[SIZE * SIZE + BATCH * SIZE];
        for (int i = 0; i < bytes.length; i++) {
            state ^= state >>> 12;
            state ^= state << 25;
            state ^= state >>> 27;
            bytes[i] = (int) ((state * 0x2545F4914F6CDD1DL) >>> 56);
        }
        int[][] weights = new int[SIZE][SIZE];
        int[] inputs = new int[BATCH * SIZE];
        System.arraycopy(bytes, SIZE * SIZE, inputs, 0, inputs.length);
        for (int row = 0; row < SIZE; row++) {
            for (int weight = 0; weight < SIZE; weight++) {
                weights[row][weight] = bytes[row * SIZE + weight] - 128;
            }
            weights[row][0] = 127;
            inputs[row] = 255;
        }
        return new ReferenceProduct(weights, inputs);
    }

    /** Sizes and formats. */
    ArrayGeometry geometry() {
        return new ArrayGeometry(SIZE, SIZE, SIZE, new NumberFormat(8, false), 8, 2, Encoding.OFFSET, 0, 8, 0);
    }

    /** Slices of the offset codes of the weights. */
    CellValues cells() {
        return (row, weight, line) -> ((weights[row][weight] + 128) >> (2 * line)) & 3;
    }

    /** What the program in C prints of its outputs. */
    static long checksum(long[] sums) {
        long checksum = 0;
        for (long sum : sums) {
            checksum = checksum * 31 + sum;
        }
        return checksum;
    }
}
