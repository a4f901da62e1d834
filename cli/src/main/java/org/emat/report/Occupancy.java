package org.emat.report;

import org.emat.plan.EnginePlan;

/** How full the crossbars of an engine are; faulty cells count as cells. */
final class Occupancy {
    private final EnginePlan engine;

    Occupancy(EnginePlan engine) {
        this.engine = engine;
    }

    /** Cells of all crossbars. */
    long cells() {
        return engine.crossbars() * crossbarCells();
    }

    /** Word lines that hold weights, over all row blocks of all sub-kernels. */
    long usedWordLines() {
        long used = 0;
        for (int phase = 0; phase < engine.phases(); phase++) {
            used += (long) engine.rows(phase) * engine.arrayGroups();
        }
        return used;
    }

    /** Word lines of all row blocks of all sub-kernels. */
    long wordLines() {
        return (long) engine.rowBlockCount() * engine.array().rows();
    }

    /** Bit lines of a sub-kernel that hold weights. */
    int usedBitLines() {
        return engine.weightColumns() * engine.array().linesPerWeight();
    }

    /** Bit lines of a column block that hold weights. */
    int bitLinesOfBlock(int block) {
        int weights = engine.array().weightsPerCrossbar();
        return Math.min(weights, engine.weightColumns() - block * weights)
                * engine.array().linesPerWeight();
    }

    /** Share of the cells of a crossbar that hold weights. */
    double share(int phase, int rowBlock, int columnBlock) {
        return (double) engine.rowsOfBlock(phase, rowBlock) * bitLinesOfBlock(columnBlock) / crossbarCells();
    }

    /** Share of the cells of the crossbars of a sub-kernel that hold weights; 0 for a phase without taps. */
    double share(int phase) {
        long blocks = (long) engine.rowBlocks(phase) * engine.columnBlocks();
        return blocks == 0 ? 0 : (double) engine.rows(phase) * usedBitLines() / (blocks * crossbarCells());
    }

    private long crossbarCells() {
        return (long) engine.array().rows() * engine.array().columns();
    }
}
