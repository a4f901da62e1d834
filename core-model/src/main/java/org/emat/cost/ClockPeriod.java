package org.emat.cost;

/**
 * The shortest clock period that a design allows.
 *
 * @param seconds the period, in s
 * @param bound what allows no shorter one
 */
public record ClockPeriod(double seconds, Bound bound) {
    /** What bounds the clock. */
    public enum Bound {
        /** The digital parts, {@code clock.frequency}. */
        CLOCK,
        /** An array read, which lasts as many cycles as bit lines share a converter. */
        CROSSBAR,
        /** A conversion, one cycle. */
        ADC
    }
}
