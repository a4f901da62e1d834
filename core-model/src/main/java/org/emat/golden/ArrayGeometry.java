package org.emat.golden;

import org.emat.arch.Architecture.Encoding;
import org.emat.network.NumberFormat;

/**
 * Sizes and number formats of the array of one sub-kernel.
 *
 * <p>The array has {@code rows} word lines and {@code weights} weight columns. Its rows are cut into row blocks, one
 * per physical array: block b holds rows b · crossbarRows to (b + 1) · crossbarRows − 1, the last block what is left. A
 * weight takes {@link #lines()} bit lines. Offset encoding holds slice s, bits s · cellBits upwards of w +
 * 2^(weightBits − 1), on line s. Differential encoding holds slice s of the positive part on line 2s and of the
 * negative part on line 2s + 1.
 *
 * @param rows word lines, at least 1
 * @param weights weight columns, at least 1
 * @param crossbarRows word lines of a physical array, at least 1
 * @param input format of the word that drives a row, applied one bit a read, least significant first
 * @param weightBits width of a signed weight, 1 to 16
 * @param cellBits bits that a cell is meant to hold, 1 to 4
 * @param encoding how a signed weight becomes non-negative cell codes
 * @param fractionBits fraction bits of a cell value, 0 to 16
 * @param adcBits resolution of a conversion, 1 to 24
 * @param adcLsb a bit-line sum is shifted right by this, beside fractionBits, before conversion; 0 to 14
 */
public record ArrayGeometry(
        int rows,
        int weights,
        int crossbarRows,
        NumberFormat input,
        int weightBits,
        int cellBits,
        Encoding encoding,
        int fractionBits,
        int adcBits,
        int adcLsb) {

    public ArrayGeometry {
        check("rows", rows, 1, Integer.MAX_VALUE);
        check("weights", weights, 1, Integer.MAX_VALUE);
        check("crossbarRows", crossbarRows, 1, Integer.MAX_VALUE);
        check("weightBits", weightBits, 1, 16);
        check("cellBits", cellBits, 1, 4);
        check("fractionBits", fractionBits, 0, 16);
        check("adcBits", adcBits, 1, 24);
        check("adcLsb", adcLsb, 0, 14);
    }

    /** Row blocks, ⌈rows / crossbarRows⌉. */
    public int blocks() {
        return (rows - 1) / crossbarRows + 1;
    }

    /** First row of a block. */
    public int firstRow(int block) {
        return block * crossbarRows;
    }

    /** Rows of a block, 1 to crossbarRows. */
    public int rowsOf(int block) {
        return Math.min(crossbarRows, rows - firstRow(block));
    }

    /** Bit lines of a weight. */
    public int lines() {
        int slices = (weightBits + cellBits - 1) / cellBits;
        return encoding == Encoding.DIFFERENTIAL ? 2 * slices : slices;
    }

    /** Power of two by which the codes of a line count, adcLsb included. */
    public int shift(int line) {
        return adcLsb + cellBits * (encoding == Encoding.DIFFERENTIAL ? line / 2 : line);
    }

    /** Whether the codes of a line are subtracted. */
    public boolean isNegative(int line) {
        return encoding == Encoding.DIFFERENTIAL && line % 2 == 1;
    }

    /** Largest code of a conversion. */
    public int largestCode() {
        return (1 << adcBits) - 1;
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
