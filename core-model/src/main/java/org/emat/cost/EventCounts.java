package org.emat.cost;

import org.emat.golden.Events;
import org.emat.plan.EnginePlan;
import org.emat.schedule.EngineCycles;

/**
 * What one engine did, as the golden model predicts it and as the Verilog's counters tell it.
 *
 * @param cycles cycles that the engine ran
 * @param busy cycles in which arrays were read
 * @param arrayReads reads of one physical crossbar, one bit plane each
 * @param activations word lines driven with 1, counted per crossbar and bit plane
 * @param conversions codes converted
 * @param lineWrites pixels written to the line buffer
 * @param lineReads pixels read from the line buffer
 * @param rasterWrites pixels written to the block-to-raster buffer
 * @param rasterReads pixels read from it
 * @param overlapWrites pixels of accumulators written to the overlap memory; 0 in mappings without one
 * @param overlapReads pixels of accumulators read from it and added to
 * @param cellWrites cells written
 */
public record EventCounts(
        long cycles,
        long busy,
        long arrayReads,
        long activations,
        long conversions,
        long lineWrites,
        long lineReads,
        long rasterWrites,
        long rasterReads,
        long overlapWrites,
        long overlapReads,
        long cellWrites) {

    /** No event. */
    public static EventCounts none() {
        return new EventCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** What is predicted for an engine whose cells keep what they hold. */
    public static EventCounts of(EnginePlan plan, EngineCycles cycles, Events events) {
        long steps = cycles.busy() / plan.interval();
        long overlapping = plan.overlaps() ? steps * plan.geometry().kernelSize() : 0;
        return new EventCounts(
                cycles.busy() + cycles.inputStarved() + cycles.outputStalled(),
                cycles.busy(),
                cycles.arrayReads(),
                events.activations(),
                cycles.conversions(),
                cycles.lineWrites(),
                cycles.lineReads(),
                cycles.rasterWrites(),
                cycles.rasterReads(),
                overlapping,
                overlapping,
                0);
    }

    /** Sum of two counts. */
    public EventCounts plus(EventCounts other) {
        return new EventCounts(
                cycles + other.cycles,
                busy + other.busy,
                arrayReads + other.arrayReads,
                activations + other.activations,
                conversions + other.conversions,
                lineWrites + other.lineWrites,
                lineReads + other.lineReads,
                rasterWrites + other.rasterWrites,
                rasterReads + other.rasterReads,
                overlapWrites + other.overlapWrites,
                overlapReads + other.overlapReads,
                cellWrites + other.cellWrites);
    }
}
