package org.emat.golden;

import org.emat.arch.Architecture.Encoding;

/**
 * The arithmetic of one sub-kernel as the design states it, one cell at a time.
 *
 * @param geometry sizes and formats
 * @param values what the cells hold
 * @param offsets offsets of the converters
 */
record TextbookArray(ArrayGeometry geometry, CellValues values, AdcOffsets offsets) {

    /**
     * What a kernel must give.
     *
     * @param sums one output a weight
     * @param clipped clipped conversions
     */
    record Result(long[] sums, long clipped) {}

    Result multiply(long[] inputs) {
        long[] sums = new long[geometry.weights()];
        long clipped = 0;
        for (int weight = 0; weight < geometry.weights(); weight++) {
            for (int block = 0; block < geometry.blocks(); block++) {
                for (int line = 0; line < geometry.lines(); line++) {
                    for (int bit = 0; bit < geometry.input().bits(); bit++) {
                        long code = unclamped(inputs, weight, block, line, bit);
                        long clamped = Math.max(0, Math.min((1L << geometry.adcBits()) - 1, code));
                        clipped += code == clamped ? 0 : 1;
                        sums[weight] += sign(line, bit) * (clamped << (shift(line) + bit));
                    }
                }
            }
            if (geometry.encoding() == Encoding.OFFSET) {
                for (long input : inputs) {
                    sums[weight] -= input << (geometry.weightBits() - 1);
                }
            }
        }
        return new Result(sums, clipped);
    }

    private long unclamped(long[] inputs, int weight, int block, int line, int bit) {
        long sum = 0;
        int end = Math.min(geometry.rows(), (block + 1) * geometry.crossbarRows());
        for (int row = block * geometry.crossbarRows(); row < end; row++) {
            sum += ((inputs[row] >> bit) & 1) * values.value(row, weight, line);
        }
        return (sum >> (geometry.fractionBits() + geometry.adcLsb())) + offsets.offset(block, line, weight);
    }

    private int sign(int line, int bit) {
        int sign = geometry.encoding() == Encoding.DIFFERENTIAL && line % 2 == 1 ? -1 : 1;
        return geometry.input().signed() && bit == geometry.input().bits() - 1 ? -sign : sign;
    }

    private int shift(int line) {
        int slice = geometry.encoding() == Encoding.DIFFERENTIAL ? line / 2 : line;
        return geometry.adcLsb() + geometry.cellBits() * slice;
    }
}
