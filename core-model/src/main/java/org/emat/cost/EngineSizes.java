package org.emat.cost;

import org.emat.integer.Requantiser;
import org.emat.plan.BlockGrid;
import org.emat.plan.EnginePlan;
import org.emat.plan.EnginePlan.Finish;

/**
 * How much hardware an engine has, counted as its Verilog instantiates it.
 *
 * @param plan the engine
 */
record EngineSizes(EnginePlan plan) {
    /** Words of 64 bits that the register map keeps for an engine. */
    static final int COUNTERS = 16;

    static final int COUNTER_BITS = 64;

    private static final int BIAS_BITS = 48;
    private static final int SHIFT_BITS = 6;
    private static final int SLOPE_BITS = 16;

    /** Cells of all crossbars, used or not. */
    long physicalCells() {
        return (long) plan.crossbars() * plan.array().rows() * plan.array().columns();
    }

    /** Word lines of all crossbars, used or not. */
    long drivers() {
        return (long) plan.crossbars() * plan.array().rows();
    }

    /** Cells that one read reads, on the mean: the cells of one row block and column block. */
    double cellsPerRead() {
        long blocks = (long) plan.rowBlockCount() * plan.columnBlocks();
        return blocks == 0 ? 0 : (double) plan.cells() / blocks;
    }

    /** Accumulators behind the converters: one per weight column and row block. */
    long accumulators() {
        return (long) plan.rowBlockCount() * plan.weightColumns();
    }

    /** Additions over row blocks in one step, and as many adders. */
    long rowAdders() {
        long adders = 0;
        for (int phase = 0; phase < plan.phases(); phase++) {
            adders += (long) Math.max(0, plan.rowBlocks(phase) - 1) * plan.arrayGroups() * plan.weightColumns();
        }
        return adders;
    }

    /** Bits of an input pixel. */
    long inputPixelBits() {
        return (long) plan.geometry().input().channels() * plan.input().bits();
    }

    /** Bits of an output pixel. */
    long outputPixelBits() {
        return (long) plan.geometry().output().channels() * plan.output().bits();
    }

    /** Bits of an output pixel before the requantiser. */
    long sumPixelBits() {
        return (long) plan.geometry().output().channels() * plan.array().accumulatorBits();
    }

    /** Bits of a window. */
    long windowBits() {
        return plan.window().windowPixels() * inputPixelBits();
    }

    /** Bits of the line buffer. */
    long lineBits() {
        return (long) plan.lineBufferRows() * plan.geometry().input().width() * inputPixelBits();
    }

    /** Bits of the block-to-raster buffer. */
    long rasterBits() {
        return (long) plan.rasterBlocks() * plan.grid().pixels() * outputPixelBits();
    }

    /** Bits of the block between accumulators and requantiser. */
    long blockBits() {
        return plan.grid().pixels() * sumPixelBits();
    }

    /** Bits of one entry of scales: bias, multiplier and shift, slope. */
    int scaleBits() {
        int bits = BIAS_BITS;
        bits += plan.scale().exact() ? 0 : Requantiser.MULTIPLIER_BITS + SHIFT_BITS;
        bits += plan.scale().finish() == Finish.SLOPED ? SLOPE_BITS : 0;
        return bits;
    }

    /** Bit × bit of the multipliers of one channel of the requantiser. */
    long multiplierSize() {
        long size = plan.scale().exact() ? 0 : (long) plan.array().accumulatorBits() * Requantiser.MULTIPLIER_BITS;
        size += plan.scale().finish() == Finish.SLOPED
                ? (long) plan.scale().requantised().bits() * SLOPE_BITS
                : 0;
        return size;
    }

    /** Bits that wait for later steps where outputs overlap: columns beside a block, rows below a row of blocks. */
    long overlapBits() {
        if (!plan.overlaps()) {
            return 0;
        }
        BlockGrid grid = plan.grid();
        long beside = (long) Math.max(0, columns() - grid.horizontal().size()) * rows();
        long below = (long) Math.max(0, rows() - grid.vertical().size())
                * grid.horizontal().size()
                * grid.horizontal().blocks();
        return (beside + below) * sumPixelBits();
    }

    /** Bits of the adders where outputs overlap: a slot adds up all its pixels at once. */
    long overlapAdderBits() {
        return plan.overlaps() ? (long) rows() * columns() * sumPixelBits() : 0;
    }

    private int rows() {
        return Math.max(
                plan.geometry().vertical().extent(), plan.geometry().vertical().stride());
    }

    private int columns() {
        return Math.max(
                plan.geometry().horizontal().extent(),
                plan.geometry().horizontal().stride());
    }
}
