package org.emat.train.gan;

/**
 * Products of matrices of integers, exact: the integers are held in doubles, whose sums are exact below 2^53, and plain
 * loops over doubles become vector instructions on every JDK, which those over longs do not.
 */
final class ExactProduct {
    /** Rows of a pass. */
    static final int PASS = 4;

    private static final int ITEMS = 8;
    private static final int LANES = 256;

    private ExactProduct() {}

    /** The next multiple of {@link #PASS}. */
    static int padded(int rows) {
        return (rows + PASS - 1) / PASS * PASS;
    }

    /**
     * Adds Σ over rows of {@code scalars[row][item] · lanes[row][lane]} to {@code sums[item][lane]}.
     *
     * @param rows a multiple of {@link #PASS}
     */
    static void add(double[][] sums, int items, double[][] scalars, double[][] lanes, int rows, int width) {
        for (int from = 0; from < width; from += LANES) {
            int to = Math.min(width, from + LANES);
            for (int first = 0; first < items; first += ITEMS) {
                addBlock(sums, first, Math.min(items, first + ITEMS), scalars, lanes, rows, from, to);
            }
        }
    }

    private static void addBlock(
            double[][] sums, int first, int last, double[][] scalars, double[][] lanes, int rows, int from, int to) {
        for (int row = 0; row < rows; row += PASS) {
            double[] s0 = scalars[row];
            double[] s1 = scalars[row + 1];
            double[] s2 = scalars[row + 2];
            double[] s3 = scalars[row + 3];
            for (int item = first; item < last; item++) {
                pass(sums[item], lanes, row, s0[item], s1[item], s2[item], s3[item], from, to);
            }
        }
    }

    private static void pass(
            double[] sums, double[][] lanes, int row, double s0, double s1, double s2, double s3, int from, int to) {
        double[] l0 = lanes[row];
        double[] l1 = lanes[row + 1];
        double[] l2 = lanes[row + 2];
        double[] l3 = lanes[row + 3];
        for (int lane = from; lane < to; lane++) {
            sums[lane] += s0 * l0[lane] + s1 * l1[lane] + s2 * l2[lane] + s3 * l3[lane];
        }
    }
}
