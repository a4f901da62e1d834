package org.emat.quant;

import org.emat.integer.Requantiser;
import org.emat.network.NumberFormat;

/**
 * Brings real scales and biases to the fixed-point form of {@link Requantiser}, its products below 2^62 whatever the
 * weights and inputs.
 */
final class RequantiserBuilder {
    private static final double PRODUCT = 0x1p62;
    private static final double MOST_BIAS = 0x1p47;

    private final long accumulator;
    private final long low;
    private final long high;
    private final long[] biases;
    private final int[] multipliers;
    private final int[] shifts;

    /**
     * A builder.
     *
     * @param outputs number of independently scaled outputs
     * @param accumulator largest magnitude of an accumulator without bias
     * @param low lower bound of the result
     * @param high upper bound of the result
     */
    RequantiserBuilder(int outputs, long accumulator, long low, long high) {
        this.accumulator = accumulator;
        this.low = low;
        this.high = high;
        biases = new long[outputs];
        multipliers = new int[outputs];
        shifts = new int[outputs];
    }

    /** Largest magnitude of an accumulator of {@code terms} products of inputs and signed weights. */
    static long accumulator(long terms, NumberFormat input, int weightBits) {
        long word = Math.max(-input.min(), input.max());
        return Math.multiplyExact(Math.multiplyExact(terms, word), 1L << (weightBits - 1));
    }

    /**
     * Sets one output.
     *
     * @param ratio result steps per accumulator step, above 0
     * @param bias what is added to the accumulator, in its steps
     */
    void set(int output, double ratio, double bias) {
        double reach = 4.0 * (Math.max(Math.abs(low), Math.abs(high)) + 1) / ratio;
        double limit = Math.min(MOST_BIAS, accumulator + reach);
        biases[output] = Math.round(Math.max(-limit, Math.min(limit, bias)));
        int shift = Math.max(0, Math.min(62, 15 - Math.getExponent(ratio)));
        while (shift > 0 && !fits(output, ratio, shift)) {
            shift--;
        }
        shifts[output] = shift;
        multipliers[output] = (int) Math.max(1, Math.min(limit(), Math.rint(Math.scalb(ratio, shift))));
    }

    private boolean fits(int output, double ratio, int shift) {
        double multiplier = Math.rint(Math.scalb(ratio, shift));
        return multiplier <= limit() && (accumulator + (double) Math.abs(biases[output])) * multiplier < PRODUCT;
    }

    private static int limit() {
        return (1 << Requantiser.MULTIPLIER_BITS) - 1;
    }

    /** The requantiser. */
    Requantiser build() {
        return new Requantiser(biases, multipliers, shifts, low, high);
    }
}
