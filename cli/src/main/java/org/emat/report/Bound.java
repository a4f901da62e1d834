package org.emat.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;
import org.emat.plan.StreamPlan;

/**
 * A part of a design that no frame can pass faster.
 *
 * @param kind the kind of part
 * @param name name of the layer or stream
 * @param sum how the cycles come about
 * @param cycles least cycles per frame
 */
record Bound(Kind kind, String name, String sum, long cycles) {
    /** What bounds. */
    enum Kind {
        /** The arrays of an engine: steps × interval. */
        ARRAYS("arrays of "),
        /** An external stream: beats. */
        STREAM(""),
        /** The link behind an engine: pixels. */
        LINK("pixels that leave ");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** The part in words. */
    String part() {
        return kind.words + name;
    }

    /** All bounds of a design, the tightest first; of equal ones arrays before streams and streams before links. */
    static List<Bound> of(Plan plan) {
        List<Bound> bounds = new ArrayList<>();
        for (EnginePlan engine : plan.engines()) {
            int steps = engine.window().steps();
            bounds.add(new Bound(
                    Kind.ARRAYS,
                    engine.name(),
                    Figures.count(steps, "step") + " × " + Figures.count(engine.interval(), "cycle"),
                    (long) steps * engine.interval()));
        }
        bounds.add(stream("input stream", plan.inputStream()));
        bounds.add(stream("output stream", plan.outputStream()));
        for (EnginePlan engine : plan.engines()) {
            bounds.add(new Bound(
                    Kind.LINK,
                    engine.name(),
                    Figures.count(engine.geometry().output().pixels(), "pixel") + ", one a cycle",
                    engine.geometry().output().pixels()));
        }
        bounds.sort(Comparator.comparingLong(Bound::cycles).reversed());
        return List.copyOf(bounds);
    }

    private static Bound stream(String name, StreamPlan stream) {
        return new Bound(
                Kind.STREAM,
                name,
                Figures.count(stream.beatsPerFrame(), "beat") + " of " + stream.bits() + " bits",
                stream.beatsPerFrame());
    }
}
