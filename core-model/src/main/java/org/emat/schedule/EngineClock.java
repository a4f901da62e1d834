package org.emat.schedule;

import org.emat.plan.BlockGrid;
import org.emat.plan.EnginePlan;

/**
 * The handshakes of one layer engine, cycle by cycle, as {@code layer_engine.v} has them. Every decision of a cycle
 * reads the state before the clock edge; {@link #tick} is the edge.
 */
public final class EngineClock {
    private static final int REQUANTISER_STAGES = 3;

    private final EnginePlan plan;
    private final LineClock lines;
    private final int interval;
    private final BlockGrid.Line rows;
    private final BlockGrid.Line columns;
    private final int groups; // of lanes in a block
    private final int groupsAcross; // in a row of a block
    private final int outputAcross; // groups of lanes in a row of the output
    private final int cropAcross; // groups of lanes

    // Sequencer.
    private boolean reading;
    private boolean finished;
    private boolean draining;
    private int readCycle;
    private int share; // readCycle modulo the bit lines of a converter
    private int drainPhase;
    private int stages; // of the requantiser, one bit each
    // Blocks handed over.
    private int blockY;
    private int blockX;
    // Block to raster.
    private int writePhase;
    private int writeBlockY;
    private int writeBlockX;
    private int readY;
    private int readX;
    private int readBlock; // that holds readX
    private boolean lastRasterRow; // of its blocks
    private long written;
    private long reserved;
    private boolean outValid;
    // Counters.
    private long busy;
    private long starved;
    private long stalled;
    private long rasterWrites;
    private long rasterReads;
    private long steps;
    private long planeReads;
    private long firstOutput = -1;
    private long lastOutput;
    private long firstReadCycle = -1;
    private long lastReadCycle;
    private long busyBefore; // the first output
    private long busyAtLast; // up to the last output

    /** The clock of an engine after reset. */
    public EngineClock(EnginePlan plan) {
        this.plan = plan;
        lines = new LineClock(plan.window().vertical(), plan.window().horizontal(), plan.lineBufferRows());
        interval = plan.interval();
        rows = plan.grid().vertical();
        columns = plan.grid().horizontal();
        groups = plan.grid().pixels() / plan.lanes();
        groupsAcross = columns.size() / plan.lanes();
        outputAcross = columns.output() / plan.lanes();
        cropAcross = columns.crop() / plan.lanes();
        readBlock = columns.first();
        writeBlockY = rows.first();
        lastRasterRow = isLastRasterRow();
    }

    /** Whether a pixel can be taken in this cycle. */
    public boolean ready() {
        return lines.ready();
    }

    /** Whether a pixel is offered in this cycle. */
    public boolean valid() {
        return outValid;
    }

    /** Whether arrays are read in this cycle. */
    public boolean reads() {
        return reading;
    }

    /**
     * The clock edge that ends a cycle.
     *
     * @param cycle number of the cycle
     * @param taken whether a pixel is offered to the engine and taken
     * @param outReady whether the next stage takes a pixel
     */
    public void tick(long cycle, boolean taken, boolean outReady) {
        boolean room = reserved - freed() < plan.rasterBlocks();
        boolean roomForTwo = reserved - freed() + 1 < plan.rasterBlocks();
        boolean drainLast = draining && drainPhase == groups - 1;
        boolean lastRead = reading && readCycle == interval - 1;
        boolean follows = followsRead(blockX, blockY);
        boolean silent = isSilent(blockY);
        boolean transfer = (finished || !follows) && (silent || ((!draining || drainLast) && room));
        boolean drain = transfer && !silent;
        boolean drainBusy = drain ? groups > 1 : draining && drainPhase + 2 < groups;
        boolean overlap = nextFollowsRead(transfer) && !drainBusy && (drain ? roomForTwo : room);
        boolean windowReady = lines.windowReady();
        boolean start = windowReady && (reading ? lastRead && overlap : !finished || (transfer && follows));
        count(cycle, windowReady, lastRead, outReady);
        tickRaster((stages >> (REQUANTISER_STAGES - 1) & 1) != 0, drain, outReady);
        stages = stages << 1 | (draining ? 1 : 0);
        tickSequencer(start, lastRead, transfer && follows, drain, drainLast);
        if (transfer) {
            nextBlock();
        }
        lines.tick(taken, start);
    }

