package org.emat.train.gan;

import java.util.Arrays;

/**
 * How the sums of a layer are normalised in the next step. The sums that share a bias share a mean and a deviation: those
 * of a channel, in a dense layer those of an output word.
 *
 * @param sumMaximum the maximum that scales the sums before they are normalised, in units of 2^−32
 * @param errorMaximum the maximum that scales the errors of these sums, in units of 2^−32
 * @param means [bias]: means, in units of 2^−32
 * @param mantissas [bias]: 2^14 to 2^15
 * @param shifts [bias]: the reciprocal of the deviation is mantissa / 2^shift; −15 to 30
 */
public record NormalisationState(long sumMaximum, long errorMaximum, long[] means, int[] mantissas, int[] shifts) {
    @Override
    public boolean equals(Object other) {
        return other instanceof NormalisationState that
                && sumMaximum == that.sumMaximum
                && errorMaximum == that.errorMaximum
                && Arrays.equals(means, that.means)
                && Arrays.equals(mantissas, that.mantissas)
                && Arrays.equals(shifts, that.shifts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(means) + Arrays.hashCode(mantissas);
    }
}
