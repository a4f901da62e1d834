package org.emat.train.gan;

/** A training under way, in one arithmetic or the other. */
public interface GanTraining {
    /** Number of the next step, from 0. */
    long next();

    /** One step. */
    GanStep step();

    /**
     * Images of the generator as it is; the training goes on as if they had not been drawn.
     *
     * @param seed of the latents
     * @return words of each, H × W × C, with the exponent of images
     */
    ImageSet samples(int count, long seed);
}