    private int freed() {
        return lastRasterRow ? readBlock : 0;
    }

    private boolean isLastRasterRow() {
        return (readY + rows.crop()) % rows.size() == rows.size() - 1 || readY == rows.output() - 1;
    }

    /** Whether a block needs a read of the arrays; the others only empty the overlap. */
    private boolean followsRead(int x, int y) {
        return x < columns.reads() && y < rows.reads();
    }

    /** Whether a block lies above or below the output, so that nothing of it is kept. */
    private boolean isSilent(int y) {
        return y < rows.first() || y > rows.last();
    }

    private boolean nextFollowsRead(boolean transfer) {
        if (!transfer) {
            return followsRead(blockX, blockY);
        }
        boolean rowEnd = blockX == columns.blocks() - 1;
        int nextY = rowEnd ? blockY == rows.blocks() - 1 ? 0 : blockY + 1 : blockY;
        return followsRead(rowEnd ? 0 : blockX + 1, nextY);
    }

    private void nextBlock() {
        if (++blockX == columns.blocks()) {
            blockX = 0;
            blockY = blockY == rows.blocks() - 1 ? 0 : blockY + 1;
        }
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
            if (firstOutput < 0) {
                firstOutput = cycle;
                busyBefore = busy - (reading ? 1 : 0);
            }
            lastOutput = cycle;
            busyAtLast = busy;
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
        written += (blockDone ? 1 : 0) - (retire ? columns.blocks() : 0);
        reserved += (reserve ? 1 : 0) - (retire ? columns.blocks() : 0);
    }

    /** Goes on to the next pixel to read; true if the blocks of the last one are done with. */
    private boolean nextRasterPixel() {
        boolean last = lastRasterRow;
        if (++readX < outputAcross) {
            readBlock += readX + cropAcross == (readBlock + 1) * groupsAcross ? 1 : 0;
            return false;
        }
        readX = 0;
        readBlock = columns.first();
        readY = readY == rows.output() - 1 ? 0 : readY + 1;
        lastRasterRow = isLastRasterRow();
        return last;
    }

    /** Writes one group of pixels of the block; true for the last one. */
    private boolean writeWord() {
        int y = writeBlockY * rows.size() + writePhase / groupsAcross - rows.crop();
        int x = writeBlockX * groupsAcross + writePhase % groupsAcross - cropAcross;
        rasterWrites += y >= 0 && y < rows.output() && x >= 0 && x < outputAcross ? 1 : 0;
        if (++writePhase < groups) {
            return false;
        }
        writePhase = 0;
        if (++writeBlockX == columns.blocks()) {
            writeBlockX = 0;
            writeBlockY = writeBlockY == rows.last() ? rows.first() : writeBlockY + 1;
        }
        return true;
    }

    private void tickSequencer(boolean start, boolean lastRead, boolean taken, boolean drain, boolean drainLast) {
        drainPhase = drain ? 0 : draining ? drainPhase + 1 : drainPhase;
        draining = drain || (draining && !drainLast);
        share = start || share == plan.array().columnsPerAdc() - 1 ? 0 : reading ? share + 1 : share;
        readCycle = start ? 0 : reading ? readCycle + 1 : readCycle;
        reading = start || (reading && !lastRead);
        finished = lastRead || (finished && !taken);
    }

    /** What has been counted. */
    public EngineCycles counts() {
        return new EngineCycles(
                busy,
                starved,
                stalled,
                planeReads * plan.crossbarsPerTurn(),
                steps * plan.bitLines() * plan.input().bits(),
                lines.writes(),
                lines.reads(),
                rasterWrites,
                rasterReads,
                Math.max(0, firstOutput),
                lastOutput,
                Math.max(0, firstReadCycle),
                lastReadCycle,
                busyAtLast - busyBefore);
    }
}
