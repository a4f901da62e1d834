package org.emat.schedule;

import org.emat.plan.EnginePlan;
import org.emat.window.WindowAxis;

/**
 * The handshakes of one layer engine, cycle by cycle, as {@code layer_engine.v} has them. Every decision of a cycle
 * reads the state before the clock edge; {@link #tick} is the edge.
 */
final class EngineClock {
    private static final int REQUANTISER_STAGES = 3;

    private final EnginePlan plan;
    private final WindowAxis vertical;
    private final WindowAxis horizontal;
    private final int interval;
    private final int phases;
    private final int[] realRows;
    private final int[] lowest;
    private final int[] end;

    // Line buffer.
    private long rowsAhead;
    private int writeColumn;
    private int stepY;
    private int stepX;
    private int virtualX;
    private int columnsLeft;
    private boolean columnValid;
    // Sequencer.
    private boolean reading;
    private boolean finished;
    private boolean draining;
    private int readCycle;
    private int share; // readCycle modulo the bit lines of a converter
    private int drainPhase;
    private int stages; // of the requantiser, one bit each
    // Block to raster.
    private int writePhase;
    private int writeStepY;
    private int writeStepX;
    private int readY;
    private int readX;
    private int readBlock; // readX / block
    private boolean lastRasterRow; // of its blocks
    private long written;
    private long reserved;
    private boolean outValid;
    // Counters.
    private long busy;
    private long starved;
    private long stalled;
    private long lineWrites;
    private long lineReads;
    private long rasterWrites;
    private long rasterReads;
    private long steps;
    private long planeReads;
    private long firstOutput = -1;
    private long lastOutput;
    private long firstReadCycle = -1;
    private long lastReadCycle;

    EngineClock(EnginePlan plan) {
        this.plan = plan;
        vertical = plan.window().vertical();
        horizontal = plan.window().horizontal();
        interval = plan.interval();
        phases = plan.phases();
        virtualX = horizontal.origin();
        columnsLeft = horizontal.window();
        realRows = new int[vertical.steps()];
        lastRasterRow = isLastRasterRow();
        lowest = new int[vertical.steps()];
        end = new int[vertical.steps()];
        for (int step = 0; step < vertical.steps(); step++) {
            lowest[step] = vertical.lowest(step);
            end[step] = vertical.end(step);
            for (int row = 0; row < vertical.window(); row++) {
                realRows[step] += vertical.real(vertical.start(step) + row) >= 0 ? 1 : 0;
            }
        }
    }

    /** Whether a pixel can be taken in this cycle. */
    boolean ready() {
        return rowsAhead - lowest[stepY] < plan.lineBufferRows();
    }

    /** Whether a pixel is offered in this cycle. */
    boolean valid() {
        return outValid;
    }

    /**
     * The clock edge that ends a cycle.
     *
     * @param cycle number of the cycle
     * @param taken whether a pixel is offered to the engine and taken
     * @param outReady whether the next stage takes a pixel
     */
    void tick(long cycle, boolean taken, boolean outReady) {
        boolean room = reserved - freed() < plan.rasterBlocks();
        boolean roomForTwo = reserved - freed() + 1 < plan.rasterBlocks();
        boolean drainLast = draining && drainPhase == phases - 1;
        boolean lastRead = reading && readCycle == interval - 1;
        boolean transfer = finished && (!draining || drainLast) && room;
        boolean drainBusy = transfer ? phases > 1 : draining && drainPhase + 2 < phases;
        boolean overlap = !drainBusy && (transfer ? roomForTwo : room);
        boolean windowReady = columnsLeft == 0 && !columnValid;
        boolean start = windowReady && (reading ? lastRead && overlap : !finished || transfer);
        count(cycle, windowReady, lastRead, outReady);
        tickRaster((stages >> (REQUANTISER_STAGES - 1) & 1) != 0, transfer, outReady);
        stages = stages << 1 | (draining ? 1 : 0);
        tickSequencer(start, lastRead, transfer, drainLast);
        tickLines(taken, start);
    }

    private int freed() {
        return lastRasterRow ? readBlock : 0;
    }

    private boolean isLastRasterRow() {
        return readY % vertical.block() == vertical.block() - 1 || readY == vertical.output() - 1;
    }

    private void count(long cycle, boolean windowReady, boolean lastRead, boolean outReady) {
        if (reading) {
            busy++;
            firstReadCycle = firstReadCycle < 0 ? cycle : firstReadCycle;
            lastReadCycle = cycle;
            planeReads += share == 0 ? 1 : 0;
            steps += lastRead ? 1 : 0;
        } else if (windowReady && finished) {
            stalled++;
        } else {
            starved++;
        }
        if (outValid && outReady) {
            firstOutput = firstOutput < 0 ? cycle : firstOutput;
            lastOutput = cycle;
        }
    }

