package org.emat.integer;

import org.emat.network.NumberFormat;

/** What follows the requantiser, in integers. */
public sealed interface IntegerActivation {
    /** Nothing: the requantiser's bounds are the activation (identity, ReLU, clip). */
    record Bounded() implements IntegerActivation {}

    /**
     * A fixed-point slope: {@code clamp(roundHalfEven(q · factor / 2^shift))} to the output format, where the factor is
     * {@code positive} for q ≥ 0 and {@code negative[channel]} otherwise.
     *
     * @param negative factor of negative values, one per independently scaled output, −2^15 to 2^15 − 1
     * @param positive factor of the other values, 1 to 2^15 − 1
     * @param shift 0 to 30
     */
    record Sloped(int[] negative, int positive, int shift) implements IntegerActivation {
        public Sloped {
            if (positive < 1 || positive > Short.MAX_VALUE || shift < 0 || shift > 30) {
                throw new IllegalArgumentException(
                        "slope factor " + positive + " or shift " + shift + " is out of range");
            }
            for (int factor : negative) {
                if (factor < Short.MIN_VALUE || factor > Short.MAX_VALUE) {
                    throw new IllegalArgumentException("slope factor " + factor + " does not fit 16 bits");
                }
            }
        }
    }

    /**
     * A table with one entry per requantised value, the first for the lowest.
     *
     * @param entries output words
     */
    record Tabled(int[] entries) implements IntegerActivation {}

    /** The output word for a requantised value {@code q} of scale entry {@code scale}. */
    default long apply(long q, int scale, long low, NumberFormat output) {
        if (this instanceof Sloped sloped) {
            long factor = q < 0 ? sloped.negative[scale] : sloped.positive;
            return output.saturate(Requantiser.roundHalfEven(q * factor, sloped.shift));
        } else if (this instanceof Tabled tabled) {
            return tabled.entries[(int) (q - low)];
        }
        return q;
    }
}
