package org.emat.train.gan;

import java.util.List;

/**
 * Stochastic gradient descent with momentum, in fixed point: {@code v ← momentum · v + g + weightDecay · w}, {@code w ← w −
 * rate · v}.
 *
 * @param rate learning rate, above 0 and at most 1
 * @param momentum factor of earlier gradients, 15 fraction bits
 * @param weightDecay factor of the weight that is added to its gradient
 * @param halvings steps from which on the rate is halved once more each, ascending; the first step has number 0
 */
public record Optimiser(Factor rate, int momentum, Factor weightDecay, List<Long> halvings) {
    /** Fraction bits of the momentum's factor. */
    static final int MOMENTUM_FACTOR_FRACTION = 15;

    private static final int MOST_HALVINGS = 16;

    /**
     * A positive number, or 0, of 15 significant bits.
     *
     * @param mantissa 2^14 to 2^15 − 1, or 0
     * @param shift the number is mantissa / 2^shift; 14 to 38
     */
    public record Factor(int mantissa, int shift) {
        public Factor {
            TrainingFormat.within("a mantissa", mantissa, mantissa == 0 ? 0 : 1 << 14, (1 << 15) - 1);
            TrainingFormat.within("the shift of a factor", shift, 14, 38);
        }

        /**
         * The nearest factor.
         *
         * @param value 0, or from 2^−24 to 1
         */
        public static Factor of(double value) {
            if (value == 0) {
                return new Factor(0, 14);
            }
            if (!(value >= 0x1p-24 && value <= 1)) {
                throw new IllegalArgumentException("a factor must be 0, or from 2^-24 to 1, not " + value);
            }
            int shift = 14 - Math.getExponent(value);
            long mantissa = Math.round(Math.scalb(value, shift));
            return mantissa == 1 << 15 ? new Factor(1 << 14, shift - 1) : new Factor((int) mantissa, shift);
        }

        /** The number. */
        public double value() {
            return Math.scalb((double) mantissa, -shift);
        }
    }

    public Optimiser {
        halvings = List.copyOf(halvings);
        if (rate.mantissa == 0) {
            throw new UntrainableException("optimiser/rate", "the learning rate must be above 0");
        }
        TrainingFormat.within("the factor of the momentum", momentum, 0, (1 << MOMENTUM_FACTOR_FRACTION) - 1);
        TrainingFormat.within("the number of halvings", halvings.size(), 0, MOST_HALVINGS);
        for (int i = 1; i < halvings.size(); i++) {
            if (halvings.get(i) < halvings.get(i - 1)) {
                throw new UntrainableException(
                        "optimiser/halvings/" + i, "the steps of the halvings must ascend, not " + halvings);
            }
        }
    }

    /**
     * An optimiser of real factors.
     *
     * @param rate from 2^−24 to 1
     * @param momentum from 0 to below 1
     * @param weightDecay 0, or from 2^−24 to 1
     */
    public static Optimiser of(double rate, double momentum, double weightDecay, List<Long> halvings) {
        int factor = (int) Math.min((1 << MOMENTUM_FACTOR_FRACTION) - 1, Math.round(momentum * 0x1p15));
        return new Optimiser(
                factor("optimiser/rate", rate), factor, factor("optimiser/weightDecay", weightDecay), halvings);
    }

    private static Factor factor(String part, double value) {
        try {
            return Factor.of(value);
        } catch (IllegalArgumentException e) {
            throw new UntrainableException(part, e.getMessage());
        }
    }

    /** How often the rate of a step has been halved. */
    public int halved(long step) {
        return (int) halvings.stream().filter(from -> step >= from).count();
    }
}
