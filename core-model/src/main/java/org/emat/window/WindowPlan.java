package org.emat.window;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
