package org.emat.device;

import java.util.List;
import java.util.stream.IntStream;
import org.emat.arch.Architecture;
import org.emat.integer.IntegerLayer;
import org.emat.network.LayerGeometry;
import org.emat.plan.ArrayPlan;
import org.emat.plan.EnginePlan;
import org.emat.window.Tap;

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
    private final int[] weights;
    private final long seed;

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
        this.weights = layer.weights();
        this.device = architecture.device();
        this.offsetSpread = architecture.adc().offsetSpread();
        this.seed = mix(device.seed() + 0x632BE59BD9B4E019L * (index + 1));
    }

    /**
     * Values of all cells as bit planes: sub-kernel, weight column, row block, bit line, value bit, 64 rows; row 0 in
     * bit 0.
     */
    public long[] image() {
        long[] image = new long[engine.imageWords()];
        int subkernels = engine.phases() * engine.arrayGroups();
        int[] first = firstLines();
        IntStream.range(0, subkernels * engine.groupOutputs()).parallel().forEach(column -> {
            int subkernel = column / engine.groupOutputs();
            if (engine.rowBlocks(subkernel / engine.arrayGroups()) > 0) {
                fillColumn(image, first[subkernel], subkernel, column % engine.groupOutputs());
            }
        });
        return image;
    }

    /** Converter offsets in codes: sub-kernel, weight column, row block, bit line. */
    public int[] offsets() {
        int[] offsets = new int[engine.bitLines()];
        for (int line = 0; line < offsets.length; line++) {
            offsets[line] = offsetSpread == 0 ? 0 : spread(mix(seed ^ (OFFSET * (line + 1))), offsetSpread);
        }
        return offsets;
    }

    /** Whether every cell holds its code and no converter has an offset. */
    public boolean isIdeal() {
        return device.isIdeal() && offsetSpread == 0;
    }

    private int[] firstLines() {
        int[] first = new int[engine.phases() * engine.arrayGroups()];
        int line = 0;
        for (int subkernel = 0; subkernel < first.length; subkernel++) {
            first[subkernel] = line;
            line += engine.rowBlocks(subkernel / engine.arrayGroups())
                    * engine.groupOutputs()
                    * engine.array().linesPerWeight();
        }
        return first;
    }

    private void fillColumn(long[] image, int firstLine, int subkernel, int column) {
        ArrayPlan array = engine.array();
        int phase = subkernel / engine.arrayGroups();
        int group = subkernel % engine.arrayGroups();
        int blocks = engine.rowBlocks(phase);
        int rows = engine.rows(phase);
        int lines = array.linesPerWeight();
        int lineWords = array.valueBits() * array.wordsPerLine();
        List<Tap> taps = engine.taps(phase);
        for (int row = 0; row < rows; row++) {
            Tap tap = taps.get(row / engine.groupInputs());
            int weight = weight(tap, group, column, row % engine.groupInputs());
            int block = row / array.rows();
            int place = row % array.rows();
            for (int line = 0; line < lines; line++) {
                long global = firstLine + ((long) column * blocks + block) * lines + line;
                int value = value(code(weight, line), global * array.rows() + place);
                for (int bit = 0; bit < array.valueBits(); bit++) {
                    if ((value >> bit & 1) != 0) {
                        int word = Math.toIntExact(global * lineWords) + bit * array.wordsPerLine() + place / 64;
                        image[word] |= 1L << (place % 64);
                    }
                }
            }
        }
    }

    /** The weight of a cell's column; 0 off the block diagonal of packed groups. */
    private int weight(Tap tap, int group, int column, int channel) {
        LayerGeometry geometry = engine.geometry();
        int outChannel = group * engine.groupOutputs() + column;
        int inChannel = group * engine.groupInputs() + channel;
        if (outChannel / geometry.groupOutputs() != inChannel / geometry.groupInputs()) {
            return 0;
        }
        return weights[geometry.weightIndex(tap.kernelIndex(), outChannel, inChannel % geometry.groupInputs())];
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

    private int value(int code, long cell) {
        if (device.isIdeal()) {
            return code << engine.array().fractionBits();
        }
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
