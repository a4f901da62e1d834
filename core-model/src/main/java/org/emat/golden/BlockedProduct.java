package org.emat.golden;

import java.util.Arrays;

/**
 * The innermost loops of the exact product, in ints: sums[item][lane] = Σ over rows of scalars[row][item] ·
 * lanes[row][lane].
 *
 * <p>The caller cuts a product into blocks of at most {@link #ITEMS} items, {@link #LANES} lanes and {@link #ROWS}
 * rows: the sums then stay in a first-level cache, and the lanes come from a second-level cache once per block. A pass
 * takes four rows of one item, so that a sum is loaded and stored once for four multiplications. More rows in a pass
 * gain nothing, since HotSpot no longer unrolls so long a loop to the width of a vector; fewer lanes lose much to the
 * scalar head and tail that it puts around a vector loop.
 */
final class BlockedProduct {
    static final int ITEMS = 8;
    static final int LANES = 512;
    static final int ROWS = 256;

    /** Rows of a pass. */
    static final int PASS = 4;

    private BlockedProduct() {}

    /**
     * Computes one block. The number of rows is that of the operand with fewer rows, a multiple of {@link #PASS}.
     *
     * @param sums [item of the block][lane]: results
     * @param scalars [row][item]
     * @param firstItem first item of the block in {@code scalars}
     * @param items items of the block
     * @param lanes [row][lane]
     * @param width lanes of the block
     */
    static void compute(int[][] sums, int[][] scalars, int firstItem, int items, int[][] lanes, int width) {
        for (int item = 0; item < items; item++) {
            Arrays.fill(sums[item], 0, width, 0);
        }
        int rows = Math.min(scalars.length, lanes.length);
        for (int row = 0; row < rows; row += PASS) {
            int[] s0 = scalars[row];
            int[] s1 = scalars[row + 1];
            int[] s2 = scalars[row + 2];
            int[] s3 = scalars[row + 3];
            for (int item = 0; item < items; item++) {
                int i = firstItem + item;
                pass(sums[item], width, lanes, row, s0[i], s1[i], s2[i], s3[i]);
            }
        }
    }

    private static void pass(int[] sums, int width, int[][] lanes, int row, int s0, int s1, int s2, int s3) {
        int[] l0 = lanes[row];
        int[] l1 = lanes[row + 1];
        int[] l2 = lanes[row + 2];
        int[] l3 = lanes[row + 3];
        for (int lane = 0; lane < width; lane++) {
            sums[lane] += s0 * l0[lane] + s1 * l1[lane] + s2 * l2[lane] + s3 * l3[lane];
        }
    }
}
