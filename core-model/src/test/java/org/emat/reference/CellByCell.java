package org.emat.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Mapping;
import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.network.LayerGeometry;
import org.emat.plan.ArrayPlan;
import org.emat.plan.EnginePlan;
import org.emat.window.Tap;
import org.emat.window.WindowAxis;

/**
 * One engine computed cell by cell as the design's arithmetic states it: the oracle that shares no code with the device
 * map and the golden model, the draw of faults included.
 */
public final class CellByCell {
    private final EnginePlan engine;
    private final ArrayPlan array;
    private final IntegerLayer layer;
    private final Architecture architecture;
    private final long seed;
    private final int columns; // of a sub-kernel
    private final int[][][][] cells; // [sub-kernel][column][row][line]
    private final int[][][][] offsets; // [sub-kernel][column][row block][line]
    private long activations;
    private long clipped;

    /** The engine at a position of its design. */
    public CellByCell(EnginePlan engine, int index, IntegerLayer layer, Architecture architecture) {
        this.engine = engine;
        this.array = engine.array();
        this.layer = layer;
        this.architecture = architecture;
        this.seed = draw(architecture.device().seed() + 0x632BE59BD9B4E019L * (index + 1));
        int subkernels = engine.phases() * engine.arrayGroups();
        boolean overlaps = engine.mapping() == Mapping.PADDING_FREE;
        this.columns = overlaps ? layer.geometry().kernelSize() * engine.groupOutputs() : engine.groupOutputs();
        this.cells = new int[subkernels][columns][][];
        this.offsets = new int[subkernels][columns][][];
        program();
    }

    /** Weight columns of a sub-kernel. */
    public int columns() {
        return columns;
    }

    /** Value of a cell. */
    public int cell(int subkernel, int column, int row, int line) {
        return cells[subkernel][column][row][line];
    }

    /** Offset of the converter of a bit line. */
    public int offset(int subkernel, int column, int rowBlock, int line) {
        return offsets[subkernel][column][rowBlock][line];
    }

    /** Word lines driven with 1 by all steps so far. */
    public long activations() {
        return activations;
    }

    /** Clipped conversions of all steps so far. */
    public long clipped() {
        return clipped;
    }

    /** Numbers the bit lines in the order of the memory image and draws what is on each. */
    private void program() {
        long bitLine = 0;
        for (int subkernel = 0; subkernel < cells.length; subkernel++) {
            int phase = subkernel / engine.arrayGroups();
            List<List<Integer>> blocks = blocks(phase);
            for (int column = 0; column < columns; column++) {
                cells[subkernel][column] = new int[engine.rows(phase)][array.linesPerWeight()];
                offsets[subkernel][column] = new int[blocks.size()][array.linesPerWeight()];
                for (int block = 0; block < blocks.size(); block++) {
                    for (int line = 0; line < array.linesPerWeight(); line++) {
                        long shared = bitLine - (long) foldedBefore(block) * array.linesPerWeight();
                        offsets[subkernel][column][block][line] = drawOffset(shared);
                        for (int place = 0; place < blocks.get(block).size(); place++) {
                            int row = blocks.get(block).get(place);
                            cells[subkernel][column][row][line] =
                                    value(code(subkernel, column, row, line), bitLine * array.rows() + place);
                        }
                        bitLine++;
                    }
                }
            }
        }
    }

    /** The word lines of each row block of a phase: stacked, or each tap by itself. */
    public List<List<Integer>> blocks(int phase) {
        int run = engine.mapping() == Mapping.PIXEL_WISE ? engine.groupInputs() : Math.max(1, engine.rows(phase));
        List<List<Integer>> blocks = new ArrayList<>();
        for (int row = 0; row < engine.rows(phase); row++) {
            if (row % run % array.rows() == 0) {
                blocks.add(new ArrayList<>());
            }
            blocks.get(blocks.size() - 1).add(row);
        }
        return blocks;
    }

    /** Row blocks of the same crossbar that come before one, where taps are folded onto whole words of a crossbar. */
    private int foldedBefore(int block) {
        int words = (engine.groupInputs() + 63) / 64;
        return 64 * words * engine.fold() <= array.rows() ? block % engine.fold() : 0;
    }

    private int code(int subkernel, int column, int row, int line) {
        int weight = weight(subkernel, column, row);
        int digits;
        int digit;
        if (array.differential()) {
            boolean positive = line % 2 == 0;
            digits = (weight > 0) == positive ? Math.abs(weight) : 0;
            digit = line / 2;
        } else {
            digits = weight + (int) Math.pow(2, array.weightBits() - 1);
            digit = line;
        }
        int base = (int) Math.pow(2, array.cellBits());
        for (int i = 0; i < digit; i++) {
            digits /= base;
        }
        return digits % base;
    }

