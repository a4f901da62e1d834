package org.emat.train;

import org.emat.schedule.StallScript;

/**
 * Predicts every cycle of a gradient engine by stepping its handshakes. It knows no data: only steps, windows, buffers
 * and the stall script decide.
 */
public final class GradientScheduler {
    private static final long IDLE_LIMIT = 1L << 22;

    /** The script of the second stream, so that both do not stall in the same cycles. */
    public static StallScript ofBlocks(StallScript script) {
        return new StallScript(~script.seed(), script.inputRate(), script.outputRate());
    }

    /**
     * Cycles of a run of several batches, back to back. The script's input port is the stream of the windows; that of the
     * blocks follows {@link #ofBlocks}.
     *
     * @param frames frames of each batch, 1 to the plan's
     * @throws IllegalStateException if nothing happens for four million cycles
     */
    public GradientCycles count(GradientPlan plan, int batches, int frames, StallScript script) {
        if (batches < 1 || frames < 1 || frames > plan.batch()) {
            throw new IllegalArgumentException("'" + plan.name() + "' runs 1 or more batches of 1 to " + plan.batch()
                    + " frames, not " + batches + " of " + frames);
        }
        GradientClock clock = new GradientClock(plan, frames);
        Source window = new Source(
                script, (long) batches * frames * plan.window().shape().pixels());
        Source block = new Source(
                ofBlocks(script), (long) batches * frames * plan.block().shape().pixels());
        long beats = (long) batches * plan.beats();
        long idle = 0;
        long cycle = 0;
        for (; beats > 0; cycle++) {
            boolean sinkReady = !script.stallsOutput(cycle);
            boolean windowTaken = window.offers(cycle) && clock.windowReady();
            boolean blockTaken = block.offers(cycle) && clock.blockReady();
            boolean beatTaken = clock.valid() && sinkReady;
            idle = windowTaken || blockTaken || beatTaken || clock.works() ? 0 : idle + 1;
            clock.tick(cycle, windowTaken, blockTaken, sinkReady);
            window.tick(windowTaken);
            block.tick(blockTaken);
            beats -= beatTaken ? 1 : 0;
            if (idle > IDLE_LIMIT) {
                throw new IllegalStateException("nothing happens for " + idle + " cycles after cycle " + cycle);
            }
        }
        return clock.counts(cycle);
    }

    /** A stream of pixels; once offered, a pixel stays. */
    private static final class Source {
        private final StallScript script;
        private long pixels;
        private boolean offered;

        Source(StallScript script, long pixels) {
            this.script = script;
            this.pixels = pixels;
        }

        boolean offers(long cycle) {
            offered = pixels > 0 && (offered || !script.stallsInput(cycle));
            return offered;
        }

        void tick(boolean taken) {
            pixels -= taken ? 1 : 0;
            offered &= !taken;
        }
    }
}
