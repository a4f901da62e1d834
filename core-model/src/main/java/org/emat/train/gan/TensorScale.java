package org.emat.train.gan;

/**
 * The delayed scale of a tensor: its exponent in a step follows from maxima of earlier steps only, with one bit of
 * headroom.
 *
 * <p>The maximum kept is in units of 2^−{@value #FRACTION}. After each step it is the larger one of what the step had and
 * of itself less its 2^−decay-th part.
 */
final class TensorScale {
    static final int FRACTION = 32;
    static final int LARGEST_EXPONENT = 30;

    private final int bits;
    private final int decay;
    private long maximum;
    private long seen;

    /**
     * A scale.
     *
     * @param bits width of a word
     * @param maximum the maximum so far
     */
    TensorScale(int bits, int decay, long maximum) {
        this.bits = bits;
        this.decay = decay;
        this.maximum = maximum;
    }

    /** The largest exponent that leaves a word's second bit free at the maximum; 0 to 30. */
    int exponent() {
        int used = Long.SIZE - Long.numberOfLeadingZeros(maximum);
        return Math.max(0, Math.min(LARGEST_EXPONENT, bits - 2 + FRACTION - used));
    }

    /** Notes the largest magnitude of some sums; chunks of a batch may do so at the same time. */
    synchronized void note(long magnitude, int exponent) {
        int shift = exponent - FRACTION;
        // Rounded up, so that a small maximum is none the less one.
        long value = shift <= 0 ? FixedPoint.scale(magnitude, shift) : -(-magnitude >> shift);
        seen = Math.max(seen, value);
    }

    /** Ends a step. */
    void advance() {
        maximum = Math.max(seen, maximum - (maximum >> decay));
        seen = 0;
    }

    long maximum() {
        return maximum;
    }
}
