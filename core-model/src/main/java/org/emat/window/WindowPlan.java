package org.emat.window;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;

/**
 * The window engine's description of a layer: two axes and, per output phase, the taps that touch its window.
 *
 * @param vertical along the height
 * @param horizontal along the width
 * @param phases taps per output phase, index {@code phaseY · horizontal.block + phaseX}; an empty list is a phase
 *     without an array, whose output is the bias
 */
public record WindowPlan(WindowAxis vertical, WindowAxis horizontal, List<List<Tap>> phases) {
    public WindowPlan {
        phases = phases.stream().map(List::copyOf).toList();
        if (phases.size() != vertical.block() * horizontal.block()) {
            throw new IllegalArgumentException("a block of " + vertical.block() + "x" + horizontal.block()
                    + " has as many phases, not " + phases.size());
        }
        for (List<Tap> taps : phases) {
            for (Tap tap : taps) {
                if (tap.windowY() < 0
                        || tap.windowY() >= vertical.window()
                        || tap.windowX() < 0
                        || tap.windowX() >= horizontal.window()) {
                    throw new IllegalArgumentException("tap " + tap + " lies outside the window");
                }
            }
        }
    }

    /**
     * The plan of copies of the arrays side by side: a step computes what as many neighbouring steps did, each copy
     * seeing its own part of a wider window. Steps beyond the output come with the last ones and are dropped.
     *
     * @throws IllegalArgumentException over inserted zeros, where a window advances by 1
     */
    public WindowPlan copied(int copies) {
        List<List<Tap>> copied = new ArrayList<>();
        for (int row = 0; row < vertical.block(); row++) {
            for (int copy = 0; copy < copies; copy++) {
                int right = copy * horizontal.advance();
                for (List<Tap> taps : phases.subList(row * horizontal.block(), (row + 1) * horizontal.block())) {
                    copied.add(taps.stream().map(tap -> tap.movedBy(right)).toList());
                }
            }
        }
        return new WindowPlan(vertical, horizontal.copied(copies), copied);
    }

    /** Steps of one frame. */
    @JsonIgnore
    public int steps() {
        return Math.multiplyExact(vertical.steps(), horizontal.steps());
    }

    /** Pixels of the window. */
    @JsonIgnore
    public int windowPixels() {
        return vertical.window() * horizontal.window();
    }
}
