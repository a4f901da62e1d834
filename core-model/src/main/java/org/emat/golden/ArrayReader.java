package org.emat.golden;

import org.emat.plan.ArrayPlan;
import org.emat.plan.EnginePlan;

/**
 * Reads the crossbars of an engine exactly as the device does: bit planes on the word lines, popcounts over the cells'
 * bit planes, converter, shift-add (design: arithmetic).
 */
final class ArrayReader {
    private final EnginePlan engine;
    private final ArrayPlan array;
    private final long[] image;
    private final int[] offsets;

    ArrayReader(EnginePlan engine, long[] image, int[] offsets) {
        this.engine = engine;
        this.array = engine.array();
        this.image = image;
        this.offsets = offsets;
    }

    /**
     * Accumulators of one sub-kernel.
     *
     * @param phase phase of the sub-kernel
     * @param firstLine its first bit line in the order of the image
     * @param planes word-line bits, index {@code (plane · rowBlocks + block) · wordsPerLine + word}
     * @param inputSum sum of the inputs on its word lines
     * @param sums result, one per weight column, from {@code place}
     * @return clipped conversions
     */
    long read(int phase, int firstLine, long[] planes, long inputSum, long[] sums, int place) {
        int blocks = engine.rowBlocks(phase);
        int lines = array.linesPerWeight();
        long correction = array.differential() ? 0 : inputSum << (array.weightBits() - 1);
        long clipped = 0;
        int line = firstLine;
        for (int column = 0; column < engine.groupOutputs(); column++) {
            long sum = -correction;
            for (int block = 0; block < blocks; block++) {
                for (int l = 0; l < lines; l++, line++) {
                    int slice = array.differential() ? l / 2 : l;
                    long codes = 0;
                    for (int plane = 0; plane < engine.input().bits(); plane++) {
                        long code = (bitLine(line, planes, (plane * blocks + block) * array.wordsPerLine())
                                        >> (array.fractionBits() + array.adcLsb()))
                                + (array.adcOffsets() ? offsets[line] : 0);
                        long kept = Math.max(0, Math.min(array.maxCode(), code));
                        clipped += kept == code ? 0 : 1;
                        boolean sign = engine.input().signed()
                                && plane == engine.input().bits() - 1;
                        codes += (sign ? -kept : kept) << plane;
                    }
                    long weighed = codes << (array.adcLsb() + slice * array.cellBits());
                    sum += array.differential() && l % 2 == 1 ? -weighed : weighed;
                }
            }
            sums[place + column] = sum;
        }
        return clipped;
    }

    private long bitLine(int line, long[] planes, int at) {
        int words = array.wordsPerLine();
        int cell = line * array.valueBits() * words;
        long sum = 0;
        for (int bit = 0; bit < array.valueBits(); bit++) {
            for (int word = 0; word < words; word++) {
                sum += (long) Long.bitCount(image[cell++] & planes[at + word]) << bit;
            }
        }
        return sum;
    }
}
