package org.emat.train.gan;

import java.math.BigInteger;
import java.util.Arrays;

/** The normalisation of a layer: scales of what it takes and gives back, means and deviations of the step before. */
final class Normalisation {
    private static final int MANTISSA_BITS = 15;

    /** Fraction bits of means and deviations, below those of words. */
    private static final int FRACTION = 16;

    private final TensorScale sums;
    private final TensorScale errors;
    private final int bits;
    private final long[] means;
    private final int[] mantissas;
    private final int[] shifts;

    Normalisation(TrainingFormat format, NormalisationState state) {
        bits = format.activationBits();
        sums = new TensorScale(bits, format.scaleDecay(), state.sumMaximum());
        errors = new TensorScale(format.errorBits(), format.scaleDecay(), state.errorMaximum());
        means = state.means().clone();
        mantissas = state.mantissas().clone();
        shifts = state.shifts().clone();
    }

    /** Before the first step means are 0 and deviations 1. */
    static NormalisationState first(int count, long maximum) {
        int[] mantissas = new int[count];
        int[] shifts = new int[count];
        Arrays.fill(mantissas, 1 << (MANTISSA_BITS - 1));
        Arrays.fill(shifts, MANTISSA_BITS - 1);
        return new NormalisationState(maximum, maximum, new long[count], mantissas, shifts);
    }

    NormalisationState state() {
        return new NormalisationState(
                sums.maximum(), errors.maximum(), means.clone(), mantissas.clone(), shifts.clone());
    }

    /** The scale of the sums that are normalised. */
    TensorScale sums() {
        return sums;
    }

    /** The scale of their errors. */
    TensorScale errors() {
        return errors;
    }

    /** A mean as a word of the sums, in this step. */
    long mean(int index) {
        return FixedPoint.saturate(FixedPoint.scale(means[index], TensorScale.FRACTION - sums.exponent()), bits);
    }

    int mantissa(int index) {
        return mantissas[index];
    }

    int shift(int index) {
        return shifts[index];
    }

    /**
     * Takes mean and deviation of the reference batch for the next step. A deviation is at least one unit of a word, so
     * that sums that never change give 0. The rounding of all quotients and roots is down.
     *
     * @param count of the words, up to 2^22
     * @param sum of the words
     * @param squares sum of their squares
     */
    void refer(int index, long count, long sum, long squares) {
        int exponent = sums.exponent();
        means[index] =
                FixedPoint.scale(Math.floorDiv(sum << FRACTION, count), exponent + FRACTION - TensorScale.FRACTION);
        BigInteger n = BigInteger.valueOf(count);
        BigInteger spread = n.multiply(BigInteger.valueOf(squares))
                .subtract(BigInteger.valueOf(sum).pow(2)); // variance · n²
        long deviation = spread.shiftLeft(2 * FRACTION).divide(n.pow(2)).sqrt().longValueExact();
        deviation = Math.max(deviation, 1L << FRACTION);
        int length = Long.SIZE - Long.numberOfLeadingZeros(deviation); // 17 to 32
        mantissas[index] = (int) ((1L << (length + MANTISSA_BITS - 1)) / deviation);
        shifts[index] = length + MANTISSA_BITS - 1 - FRACTION - exponent;
    }

    /** Ends a step. */
    void advance() {
        sums.advance();
        errors.advance();
    }
}
