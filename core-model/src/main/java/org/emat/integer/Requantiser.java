package org.emat.integer;

import org.emat.network.NumberFormat;

/**
 * Brings an accumulator to the input range of the activation (design: arithmetic, "Requantise").
 *
 * <p>{@code q = clamp(roundHalfEven((accumulator + bias) · multiplier / 2^shift), low, high)}. All arrays have one
 * entry per independently scaled output.
 *
 * @param bias added to the accumulator, within ±2^47
 * @param multiplier 1 to 2^multiplierBits − 1
 * @param shift 0 to 62
 * @param low lower bound of the result
 * @param high upper bound of the result
 * @param unscaled whether the hardware has no multiplier and shifter, as integer mode asks for; all multipliers are
 *     then 1 and all shifts 0. A matter of structure, never of the values of scales
 */
public record Requantiser(long[] bias, int[] multiplier, int[] shift, long low, long high, boolean unscaled) {
    /** Width of a multiplier. */
    public static final int MULTIPLIER_BITS = 16;

    public Requantiser {
        if (bias.length != multiplier.length || bias.length != shift.length) {
            throw new IllegalArgumentException("bias, multiplier and shift must have one entry per output each");
        }
        if (low > high) {
            throw new IllegalArgumentException("bounds must be ordered, not " + low + " and " + high);
        }
        for (int i = 0; i < bias.length; i++) {
            if (Math.abs(bias[i]) > 1L << 47
                    || multiplier[i] < 1
                    || multiplier[i] >= 1 << MULTIPLIER_BITS
                    || shift[i] < 0
                    || shift[i] > 62) {
                throw new IllegalArgumentException("scale " + i + " is out of range: bias " + bias[i] + ", multiplier "
                        + multiplier[i] + ", shift " + shift[i]);
            }
            if (unscaled && (multiplier[i] != 1 || shift[i] != 0)) {
                throw new IllegalArgumentException(
                        "an unscaled requantiser has no multiplier " + multiplier[i] + " and no shift " + shift[i]);
            }
        }
    }

    /** A requantiser with scales. */
    public Requantiser(long[] bias, int[] multiplier, int[] shift, long low, long high) {
        this(bias, multiplier, shift, low, high, false);
    }

    /** The bounds of {@code format} with unit scales: raw accumulators plus bias. */
    public static Requantiser exact(long[] bias, long low, long high) {
        int[] ones = new int[bias.length];
        java.util.Arrays.fill(ones, 1);
        return new Requantiser(bias, ones, new int[bias.length], low, high, true);
    }

    /** The result for one accumulator of scale entry {@code scale}. */
    public long apply(long accumulator, int scale) {
        long product = Math.multiplyExact(accumulator + bias[scale], (long) multiplier[scale]);
        return Math.max(low, Math.min(high, roundHalfEven(product, shift[scale])));
    }

    /** {@code value / 2^shift}, halves to even. */
    public static long roundHalfEven(long value, int shift) {
        if (shift == 0) {
            return value;
        }
        long floor = value >> shift;
        long rest = value - (floor << shift);
        long half = 1L << (shift - 1);
        return rest > half || (rest == half && (floor & 1) == 1) ? floor + 1 : floor;
    }

    /** Format that holds every result. */
    public NumberFormat format() {
        return NumberFormat.holding(low, high);
    }
}
