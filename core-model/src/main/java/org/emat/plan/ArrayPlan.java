package org.emat.plan;

import org.emat.arch.Architecture.Encoding;

/**
 * The crossbars of one engine and what reads them.
 *
 * <p>A crossbar is {@code rows} word lines × {@code columns} physical bit lines. A weight takes {@link #linesPerWeight()}
 * adjacent bit lines of one crossbar: slices from the least significant, for {@code differential} the positive line of a
 * slice before its negative one.
 *
 * @param rows word lines of a crossbar
 * @param columns physical bit lines of a crossbar
 * @param cellBits bits of a cell's code
 * @param valueBits bits of a cell's value, {@code code · 2^fractionBits + deviation}
 * @param fractionBits fraction bits of a cell's value
 * @param encoding signed weights to codes
 * @param weightBits width of a weight
 * @param adcBits resolution of a converter
 * @param adcLsb right shift of a sum before conversion
 * @param columnsPerAdc bit lines of one converter, cycles of one read
 * @param adcOffsets whether converters have an offset per bit line
 * @param accumulatorBits width of a signed accumulator, from shapes and bit widths
 */
public record ArrayPlan(
        int rows,
        int columns,
        int cellBits,
        int valueBits,
        int fractionBits,
        Encoding encoding,
        int weightBits,
        int adcBits,
        int adcLsb,
        int columnsPerAdc,
        boolean adcOffsets,
        int accumulatorBits) {

    /** Slices of a weight. */
    public int slices() {
        return (weightBits + cellBits - 1) / cellBits;
    }

    /** Whether weights take positive and negative bit lines. */
    public boolean differential() {
        return encoding == Encoding.DIFFERENTIAL;
    }

    /** Physical bit lines of a weight. */
    public int linesPerWeight() {
        return differential() ? 2 * slices() : slices();
    }

    /** Weights on the word line of one crossbar. */
    public int weightsPerCrossbar() {
        return columns / linesPerWeight();
    }

    /** 64-bit words that hold one bit of every cell of a bit line. */
    public int wordsPerLine() {
        return (rows + 63) / 64;
    }

    /** Largest code of a converter. */
    public int maxCode() {
        return (1 << adcBits) - 1;
    }
}
