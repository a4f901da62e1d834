package org.emat.device;

import java.util.stream.IntStream;
import org.emat.arch.Architecture;
import org.emat.integer.IntegerLayer;
import org.emat.plan.ArrayPlan;
import org.emat.plan.EnginePlan;

/**
 * The cells of one engine's crossbars as they turn out: weights coded, faults and deviations drawn.
 *
 * <p>Every draw depends on the seed and the position of the cell only, so that the same seed gives the same device
 * whatever the order of programming.
 */
public final class DeviceMap {
    private static final long CELL = 0x9E3779B97F4A7C15L;
    private static final long OFFSET = 0xC2B2AE3D27D4EB4FL;

    private final EnginePlan engine;
    private final Architecture.Device device;
    private final int offsetSpread;
    private final long seed;
    private final ArrayWeights[] weights; // [sub-kernel]
    private final int[] firstLines; // [sub-kernel] number of its first bit line

    /**
     * A device map.
     *
     * @param engine the plan
     * @param index position of the engine in its design; engines have devices of their own
     * @param layer the weights
     * @param architecture device and converter spreads
     */
    public DeviceMap(EnginePlan engine, int index, IntegerLayer layer, Architecture architecture) {
        this.engine = engine;
        this.device = architecture.device();
        this.offsetSpread = architecture.adc().offsetSpread();
        this.seed = mix(device.seed() + 0x632BE59BD9B4E019L * (index + 1));
        this.weights = new ArrayWeights[engine.phases() * engine.arrayGroups()];
        this.firstLines = new int[weights.length];
        int line = 0;
        for (int subkernel = 0; subkernel < weights.length; subkernel++) {
            int phase = subkernel / engine.arrayGroups();
            weights[subkernel] = new ArrayWeights(engine, layer, engine.taps(phase), subkernel % engine.arrayGroups());
            firstLines[subkernel] = line;
            line += engine.rowBlocks(phase)
                    * engine.weightColumns()
                    * engine.array().linesPerWeight();
        }
    }

    /**
     * Values of all cells as bit planes: sub-kernel, weight column, row block, bit line, value bit, 64 rows; row 0 in
     * bit 0.
     */
    public long[] image() {
        long[] image = new long[engine.imageWords()];
        int columns = weights.length * engine.weightColumns();
        IntStream.range(0, columns)
                .parallel()
                .forEach(i -> fillColumn(image, i / engine.weightColumns(), i % engine.weightColumns()));
        return image;
    }

    /**
     * Value of a cell after faults and deviation, in units of 2^−fractionBits codes.
     *
     * @param subkernel phase · arrayGroups + group
     * @param row word line of the sub-kernel
     * @param column weight column of the sub-kernel
     * @param line bit line of the weight
     */
    public int value(int subkernel, int row, int column, int line) {
        int code = code(weights[subkernel].at(row, column), line);
        if (device.isIdeal()) {
            return code << engine.array().fractionBits();
        }
        long bitLine = bitLine(subkernel, column, engine.blockOf(row), line);
        return drawn(code, bitLine * engine.array().rows() + engine.placeOf(row));
    }

    /**
     * Offset of the converter of a bit line, in codes.
     *
     * @param subkernel phase · arrayGroups + group
     * @param column weight column of the sub-kernel
     * @param block row block of the sub-kernel
     * @param line bit line of the weight
     */
    public int offset(int subkernel, int column, int block, int line) {
        if (offsetSpread == 0) {
            return 0;
        }
        int bitLine = bitLine(subkernel, column, engine.physicalBlock(block), line);
        return spread(mix(seed ^ (OFFSET * (bitLine + 1))), offsetSpread);
    }

    /** Converter offsets in codes: sub-kernel, weight column, row block, bit line. */
    public int[] offsets() {
        int[] offsets = new int[engine.bitLines()];
        int lines = engine.array().linesPerWeight();
        for (int subkernel = 0; subkernel < weights.length; subkernel++) {
            int blocks = engine.rowBlocks(subkernel / engine.arrayGroups());
            for (int i = 0; i < engine.weightColumns() * blocks * lines; i++) {
                int column = i / (blocks * lines);
                offsets[firstLines[subkernel] + i] = offset(subkernel, column, i / lines % blocks, i % lines);
            }
        }
        return offsets;
    }

    /** Whether every cell holds its code and no converter has an offset. */
    public boolean isIdeal() {
        return device.isIdeal() && offsetSpread == 0;
    }

    /** Number of a bit line in the order of all draws and of the image. */
    private int bitLine(int subkernel, int column, int block, int line) {
        int blocks = engine.rowBlocks(subkernel / engine.arrayGroups());
        return firstLines[subkernel]
                + (column * blocks + block) * engine.array().linesPerWeight()
                + line;
    }

    private void fillColumn(long[] image, int subkernel, int column) {
        ArrayPlan array = engine.array();
        int lineWords = array.valueBits() * array.wordsPerLine();
        for (int row = 0; row < weights[subkernel].rows(); row++) {
            int block = engine.blockOf(row);
            int place = engine.placeOf(row);
            for (int line = 0; line < array.linesPerWeight(); line++) {
                int value = value(subkernel, row, column, line);
                int word = bitLine(subkernel, column, block, line) * lineWords + place / 64;
                for (int bit = 0; bit < array.valueBits(); bit++) {
                    image[word + bit * array.wordsPerLine()] |= (long) (value >> bit & 1) << (place % 64);
                }
            }
        }
    }

    private int code(int weight, int line) {
        ArrayPlan array = engine.array();
        int mask = (1 << array.cellBits()) - 1;
        if (!array.differential()) {
            return (weight + (1 << (array.weightBits() - 1))) >> (line * array.cellBits()) & mask;
        }
        int part = Math.max(0, line % 2 == 0 ? weight : -weight);
        return part >> (line / 2 * array.cellBits()) & mask;
    }

    private int drawn(int code, long cell) {
        long draw = mix(seed ^ (CELL * (cell + 1)));
        double fault = (draw >>> 11) * 0x1.0p-53;
        int faulted = code;
        if (fault < device.stuckAtZero()) {
            faulted = 0;
        } else if (fault < device.stuckAtZero() + device.stuckAtOne()) {
            faulted = (1 << engine.array().cellBits()) - 1;
        }
        int deviation = spread(mix(draw), device.deviationSpread());
        return Math.max(0, (faulted << engine.array().fractionBits()) + deviation);
    }

    private static int spread(long draw, int most) {
        return (int) Long.remainderUnsigned(draw, 2L * most + 1) - most;
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