    private void tickRaster(boolean wordValid, boolean reserve, boolean outReady) {
        boolean available = written > readBlock;
        boolean advance = !outValid || outReady;
        boolean retire = false;
        if (advance && available) {
            rasterReads++;
            retire = nextRasterPixel();
        }
        outValid = advance ? available : outValid;
        boolean blockDone = wordValid && writeWord();
        written += (blockDone ? 1 : 0) - (retire ? horizontal.steps() : 0);
        reserved += (reserve ? 1 : 0) - (retire ? horizontal.steps() : 0);
    }

    /** Goes on to the next pixel to read; true if the blocks of the last one are done with. */
    private boolean nextRasterPixel() {
        boolean last = lastRasterRow;
        if (++readX < horizontal.output()) {
            readBlock += readX == (readBlock + 1) * horizontal.block() ? 1 : 0;
            return false;
        }
        readX = 0;
        readBlock = 0;
        readY = readY == vertical.output() - 1 ? 0 : readY + 1;
        lastRasterRow = isLastRasterRow();
        return last;
    }

    /** Writes one pixel of the block; true for the last one. */
    private boolean writeWord() {
        int y = writeStepY * vertical.block() + writePhase / horizontal.block();
        int x = writeStepX * horizontal.block() + writePhase % horizontal.block();
        rasterWrites += y < vertical.output() && x < horizontal.output() ? 1 : 0;
        if (++writePhase < phases) {
            return false;
        }
        writePhase = 0;
        if (++writeStepX == horizontal.steps()) {
            writeStepX = 0;
            writeStepY = writeStepY == vertical.steps() - 1 ? 0 : writeStepY + 1;
        }
        return true;
    }

    private void tickSequencer(boolean start, boolean lastRead, boolean transfer, boolean drainLast) {
        drainPhase = transfer ? 0 : draining ? drainPhase + 1 : drainPhase;
        draining = transfer || (draining && !drainLast);
        share = start || share == plan.array().columnsPerAdc() - 1 ? 0 : reading ? share + 1 : share;
        readCycle = start ? 0 : reading ? readCycle + 1 : readCycle;
        reading = start || (reading && !lastRead);
        finished = lastRead || (finished && !transfer);
    }

    private void tickLines(boolean taken, boolean windowTaken) {
        boolean lastRow = stepY == vertical.steps() - 1;
        boolean lastStep = lastRow && stepX == horizontal.steps() - 1;
        boolean issue = columnsLeft > 0 && issues(lastStep);
        if (issue && horizontal.real(virtualX) >= 0) {
            lineReads += realRows[stepY];
        }
        columnValid = issue;
        if (issue) {
            virtualX++;
            columnsLeft--;
        }
        if (windowTaken) {
            nextWindow(lastRow);
        }
        if (taken) {
            lineWrites++;
            if (++writeColumn == horizontal.input()) {
                writeColumn = 0;
                rowsAhead++;
            }
        }
        rowsAhead -= windowTaken && lastStep ? vertical.input() : 0;
    }

    private boolean issues(boolean lastStep) {
        boolean begun = rowsAhead > 0 || writeColumn > 0;
        if (!begun || (lastStep && rowsAhead < vertical.input())) {
            return false;
        }
        int real = horizontal.real(virtualX);
        int needed = end[stepY];
        return real < 0 || rowsAhead >= needed || (rowsAhead == needed - 1 && writeColumn > real);
    }

    private void nextWindow(boolean lastRow) {
        if (++stepX == horizontal.steps()) {
            stepX = 0;
            stepY = lastRow ? 0 : stepY + 1;
            virtualX = horizontal.origin();
            columnsLeft = horizontal.window();
        } else {
            columnsLeft = Math.min(horizontal.advance(), horizontal.window());
            virtualX = horizontal.start(stepX) + horizontal.window() - columnsLeft;
        }
    }

    EngineCycles counts() {
        return new EngineCycles(
                busy,
                starved,
                stalled,
                planeReads * plan.crossbars(),
                steps * plan.bitLines() * plan.input().bits(),
                lineWrites,
                lineReads,
                rasterWrites,
                rasterReads,
                Math.max(0, firstOutput),
                lastOutput,
                Math.max(0, firstReadCycle),
                lastReadCycle);
    }
}
