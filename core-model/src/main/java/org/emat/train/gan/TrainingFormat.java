package org.emat.train.gan;

/**
 * Word formats of a training. A word w with exponent e means w · 2^−e.
 *
 * @param activationBits width of activations, {@value #TABLE_BITS} to 16
 * @param errorBits width of errors, 8 to 16
 * @param weightFraction exponent of weights and biases, 8 to 15; they have 16 bits
 * @param scaleDecay after each step a maximum loses its 2^−scaleDecay-th part, 1 to 20
 */
public record TrainingFormat(int activationBits, int errorBits, int weightFraction, int scaleDecay) {
    /** Width of weights and biases. */
    public static final int WEIGHT_BITS = 16;

    /** Width of momenta. */
    public static final int MOMENTUM_BITS = 32;

    /** Exponent of momenta. */
    public static final int MOMENTUM_FRACTION = 24;

    /** Width of the index of a table. */
    public static final int TABLE_BITS = 12;

    public TrainingFormat {
        within("the width of activations", activationBits, TABLE_BITS, 16);
        within("the width of errors", errorBits, 8, 16);
        within("the fraction of weights", weightFraction, 8, 15);
        within("the decay of scales", scaleDecay, 1, 20);
    }

    /** 16 bits wherever possible, weights within ±4. */
    public static TrainingFormat standard() {
        return new TrainingFormat(16, 16, 13, 7);
    }

    /** Exponent of images and of what a table gives: 1 fits, with its sign. */
    public int imageExponent() {
        return activationBits - 2;
    }

    /** Exponent of latents: ±8 fit. */
    public int latentExponent() {
        return activationBits - 4;
    }

    /** Exponent of normalised sums: 8 deviations fit. */
    public int normalExponent() {
        return activationBits - 4;
    }

    static void within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
