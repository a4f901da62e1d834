package org.emat.plan;

import org.emat.window.WindowAxis;

/**
 * Cycles that a frame takes of each part of an engine in a full pipeline; the slowest sets the pace. A frame
 * takes at least that long; the handshakes, which the scheduler steps, can add some cycles at the end of a row or frame.
 *
 * @param reads of the arrays: steps × interval
 * @param link pixels in and out, one a cycle, or as many as leave together
 * @param drain blocks out of the accumulators
 * @param fetch columns of pixels into the windows
 */
public record FrameCycles(long reads, long link, long drain, long fetch) {
    /** From the hand-over of a window to its first column, and from its last column to the next hand-over. */
    private static final int FETCH_LATENCY = 2;

    /** The parts of an engine. */
    public static FrameCycles of(EnginePlan engine) {
        return new FrameCycles(
                (long) engine.window().steps() * engine.interval(), link(engine), drain(engine), fetch(engine));
    }

    /** The pace of an engine whose converters are shared by another number of bit lines. */
    static long of(EnginePlan engine, int columnsPerAdc) {
        FrameCycles cycles = of(engine);
        return cycles.withReads(cycles.reads / engine.array().columnsPerAdc() * columnsPerAdc)
                .pace();
    }

    private FrameCycles withReads(long other) {
        return new FrameCycles(other, link, drain, fetch);
    }

    /** The slowest part. */
    public long pace() {
        return Math.max(Math.max(reads, link), Math.max(drain, fetch));
    }

    private static long link(EnginePlan engine) {
        int in = engine.geometry().input().pixels();
        int out = engine.geometry().output().pixels() / engine.lanes();
        return Math.max(in, out);
    }

    private static long drain(EnginePlan engine) {
        BlockGrid grid = engine.grid();
        long blocks = (long) (grid.vertical().last() - grid.vertical().first() + 1)
                * grid.horizontal().blocks();
        return blocks * (grid.pixels() / engine.lanes());
    }

    private static long fetch(EnginePlan engine) {
        WindowAxis across = engine.window().horizontal();
        long first = across.window() + FETCH_LATENCY;
        long later = Math.min(across.advance(), across.window()) + FETCH_LATENCY;
        return (first + (across.steps() - 1) * later)
                * engine.window().vertical().steps();
    }
}
