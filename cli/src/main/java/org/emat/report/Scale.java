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
    private static final int MOST_BINS = 200;

    /** The place of a cycle, 0 to {@link #WIDTH}. */
    double at(long cycle) {
        return (double) WIDTH * Math.min(cycle, end) / end;
    }

    /** Parts of the axis, of equal numbers of cycles as nearly as can be, at least one each. */
    int bins() {
        return (int) Math.min(MOST_BINS, end);
    }

    /** First cycle of a bin. */
    long from(int bin) {
        return (end * bin + bins() - 1) / bins();
    }

    /** The bin of a cycle before the end. */
    int bin(long cycle) {
        return (int) (cycle * bins() / end);
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
