package org.emat.golden;

import java.util.Arrays;
import org.emat.network.NumberFormat;

/**
 * The bit planes of one input vector, packed 32 rows a word. Every row block starts a new word, so that a read of a
 * block is a run of whole words. Mutable, for one thread.
 */
final class BitPlanes {
    /** Rows that a word holds. */
    static final int WORD = 32;

    /** The lowest bit of every byte. */
    private static final long LOW_BITS = 0x0101010101010101L;

    /** Moves bit 8j of a word of {@link #LOW_BITS} to bit 56 + j, for the eight j at once. */
    private static final long GATHER = 0x0102040810204080L;

    private final ArrayGeometry geometry;
    private final int wordsPerBlock;
    private final int[] words; // [block][bit][word of the block]

    BitPlanes(ArrayGeometry geometry) {
        this.geometry = geometry;
        this.wordsPerBlock = wordsPerBlock(geometry);
        this.words = new int[geometry.blocks() * geometry.input().bits() * wordsPerBlock];
    }

    /** Words of a plane of one block; the last block may leave some unused. */
    static int wordsPerBlock(ArrayGeometry geometry) {
        return (geometry.rowsOf(0) - 1) / WORD + 1;
    }

    /** Index of the first word of a plane. */
    int index(int block, int bit) {
        return (block * geometry.input().bits() + bit) * wordsPerBlock;
    }

    /** The packed words; see {@link #index}. */
    int[] words() {
        return words;
    }

    /** Rows of a block that a plane drives. */
    int active(int block, int bit) {
        int first = index(block, bit);
        int active = 0;
        for (int i = first; i < first + wordsPerBlock; i++) {
            active += Integer.bitCount(words[i]);
        }
        return active;
    }

    /** Packs {@code rows} words from {@code from}. */
    void load(int[] inputs, int from) {
        InputWords.check(geometry.input(), inputs, from, geometry.rows());
        Arrays.fill(words, 0);
        for (int block = 0; block < geometry.blocks(); block++) {
            int first = from + geometry.firstRow(block);
            int rows = geometry.rowsOf(block);
            for (int row = 0; row < rows; row += 8) {
                loadEight(inputs, first + row, Math.min(8, rows - row), block, row);
            }
        }
    }

    /** Transposes up to 8 rows, 8 bits at a time: one long holds a byte of each row. */
    private void loadEight(int[] inputs, int from, int count, int block, int row) {
        int bits = geometry.input().bits();
        for (int low = 0; low < bits; low += 8) {
            long bytes = 0;
            for (int i = 0; i < count; i++) {
                bytes |= ((inputs[from + i] >>> low) & 0xFFL) << (8 * i);
            }
            if (bytes == 0) {
                continue; // inserted zeros and borders are common
            }
            int index = index(block, low) + row / WORD;
            for (int bit = 0; bit < Math.min(8, bits - low); bit++) {
                int eight = (int) ((((bytes >>> bit) & LOW_BITS) * GATHER) >>> 56);
                words[index + bit * wordsPerBlock] |= eight << (row % WORD);
            }
        }
    }

    /** Sum of the input words, from the counts of their planes. */
    long sum() {
        NumberFormat input = geometry.input();
        long sum = 0;
        for (int block = 0; block < geometry.blocks(); block++) {
            for (int bit = 0; bit < input.bits(); bit++) {
                long weighted = (long) active(block, bit) << bit;
                sum += input.signed() && bit == input.bits() - 1 ? -weighted : weighted;
            }
        }
        return sum;
    }
}
