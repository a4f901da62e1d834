package org.emat.schedule;

/**
 * Cycles and data-independent events of one engine.
 *
 * @param busy cycles in which arrays were read
 * @param inputStarved cycles without a read for want of a window
 * @param outputStalled cycles without a read for want of room behind
 * @param arrayReads reads of one physical crossbar, one bit plane each
 * @param conversions codes converted, zero planes included
 * @param lineWrites pixels written to the line buffer
 * @param lineReads pixels read from the line buffer
 * @param rasterWrites pixels written to the block-to-raster buffer
 * @param rasterReads pixels read from it
 * @param firstOutput cycle of the first output pixel
 * @param lastOutput cycle of the last output pixel
 * @param firstRead cycle of the first array read
 * @param lastRead last cycle of the last array read
 * @param busyBetweenOutputs busy cycles from the first output pixel to the last one, both included
 */
public record EngineCycles(
        long busy,
        long inputStarved,
        long outputStalled,
        long arrayReads,
        long conversions,
        long lineWrites,
        long lineReads,
        long rasterWrites,
        long rasterReads,
        long firstOutput,
        long lastOutput,
        long firstRead,
        long lastRead,
        long busyBetweenOutputs) {}
