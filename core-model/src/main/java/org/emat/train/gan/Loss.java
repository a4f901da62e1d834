package org.emat.train.gan;

/** The loss of a generative adversarial network. */
public enum Loss {
    /** Discriminator max(0, 1 − s) on real and max(0, 1 + s) on generated images; generator −s. */
    HINGE,
    /** Binary cross entropy of the score's logistic function; the generator wants to be taken for real. */
    BINARY_CROSS_ENTROPY,
    /** ½(s − 1)² for real, ½s² for generated images; the generator wants a score of 1. */
    LEAST_SQUARES;

    /** What a score is of. */
    public enum Side {
        /** A real image, in the discriminator's step. */
        REAL,
        /** A generated image, in the discriminator's step. */
        FAKE,
        /** A generated image, in the generator's step. */
        GENERATOR
    }

    /** Exponent of the errors of a score, of {@code bits} bits. */
    public int errorExponent(int bits) {
        return this == LEAST_SQUARES ? bits - 4 : bits - 2;
    }
}
