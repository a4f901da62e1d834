package org.emat.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.emat.window.Tap;
import org.emat.window.WindowAxis;
import org.emat.window.WindowPlan;

/**
 * Steps whose windows lie alike on the inserted zeros: whether a tap falls on one is the same for all of them. Without
 * inserted zeros there is one class of all steps.
 */
final class StepClass {
    private final WindowPlan window;
    private final int[] rows; // step rows
    private final int[] columns; // steps of such a row

    private StepClass(WindowPlan window, int[] rows, int[] columns) {
        this.window = window;
        this.rows = rows;
        this.columns = columns;
    }

    /** The steps of a plan by classes. */
    static List<StepClass> of(WindowPlan window) {
        List<StepClass> classes = new ArrayList<>();
        for (int[] rows : alike(window.vertical())) {
            for (int[] columns : alike(window.horizontal())) {
                classes.add(new StepClass(window, rows, columns));
            }
        }
        return classes;
    }

    private static List<int[]> alike(WindowAxis axis) {
        return IntStream.range(0, axis.stretch())
                .mapToObj(residue -> IntStream.range(0, axis.steps())
                        .filter(step -> Math.floorMod(axis.start(step), axis.stretch()) == residue)
                        .toArray())
                .filter(steps -> steps.length > 0)
                .toList();
    }

    /** Number of steps, at least 1. */
    int steps() {
        return rows.length * columns.length;
    }

    /** Number within the plan of a step of this class. */
    int step(int index) {
        return rows[index / columns.length] * window.horizontal().steps() + columns[index % columns.length];
    }

    /** Whether a step of the plan belongs to this class. */
    boolean has(int step) {
        int steps = window.horizontal().steps();
        return isAlike(window.vertical(), rows[0], step / steps)
                && isAlike(window.horizontal(), columns[0], step % steps);
    }

    private static boolean isAlike(WindowAxis axis, int step, int other) {
        return Math.floorMod(axis.start(step) - axis.start(other), axis.stretch()) == 0;
    }

    /** The taps that fall on no inserted zero; on the border of the input they may read zero still. */
    List<Tap> real(List<Tap> taps) {
        int top = window.vertical().start(rows[0]);
        int left = window.horizontal().start(columns[0]);
        return taps.stream()
                .filter(tap ->
                        Math.floorMod(top + tap.windowY(), window.vertical().stretch()) == 0
                                && Math.floorMod(
                                                left + tap.windowX(),
                                                window.horizontal().stretch())
                                        == 0)
                .toList();
    }
}
