package org.emat.report;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis of cycles.
 *
 * @param end one more than its last cycle, at least 1
 */
record Scale(long end) {
    /** Units of a drawing's width. */
    static final int WIDTH = 1000;

    private static final int INTERVALS = 5;

    /** The place of a cycle, 0 to {@link #WIDTH}. */
    double at(long cycle) {
        return (double) WIDTH * Math.min(cycle, end) / end;
    }

    /** Round cycles from 0, at most six. */
    List<Long> ticks() {
        long power = 1;
        while ((end - 1) / (power * 10) >= INTERVALS) {
            power *= 10;
        }
        long step = power;
        for (long factor : new long[] {1, 2, 5, 10}) {
            step = factor * power;
            if ((end - 1) / step <= INTERVALS) {
                break;
            }
        }
        List<Long> ticks = new ArrayList<>();
        for (long tick = 0; tick < end; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }
}