    private int weight(int subkernel, int column, int row) {
        LayerGeometry geometry = layer.geometry();
        int group = subkernel % engine.arrayGroups();
        List<Tap> taps = engine.taps(subkernel / engine.arrayGroups());
        int out = group * engine.groupOutputs() + column % engine.groupOutputs();
        int in = group * engine.groupInputs() + row % engine.groupInputs();
        int outsPerGroup = geometry.output().channels() / geometry.groups();
        int insPerGroup = geometry.input().channels() / geometry.groups();
        if (out / outsPerGroup != in / insPerGroup) {
            return 0;
        }
        int kernel = taps.get(row / engine.groupInputs()).kernelIndex() + column / engine.groupOutputs();
        return layer.weights()[(kernel * geometry.output().channels() + out) * insPerGroup + in % insPerGroup];
    }

    private int value(int code, long cell) {
        Architecture.Device device = architecture.device();
        long first = draw(seed ^ (0x9E3779B97F4A7C15L * (cell + 1)));
        double fault = (first >>> 11) / Math.pow(2, 53);
        int faulted = code;
        if (fault < device.stuckAtZero()) {
            faulted = 0;
        } else if (fault < device.stuckAtZero() + device.stuckAtOne()) {
            faulted = (int) Math.pow(2, array.cellBits()) - 1;
        }
        int deviation = spread(draw(first), device.deviationSpread());
        return Math.max(0, faulted * (int) Math.pow(2, device.fractionBits()) + deviation);
    }

    private int drawOffset(long bitLine) {
        return spread(
                draw(seed ^ (0xC2B2AE3D27D4EB4FL * (bitLine + 1))),
                architecture.adc().offsetSpread());
    }

    private static int spread(long draw, int most) {
        return (int) Long.remainderUnsigned(draw, 2 * most + 1) - most;
    }

    /** One value of the JDK's splitmix generator. */
    private static long draw(long state) {
        return new SplittableRandom(state).nextLong();
    }

    /** Accumulators of a step: phase outermost, then group, then column. */
    public long[] accumulators(Frame input, int step) {
        long[] sums = new long[cells.length * columns];
        for (int subkernel = 0; subkernel < cells.length; subkernel++) {
            int phase = subkernel / engine.arrayGroups();
            int group = subkernel % engine.arrayGroups();
            long[] inputs = new long[engine.rows(phase)];
            for (int row = 0; row < inputs.length; row++) {
                Tap tap = engine.taps(phase).get(row / engine.groupInputs());
                inputs[row] = pixel(input, step, tap, group * engine.groupInputs() + row % engine.groupInputs());
                activations += (long) Long.bitCount(inputs[row]) * engine.columnBlocks();
            }
            for (int column = 0; column < columns; column++) {
                sums[subkernel * columns + column] = accumulator(subkernel, column, inputs);
            }
        }
        return sums;
    }

    /** The bits of the input word that a tap sees, as a non-negative number. */
    private long pixel(Frame input, int step, Tap tap, int channel) {
        WindowAxis vertical = engine.window().vertical();
        WindowAxis horizontal = engine.window().horizontal();
        int y = step / horizontal.steps() * vertical.advance() + vertical.origin() + tap.windowY();
        int x = step % horizontal.steps() * horizontal.advance() + horizontal.origin() + tap.windowX();
        boolean inside = y >= 0
                && x >= 0
                && y % vertical.stretch() == 0
                && x % horizontal.stretch() == 0
                && y / vertical.stretch() < vertical.input()
                && x / horizontal.stretch() < horizontal.input();
        int word = inside ? input.at(y / vertical.stretch(), x / horizontal.stretch(), channel) : 0;
        return word & ((1L << engine.input().bits()) - 1);
    }

    private long accumulator(int subkernel, int column, long[] inputs) {
        long accumulator = 0;
        List<List<Integer>> blocks = blocks(subkernel / engine.arrayGroups());
        for (int bit = 0; bit < engine.input().bits(); bit++) {
            boolean sign = engine.input().signed() && bit == engine.input().bits() - 1;
            long plane = 0;
            for (int block = 0; block < blocks.size(); block++) {
                for (int line = 0; line < array.linesPerWeight(); line++) {
                    int offset = offsets[subkernel][column][block][line];
                    long code = convert(cells[subkernel][column], blocks.get(block), line, offset, inputs, bit);
                    int slice = array.differential() ? line / 2 : line;
                    long weighed = code << (array.adcLsb() + slice * array.cellBits());
                    plane += array.differential() && line % 2 == 1 ? -weighed : weighed;
                }
            }
            if (!array.differential()) {
                for (long input : inputs) {
                    plane -= (input >> bit & 1) << (array.weightBits() - 1);
                }
            }
            accumulator += sign ? -(plane << bit) : plane << bit;
        }
        return accumulator;
    }

    private long convert(int[][] column, List<Integer> rows, int line, int offset, long[] inputs, int bit) {
        long sum = 0;
        for (int row : rows) {
            sum += (inputs[row] >> bit & 1) * column[row][line];
        }
        long code = (sum >> (array.fractionBits() + array.adcLsb())) + offset;
        long largest = (long) Math.pow(2, array.adcBits()) - 1;
        if (code < 0 || code > largest) {
            clipped++;
        }
        return Math.max(0, Math.min(largest, code));
    }
}
