package org.emat.train.machine;

/** Stages of a pipeline that stall together, as in {@code forward_response.v} and {@code error_response.v}. */
final class StageClock {
    private final int last; // bit of the last stage
    private int stages;

    StageClock(int stages) {
        last = 1 << (stages - 1);
    }

    boolean valid() {
        return (stages & last) != 0;
    }

    /** Whether it takes something in a cycle in which what it offers would be taken or not. */
    boolean ready(boolean outReady) {
        return !valid() || outReady;
    }

    void tick(boolean in, boolean outReady) {
        if (ready(outReady)) {
            stages = (stages << 1 | (in ? 1 : 0)) & (2 * last - 1);
        }
    }
}
