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

    /** Word lines of all crossbars, counted once for each column of them. */
    long wordLines() {
        return (long) engine.rowBlockCount()
                / blocksOfCrossbar()
                * engine.array().rows();
    }

    /** Crossbars of a sub-kernel one below the other; those of a fold share one. */
    int crossbarsDown(int phase) {
        return engine.rowBlocks(phase) / blocksOfCrossbar();
    }

    /** Word lines of a crossbar that hold weights. */
    int wordLines(int phase, int crossbar) {
        int lines = 0;
        for (int i = 0; i < blocksOfCrossbar(); i++) {
            lines += engine.rowsOfBlock(phase, crossbar * blocksOfCrossbar() + i);
        }
        return lines;
    }

    private int blocksOfCrossbar() {
        return engine.foldsCrossbars() ? engine.fold() : 1;
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
    double share(int phase, int down, int across) {
        return (double) wordLines(phase, down) * bitLinesOfBlock(across) / crossbarCells();
    }

    /** Share of the cells of the crossbars of a sub-kernel that hold weights; 0 for a phase without taps. */
    double share(int phase) {
        long blocks = (long) crossbarsDown(phase) * engine.columnBlocks();
        return blocks == 0 ? 0 : (double) engine.rows(phase) * usedBitLines() / (blocks * crossbarCells());
    }

    private long crossbarCells() {
        return (long) engine.array().rows() * engine.array().columns();
    }
}
