package org.emat.golden;

/**
 * The bit planes of all cells of a sub-kernel, packed 32 rows a word as {@link BitPlanes} packs inputs, and the loops
 * that count with them. Immutable.
 *
 * <p>A lane is one bit line of one weight, index line · weights + weight. All lanes lie in one array, since a long loop
 * loses little in the scalar head and tail that HotSpot puts around a vector loop. Words are ints: {@code
 * Integer.bitCount} vectorises from JDK 17 on and {@code Long.bitCount} only later, and no lane changes its width. A
 * pass takes at most four words, because HotSpot does not unroll a longer body to the width of a vector.
 */
final class CellPlanes {
    private final ArrayGeometry geometry;
    private final int largest;
    private final int planes;
    private final int wordsPerBlock;
    private final int[][] words; // [(block · planes + plane) · wordsPerBlock + word of the block][lane]

    CellPlanes(ArrayGeometry geometry, CellValues values) {
        this.geometry = geometry;
        this.largest = largest(geometry, values);
        this.planes = Integer.SIZE - Integer.numberOfLeadingZeros(largest);
        this.wordsPerBlock = BitPlanes.wordsPerBlock(geometry);
        this.words = new int[geometry.blocks() * planes * wordsPerBlock][geometry.lines() * geometry.weights()];
        for (int row = 0; row < geometry.rows(); row++) {
            for (int line = 0; line < geometry.lines(); line++) {
                for (int weight = 0; weight < geometry.weights(); weight++) {
                    pack(row, line * geometry.weights() + weight, values.value(row, weight, line));
                }
            }
        }
    }

    private static int largest(ArrayGeometry geometry, CellValues values) {
        int largest = 0;
        for (int row = 0; row < geometry.rows(); row++) {
            for (int line = 0; line < geometry.lines(); line++) {
                for (int weight = 0; weight < geometry.weights(); weight++) {
                    int value = values.value(row, weight, line);
                    if (value < 0) {
                        throw new IllegalArgumentException("a cell value must not be negative, as is " + value
                                + " in row " + row + ", weight " + weight + ", line " + line);
                    }
                    largest = Math.max(largest, value);
                }
            }
        }
        return largest;
    }

    private void pack(int row, int lane, int value) {
        int first = first(row / geometry.crossbarRows());
        int inBlock = row % geometry.crossbarRows();
        int word = inBlock / BitPlanes.WORD;
        for (int plane = 0; plane < planes; plane++) {
            words[first + plane * wordsPerBlock + word][lane] |= ((value >> plane) & 1) << (inBlock % BitPlanes.WORD);
        }
    }

    /** Largest value of any cell. */
    int largest() {
        return largest;
    }

    private int first(int block) {
        return block * planes * wordsPerBlock;
    }

    /**
     * Adds the bit-line sums of one read, times {@code factor}, to {@code counts}; overflow wraps.
     *
     * @param block row block
     * @param inputs packed inputs
     * @param index index of the block's first input word
     * @param counts one per lane
     * @param factor any
     */
    void count(int block, int[] inputs, int index, int[] counts, int factor) {
        for (int plane = 0; plane < planes; plane++) {
            int cell = first(block) + plane * wordsPerBlock;
            int weight = factor << plane;
            int word = 0;
            for (; word + 4 <= wordsPerBlock; word += 4) {
                countFour(cell + word, inputs, index + word, counts, weight);
            }
            switch (wordsPerBlock - word) {
                case 3 -> countThree(cell + word, inputs, index + word, counts, weight);
                case 2 -> countTwo(cell + word, inputs, index + word, counts, weight);
                case 1 -> countOne(cell + word, inputs, index + word, counts, weight);
                default -> {}
            }
        }
    }

    private void countFour(int cell, int[] inputs, int index, int[] counts, int weight) {
        int[] c0 = words[cell];
        int[] c1 = words[cell + 1];
        int[] c2 = words[cell + 2];
        int[] c3 = words[cell + 3];
        int x0 = inputs[index];
        int x1 = inputs[index + 1];
        int x2 = inputs[index + 2];
        int x3 = inputs[index + 3];
        for (int i = 0; i < counts.length; i++) {
            counts[i] += (Integer.bitCount(x0 & c0[i])
                            + Integer.bitCount(x1 & c1[i])
                            + Integer.bitCount(x2 & c2[i])
                            + Integer.bitCount(x3 & c3[i]))
                    * weight;
        }
    }

    private void countThree(int cell, int[] inputs, int index, int[] counts, int weight) {
        int[] c0 = words[cell];
        int[] c1 = words[cell + 1];
        int[] c2 = words[cell + 2];
        int x0 = inputs[index];
        int x1 = inputs[index + 1];
        int x2 = inputs[index + 2];
        for (int i = 0; i < counts.length; i++) {
            counts[i] += (Integer.bitCount(x0 & c0[i]) + Integer.bitCount(x1 & c1[i]) + Integer.bitCount(x2 & c2[i]))
                    * weight;
        }
    }

    private void countTwo(int cell, int[] inputs, int index, int[] counts, int weight) {
        int[] c0 = words[cell];
        int[] c1 = words[cell + 1];
        int x0 = inputs[index];
        int x1 = inputs[index + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] += (Integer.bitCount(x0 & c0[i]) + Integer.bitCount(x1 & c1[i])) * weight;
        }
    }

    private void countOne(int cell, int[] inputs, int index, int[] counts, int weight) {
        int[] c0 = words[cell];
        int x0 = inputs[index];
        for (int i = 0; i < counts.length; i++) {
            counts[i] += Integer.bitCount(x0 & c0[i]) * weight;
        }
    }
}
