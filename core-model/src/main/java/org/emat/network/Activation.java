package org.emat.network;

import java.util.Arrays;

/** The function applied to the outputs of a layer, in real numbers. */
public sealed interface Activation {
    /** Identity. */
    record None() implements Activation {}

    /**
     * Clamp to a range; ReLU is {@code [0, +∞]}.
     *
     * @param low lower bound, may be −∞
     * @param high upper bound, may be +∞
     */
    record Clip(double low, double high) implements Activation {
        public Clip {
            if (!(low <= high)) {
                throw new IllegalArgumentException("clip bounds must be ordered, not " + low + " and " + high);
            }
        }
    }

    /**
     * LeakyReLU and PReLU.
     *
     * @param slopes factor of negative values per output channel; one entry stands for all channels
     */
    record Slope(double[] slopes) implements Activation {
        public Slope {
            if (slopes.length == 0) {
                throw new IllegalArgumentException("a slope activation needs at least one slope");
            }
            slopes = slopes.clone();
        }

        /** Slope of a channel. */
        public double slope(int channel) {
            return slopes[slopes.length == 1 ? 0 : channel];
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Slope that && Arrays.equals(slopes, that.slopes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(slopes);
        }
    }

    /** Hyperbolic tangent. */
    record Tanh() implements Activation {}

    /** Logistic function. */
    record Sigmoid() implements Activation {}

    /** ReLU. */
    static Activation relu() {
        return new Clip(0, Double.POSITIVE_INFINITY);
    }

    /** The value of the function for a word of a channel. */
    default double apply(double value, int channel) {
        if (this instanceof Clip clip) {
            return Math.max(clip.low, Math.min(clip.high, value));
        } else if (this instanceof Slope slope) {
            return value < 0 ? value * slope.slope(channel) : value;
        } else if (this instanceof Tanh) {
            return Math.tanh(value);
        } else if (this instanceof Sigmoid) {
            return 1 / (1 + Math.exp(-value));
        }
        return value;
    }
}
