package org.emat.golden;

import java.util.Arrays;

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
    private final int largest;
    private final int planes;
    private final int wordsPerBlock;
    private final int[][] words; // [(block · planes + plane) · wordsPerBlock + word of the block][lane]

    CellPlanes(ArrayGeometry geometry, CellValues values) {
        this.wordsPerBlock = BitPlanes.wordsPerBlock(geometry);
        int[][][] packed = new int[geometry.blocks() * wordsPerBlock][][]; // [word][plane][lane]
        int most = 0;
        for (int word = 0; word < packed.length; word++) {
            int[][] cells = read(geometry, word / wordsPerBlock, word % wordsPerBlock * BitPlanes.WORD, values);
            int mostOfWord =
                    Arrays.stream(cells).flatMapToInt(Arrays::stream).max().orElse(0);
            packed[word] = pack(cells, Integer.SIZE - Integer.numberOfLeadingZeros(mostOfWord));
            most = Math.max(most, mostOfWord);
        }
        this.largest = most;
        this.planes = Integer.SIZE - Integer.numberOfLeadingZeros(most);
        this.words = new int[packed.length * planes][];
        int[] none = new int[geometry.lines() * geometry.weights()];
        for (int word = 0; word < packed.length; word++) {
            int first = first(word / wordsPerBlock) + word % wordsPerBlock;
            for (int plane = 0; plane < planes; plane++) {
                words[first + plane * wordsPerBlock] = plane < packed[word].length ? packed[word][plane] : none;
            }
        }
    }

    /** Values of the cells of a word's rows, [row][lane]; a block may end before its last words. */
    private static int[][] read(ArrayGeometry geometry, int block, int firstInBlock, CellValues values) {
        int rows = Math.max(0, Math.min(BitPlanes.WORD, geometry.rowsOf(block) - firstInBlock));
        int[][] cells = new int[rows][geometry.lines() * geometry.weights()];
        for (int i = 0; i < rows; i++) {
            int row = geometry.firstRow(block) + firstInBlock + i;
            for (int lane = 0; lane < cells[i].length; lane++) {
                int weight = lane % geometry.weights();
                int line = lane / geometry.weights();
                cells[i][lane] = values.value(row, weight, line);
                if (cells[i][lane] < 0) {
                    throw new IllegalArgumentException("a cell value must not be negative, as is " + cells[i][lane]
                            + " in row " + row + ", weight " + weight + ", line " + line);
                }
            }
        }
        return cells;
    }

    /** Bit planes of the cells of one word, [plane][lane]. */
    private static int[][] pack(int[][] cells, int planes) {
        int[][] packed = new int[planes][cells.length == 0 ? 0 : cells[0].length];
        for (int row = 0; row < cells.length; row++) {
            int[] values = cells[row];
            for (int plane = 0; plane < planes; plane++) {
                int[] lanes = packed[plane];
                for (int lane = 0; lane < lanes.length; lane++) {
                    lanes[lane] |= ((values[lane] >>> plane) & 1) << row;
                }
            }
        }
        return packed;
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
