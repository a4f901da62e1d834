package org.emat.train.machine;

import java.util.Arrays;

/** The handshakes of {@code frame_buffer.v}, cycle by cycle. */
final class FrameClock {
    private final int depth;
    private final int[] counts; // [reader] pixels to read
    private final boolean[] valid; // [reader]
    private long written;
    private long read;
    private int peak;

    FrameClock(int depth, int readers) {
        this.depth = depth;
        counts = new int[readers];
        valid = new boolean[readers];
    }

    /** Pixels that some reader has not had. */
    int held() {
        int held = 0;
        for (int count : counts) {
            held = Math.max(held, count);
        }
        return held;
    }

    /** Pixels written. */
    long written() {
        return written;
    }

    boolean ready() {
        return held() < depth;
    }

    boolean valid(int reader) {
        return valid[reader];
    }

    /**
     * The clock edge that ends a cycle.
     *
     * @param taken whether a pixel is taken
     * @param enabled readers of what is written, one bit each
     * @param outReady which readers' pixels would be taken, one bit each
     */
    void tick(boolean taken, int enabled, int outReady) {
        peak = Math.max(peak, held());
        boolean write = taken && enabled != 0;
        written += write ? 1 : 0;
        for (int i = 0; i < counts.length; i++) {
            boolean advance = !valid[i] || (outReady >> i & 1) != 0;
            boolean take = advance && counts[i] > 0;
            read += take ? 1 : 0;
            counts[i] += (write && (enabled >> i & 1) != 0 ? 1 : 0) - (take ? 1 : 0);
            valid[i] = advance ? take : valid[i];
        }
    }

    /** What has been counted. */
    StepCycles.Traffic traffic() {
        return new StepCycles.Traffic(written, read, peak);
    }

    @Override
    public String toString() {
        return Arrays.toString(counts) + " of " + depth + " " + Arrays.toString(valid);
    }
}
