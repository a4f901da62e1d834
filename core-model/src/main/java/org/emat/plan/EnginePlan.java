package org.emat.plan;

import java.util.List;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.window.Tap;
import org.emat.window.WindowPlan;

/**
 * One layer engine: everything its Verilog and its golden model need, except loaded data.
 *
 * <p>A <em>sub-kernel</em> is the array of one output phase and channel group, index {@code phase · arrayGroups + group}.
 * Its word lines are the taps of the phase in order, the channels of the group innermost; its weight columns are the
 * output channels of the group.
 *
 * @param name name of the layer from the user's file
 * @param geometry shapes of the layer
 * @param window steps, window and phases
 * @param arrayGroups groups with arrays of their own: {@code geometry.groups()}, or 1 when packed
 * @param input format of a word-line input
 * @param array crossbars and converters
 * @param scale the requantiser and activation
 * @param output format of an output word
 * @param lineBufferRows rows of the line buffer
 * @param rasterBlocks blocks of the block-to-raster buffer
 */
public record EnginePlan(
        String name,
        LayerGeometry geometry,
        WindowPlan window,
        int arrayGroups,
        NumberFormat input,
        ArrayPlan array,
        ScalePlan scale,
        NumberFormat output,
        int lineBufferRows,
        int rasterBlocks) {

    /** What follows the accumulators. */
    public enum Finish {
        /** The requantiser's bounds. */
        BOUNDED,
        /** A fixed-point slope. */
        SLOPED,
        /** A table. */
        TABLED
    }

    /**
     * Requantiser and activation of an engine.
     *
     * @param exact whether the requantiser only adds the bias
     * @param sets 1, or one set of scales per output pixel of a block
     * @param requantised format between requantiser and activation
     * @param finish the activation
     */
    public record ScalePlan(boolean exact, int sets, NumberFormat requantised, Finish finish) {}

    /** Cycles between the starts of two steps: one read per input bit, each as long as converters are shared. */
    public int interval() {
        return input.bits() * array.columnsPerAdc();
    }

    /** Output pixels of a block. */
    public int phases() {
        return window.phases().size();
    }

    /** Taps of a phase. */
    public List<Tap> taps(int phase) {
        return window.phases().get(phase);
    }

    /** Input channels of a sub-kernel. */
    public int groupInputs() {
        return geometry.input().channels() / arrayGroups;
    }

    /** Output channels, and so weight columns, of a sub-kernel. */
    public int groupOutputs() {
        return geometry.output().channels() / arrayGroups;
    }

    /** Word lines of the sub-kernels of a phase, 0 for a phase without taps. */
    public int rows(int phase) {
        return taps(phase).size() * groupInputs();
    }

    /** Row blocks of the sub-kernels of a phase. */
    public int rowBlocks(int phase) {
        return (rows(phase) + array.rows() - 1) / array.rows();
    }

    /** Word lines of one row block. */
    public int rowsOfBlock(int phase, int block) {
        return Math.min(array.rows(), rows(phase) - block * array.rows());
    }

    /** Column blocks of a sub-kernel. */
    public int columnBlocks() {
        return (groupOutputs() + array.weightsPerCrossbar() - 1) / array.weightsPerCrossbar();
    }

    /** Physical crossbars of the engine. */
    public int crossbars() {
        return rowBlockCount() * columnBlocks();
    }

    /** Row blocks over all sub-kernels. */
    public int rowBlockCount() {
        int count = 0;
        for (int phase = 0; phase < phases(); phase++) {
            count += rowBlocks(phase) * arrayGroups;
        }
        return count;
    }

    /** Bit lines that hold weights, and so conversions of one read of the whole engine. */
    public int bitLines() {
        return Math.multiplyExact(rowBlockCount(), groupOutputs() * array.linesPerWeight());
    }

    /** Cells that hold weights. */
    public long cells() {
        long rows = 0;
        for (int phase = 0; phase < phases(); phase++) {
            rows += (long) rows(phase) * arrayGroups;
        }
        return rows * groupOutputs() * array.linesPerWeight();
    }

    /** 64-bit words of the crossbars' image: sub-kernel, weight column, row block, bit line, value bit, word. */
    public int imageWords() {
        return Math.multiplyExact(bitLines(), array.valueBits() * array.wordsPerLine());
    }

    /** Largest conceivable sum of a bit line of a row block, in code units before the converter's shift. */
    public long maxSum(int rows) {
        return (long) rows * ((1L << array.valueBits()) - 1);
    }

    /** Whether no conversion of ideal cells can clip or lose a bit. */
    public boolean lossless() {
        return array.adcLsb() == 0
                && !array.adcOffsets()
                && array.valueBits() == array.cellBits()
                && maxSum(Math.min(array.rows(), largestRows())) <= array.maxCode();
    }

    private int largestRows() {
        int most = 1;
        for (int phase = 0; phase < phases(); phase++) {
            most = Math.max(most, rows(phase));
        }
        return most;
    }
}
