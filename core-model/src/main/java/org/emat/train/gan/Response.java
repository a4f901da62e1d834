package org.emat.train.gan;

import org.emat.integer.Requantiser;

/** What follows the sums of a layer that is trained, and how an error goes back through it. */
public sealed interface Response {
    /** Nothing. */
    record Linear() implements Response {}

    /** Negative words become 0. */
    record Relu() implements Response {}

    /**
     * Negative words are divided by 2^shift, halves to even.
     *
     * @param shift 1 to 15
     */
    record LeakyRelu(int shift) implements Response {
        public LeakyRelu {
            TrainingFormat.within("the shift of a leaky ReLU", shift, 1, 15);
        }
    }

    /**
     * Tanh or the logistic function by a table of 2^{@value TrainingFormat#TABLE_BITS} entries.
     *
     * @param curve the function
     */
    record Tabled(Curve curve) implements Response {}

    /** A function in a table. */
    enum Curve {
        /** Over ±4. */
        TANH(9),
        /** Over ±8. */
        SIGMOID(8);

        private final int exponent;

        Curve(int exponent) {
            this.exponent = exponent;
        }

        /** Exponent of the index. */
        public int exponent() {
            return exponent;
        }

        /** Entries for the indices −2^11 to 2^11 − 1 with the given exponent. Loaded data: no RTL computes it. */
        public int[] table(int outputExponent) {
            int half = 1 << (TrainingFormat.TABLE_BITS - 1);
            int[] table = new int[2 * half];
            for (int i = 0; i < table.length; i++) {
                double x = StrictMath.scalb((double) (i - half), -exponent);
                double y = this == TANH ? StrictMath.tanh(x) : 1 / (1 + StrictMath.exp(-x));
                table[i] = (int) StrictMath.rint(StrictMath.scalb(y, outputExponent));
            }
            return table;
        }
    }

    /** What negative words are multiplied with, halves to even: 1, a power of two, or 0; tables are looked up elsewhere. */
    default double slope() {
        if (this instanceof LeakyRelu leaky) {
            return Math.scalb(1.0, -leaky.shift);
        }
        return this instanceof Linear ? 1 : 0;
    }

    /**
     * The error of the sums, with the exponent of {@code error}.
     *
     * @param error error of the output
     * @param output the output word, which tells the slope
     * @param exponent of the output of a table
     */
    default long back(long error, long output, int exponent) {
        if (this instanceof Tabled tabled) {
            long one = 1L << exponent;
            long slope = tabled.curve == Curve.TANH ? one * one - output * output : output * (one - output);
            return Requantiser.roundHalfEven(error * slope, 2 * exponent);
        }
        boolean passes = output > 0 || this instanceof Linear;
        if (passes) {
            return error;
        }
        return this instanceof LeakyRelu leaky ? Requantiser.roundHalfEven(error, leaky.shift) : 0;
    }
}
