package org.emat.train.gan;

import org.emat.integer.Requantiser;

/** Shifts between exponents. A word w with exponent e means w · 2^−e. */
final class FixedPoint {
    private FixedPoint() {}

    /** {@code value / 2^shift}, halves to even; for a negative shift {@code value · 2^−shift}, within ±2^62. */
    static long scale(long value, int shift) {
        if (shift >= 0) {
            return shift > 62 ? 0 : Requantiser.roundHalfEven(value, shift);
        }
        int left = Math.min(-shift, 62);
        long most = (1L << 62) >> left;
        return Math.max(-most, Math.min(most, value)) << left;
    }

    /** The nearest value of {@code bits} signed bits. */
    static long saturate(long value, int bits) {
        long most = (1L << (bits - 1)) - 1;
        return Math.max(-most - 1, Math.min(most, value));
    }
}
