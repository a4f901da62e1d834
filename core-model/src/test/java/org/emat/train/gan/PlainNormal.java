package org.emat.train.gan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The normalisation of a layer by its definition, one word after the other; see {@link PlainGan}. */
final class PlainNormal {
    private final TrainingFormat format;
    private final NormalisationState state;
    private final int exponent;
    private final int errorExponent;
    private final Map<Integer, List<Long>> gathered = new TreeMap<>();
    private boolean gathers;
    private int errorSumExponent;
    private long seen;
    private long seenErrors;
    int outputErrorExponent;

    PlainNormal(TrainingFormat format, NormalisationState state) {
        this.format = format;
        this.state = state;
        exponent = PlainGan.exponent(state.sumMaximum(), format.activationBits());
        errorExponent = PlainGan.exponent(state.errorMaximum(), format.errorBits());
    }

    /** From here on words are kept for means and deviations. */
    void gather() {
        gathers = true;
    }

    /** Takes notice of a sum; 1 where its word saturates. */
    long look(int bias, long sum, int sumExponent) {
        seen = Math.max(seen, PlainGan.magnitude(sum, sumExponent));
        long word = word(sum, sumExponent);
        if (gathers) {
            gathered.computeIfAbsent(bias, none -> new ArrayList<>()).add(word);
        }
        return word == PlainGan.divide(sum, sumExponent - exponent) ? 0 : 1;
    }

    private long word(long sum, int sumExponent) {
        return PlainGan.clamp(PlainGan.divide(sum, sumExponent - exponent), format.activationBits());
    }

    private long unbounded(int bias, long sum, int sumExponent) {
        long mean = PlainGan.clamp(PlainGan.divide(state.means()[bias], 32 - exponent), format.activationBits());
        long apart = word(sum, sumExponent) - mean;
        int shift = state.shifts()[bias] + exponent - (format.activationBits() - 4);
        return PlainGan.divide(apart * state.mantissas()[bias], shift);
    }

    /** The normalised word of a sum. */
    long normal(int bias, long sum, int sumExponent) {
        return PlainGan.clamp(unbounded(bias, sum, sumExponent), format.activationBits());
    }

    boolean overflows(int bias, long sum, int sumExponent) {
        return normal(bias, sum, sumExponent) != unbounded(bias, sum, sumExponent);
    }

    int errorExponent() {
        return errorExponent;
    }

    void errorsBegin(int outputErrors) {
        errorSumExponent = outputErrors + format.weightFraction();
    }

    private long unboundedError(int bias, long product) {
        long sum = PlainGan.divide(product * state.mantissas()[bias], state.shifts()[bias]);
        seenErrors = Math.max(seenErrors, PlainGan.magnitude(sum, errorSumExponent));
        return PlainGan.divide(sum, errorSumExponent - errorExponent);
    }

    /** The error of a sum from that of its output times its gain. */
    long error(int bias, long product) {
        return PlainGan.clamp(unboundedError(bias, product), format.errorBits());
    }

    boolean errorOverflows(int bias, long product) {
        return error(bias, product) != unboundedError(bias, product);
    }

    /** What normalises the next step. */
    NormalisationState end() {
        long[] means = new long[state.means().length];
        int[] mantissas = new int[means.length];
        int[] shifts = new int[means.length];
        gathered.forEach((bias, words) -> {
            BigInteger count = BigInteger.valueOf(words.size());
            long sum = words.stream().mapToLong(Long::longValue).sum();
            means[bias] = PlainGan.divide(Math.floorDiv(sum * 65536, words.size()), exponent - 16);
            // The squares of all differences of two words are the variance times the square of their number.
            BigInteger squares = BigInteger.ZERO;
            for (int i = 0; i < words.size(); i++) {
                for (int j = 0; j < i; j++) {
                    long difference = words.get(i) - words.get(j);
                    squares = squares.add(BigInteger.valueOf(difference * difference));
                }
            }
            long deviation = root(squares.multiply(BigInteger.TWO.pow(32)), count);
            int bits = Long.toBinaryString(deviation).length();
            mantissas[bias] = (int) (Math.pow(2, bits + 14) / deviation);
            shifts[bias] = bits - 2 - exponent;
        });
        return new NormalisationState(
                decayed(state.sumMaximum(), seen), decayed(state.errorMaximum(), seenErrors), means, mantissas, shifts);
    }

    /** The largest number whose square times that of the divisor is not above a square, but at least 2^16. */
    private static long root(BigInteger square, BigInteger divisor) {
        long low = 1L << 16;
        long high = 1L << 32;
        while (high - low > 1) {
            long middle = (low + high) / 2;
            boolean fits = BigInteger.valueOf(middle).multiply(divisor).pow(2).compareTo(square) <= 0;
            low = fits ? middle : low;
            high = fits ? high : middle;
        }
        return low;
    }

    private long decayed(long maximum, long most) {
        return Math.max(most, maximum - maximum / (1L << format.scaleDecay()));
    }
}
