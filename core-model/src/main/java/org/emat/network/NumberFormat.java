package org.emat.network;

/**
 * A two's complement or unsigned integer format.
 *
 * @param bits width, 1 to 32
 * @param signed whether the most significant bit is the sign
 */
public record NumberFormat(int bits, boolean signed) {
    public NumberFormat {
        if (bits < 1 || bits > 32) {
            throw new IllegalArgumentException("a number format has 1 to 32 bits, not " + bits);
        }
    }

    /** Smallest value that the format holds. */
    public long min() {
        return signed ? -(1L << (bits - 1)) : 0;
    }

    /** Largest value that the format holds. */
    public long max() {
        return signed ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
    }

    /** Whether {@code value} can be held without loss. */
    public boolean holds(long value) {
        return value >= min() && value <= max();
    }

    /** The nearest value that the format holds. */
    public long saturate(long value) {
        return Math.max(min(), Math.min(max(), value));
    }

    /** The value of the low {@code bits} bits of {@code word}, sign-extended when signed. */
    public long decode(long word) {
        int spare = 64 - bits;
        return signed ? (word << spare) >> spare : (word << spare) >>> spare;
    }

    /** Smallest format of the given signedness that holds both bounds; refuses more than 32 bits. */
    public static NumberFormat holding(long low, long high) {
        boolean signed = low < 0;
        int bits = signed
                ? 1
                        + Math.max(
                                64 - Long.numberOfLeadingZeros(high < 0 ? 0 : high),
                                64 - Long.numberOfLeadingZeros(~low))
                : Math.max(1, 64 - Long.numberOfLeadingZeros(high));
        return new NumberFormat(bits, signed);
    }
}
