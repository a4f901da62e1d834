package org.emat.plan;

import java.util.List;
import org.emat.arch.Architecture.Mapping;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.window.Tap;
import org.emat.window.WindowPlan;

/**
 * One layer engine: everything its Verilog and its golden model need, except loaded data.
 *
 * <p>A <em>sub-kernel</em> is the array of one output phase and channel group, index {@code phase · arrayGroups + group}.
 * Its word lines are the taps of the phase in order, the channels of the group innermost; its weight columns are the
 * output channels of the group. With {@code pixel-wise} each tap starts a new row block. With {@code padding-free} there
 * is one phase with one tap, the input pixel, and the weight columns are the output channels of the group for each
 * kernel tap in turn.
 *
 * @param name name of the layer from the user's file
 * @param geometry shapes of the layer
 * @param mapping how the taps lie on crossbars; {@code phase} for what has no other form
 * @param fold taps that are read in turns, on one crossbar where they fit; 1 but for {@code pixel-wise}
 * @param copies neighbouring steps that copies of the arrays compute at once, part of the window; 1 without copies
 * @param window steps, window and phases
 * @param arrayGroups groups with arrays of their own: {@code geometry.groups()}, or 1 when packed
 * @param input format of a word-line input
 * @param array crossbars and converters
 * @param scale the requantiser and activation
 * @param output format of an output word
 * @param lineBufferRows rows of the line buffer
 * @param rasterBlocks blocks of the block-to-raster buffer
 * @param lanes neighbouring pixels that leave the engine in one cycle; divides the width of block and output
 */
public record EnginePlan(
        String name,
        LayerGeometry geometry,
        Mapping mapping,
        int fold,
        int copies,
        WindowPlan window,
        int arrayGroups,
        NumberFormat input,
        ArrayPlan array,
        ScalePlan scale,
        NumberFormat output,
        int lineBufferRows,
        int rasterBlocks,
        int lanes) {

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

    /** Cycles between the starts of two steps: one read per input bit and turn, as long as converters are shared. */
    public int interval() {
        return input.bits() * fold * array.columnsPerAdc();
    }

    /** Phases with arrays of their own. */
    public int phases() {
        return window.phases().size();
    }

    /** Whether overlapping outputs are added up behind the arrays. */
    public boolean overlaps() {
        return mapping == Mapping.PADDING_FREE;
    }

    /** Whether arrays can be copied for neighbouring steps: not where a window advances over inserted zeros. */
    public boolean canBeCopied() {
        return geometry.operator() != Operator.DENSE && mapping != Mapping.ZERO_INSERTION && !overlaps();
    }

    /** How finished blocks follow one another over the output. */
    public BlockGrid grid() {
        return overlaps() ? BlockGrid.overlapping(geometry) : BlockGrid.aligned(window.vertical(), window.horizontal());
    }

    /** Taps of a phase. */
    public List<Tap> taps(int phase) {
        return window.phases().get(phase);
    }

    /** Input channels of a sub-kernel. */
    public int groupInputs() {
        return geometry.input().channels() / arrayGroups;
    }

    /** Output channels of a sub-kernel. */
    public int groupOutputs() {
        return geometry.output().channels() / arrayGroups;
    }

    /** Weight columns of a sub-kernel: its output channels, for each kernel tap where outputs overlap. */
    public int weightColumns() {
        return overlaps() ? Math.multiplyExact(geometry.kernelSize(), groupOutputs()) : groupOutputs();
    }

    /** Word lines of the sub-kernels of a phase, 0 for a phase without taps. */
    public int rows(int phase) {
        return taps(phase).size() * groupInputs();
    }

    /** Whether each tap starts a new row block. */
    private boolean tapByTap() {
        return mapping == Mapping.PIXEL_WISE;
    }

    /** Row blocks of one tap where each starts a new one, else 0. */
    public int tapBlocks() {
        return tapByTap() ? (groupInputs() + array.rows() - 1) / array.rows() : 0;
    }

    /** Row blocks of the sub-kernels of a phase. */
    public int rowBlocks(int phase) {
        return tapByTap() ? taps(phase).size() * tapBlocks() : (rows(phase) + array.rows() - 1) / array.rows();
    }

    /** Word lines of one row block. */
    public int rowsOfBlock(int phase, int block) {
        return tapByTap()
                ? Math.min(array.rows(), groupInputs() - block % tapBlocks() * array.rows())
                : Math.min(array.rows(), rows(phase) - block * array.rows());
    }

    /** Row block of a word line of a sub-kernel. */
    public int blockOf(int row) {
        return tapByTap() ? row / groupInputs() * tapBlocks() + row % groupInputs() / array.rows() : row / array.rows();
    }

    /** Place of a word line of a sub-kernel in its row block. */
    public int placeOf(int row) {
        return (tapByTap() ? row % groupInputs() : row) % array.rows();
    }

    /**
     * Whether the taps of a fold lie on one crossbar, each on whole 64-bit words of its word lines; otherwise they only
     * take turns.
     */
    public boolean foldsCrossbars() {
        return fold > 1 && fold * 64 * ((groupInputs() + 63) / 64) <= array.rows();
    }

    /** The row block whose bit lines and converters a row block shares: its own, but for taps folded onto one crossbar. */
    public int physicalBlock(int block) {
        return foldsCrossbars() ? block - block % fold : block;
    }

    /** Column blocks of a sub-kernel. */
    public int columnBlocks() {
        return (weightColumns() + array.weightsPerCrossbar() - 1) / array.weightsPerCrossbar();
    }

    /** Physical crossbars of the engine. */
    public int crossbars() {
        return rowBlockCount() / (foldsCrossbars() ? fold : 1) * columnBlocks();
    }

    /** Crossbars that are read in one turn. */
    public int crossbarsPerTurn() {
        return rowBlockCount() / fold * columnBlocks();
    }

    /** Converters of all crossbars. */
    public long converters() {
        return converters(array.columnsPerAdc());
    }

    /** Converters: in each crossbar one for as many bit lines in use, the last perhaps for fewer. */
    long converters(int columnsPerAdc) {
        long converters = 0;
        for (int first = 0; first < weightColumns(); first += array.weightsPerCrossbar()) {
            int weights = Math.min(array.weightsPerCrossbar(), weightColumns() - first);
            converters += (weights * array.linesPerWeight() + columnsPerAdc - 1) / columnsPerAdc;
        }
        return converters * (rowBlockCount() / (foldsCrossbars() ? fold : 1));
    }

    /** Row blocks over all sub-kernels, those that share a crossbar counted one by one. */
    public int rowBlockCount() {
        int count = 0;
        for (int phase = 0; phase < phases(); phase++) {
            count += rowBlocks(phase) * arrayGroups;
        }
        return count;
    }

    /** Bit lines that hold weights, and so conversions of one bit plane of a step. */
    public int bitLines() {
        return Math.multiplyExact(rowBlockCount(), weightColumns() * array.linesPerWeight());
    }

    /** Cells that hold weights. */
    public long cells() {
        long rows = 0;
        for (int phase = 0; phase < phases(); phase++) {
            rows += (long) rows(phase) * arrayGroups;
        }
        return rows * weightColumns() * array.linesPerWeight();
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
                && maxSum(largestRows()) <= array.maxCode();
    }

    /** Word lines of the largest row block. */
    private int largestRows() {
        int most = 1;
        for (int phase = 0; phase < phases(); phase++) {
            most = Math.max(most, rowBlocks(phase) == 0 ? 0 : rowsOfBlock(phase, 0));
        }
        return most;
    }
}
