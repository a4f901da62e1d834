package org.emat.train.gan;

/**
 * All that a training continues from, between two steps.
 *
 * @param step number of the next step, from 0
 * @param generator the generator
 * @param discriminator the discriminator
 * @param latents state of the shift register that draws latents
 * @param images state of the shift register that chooses images
 * @param counts counted so far
 */
public record GanState(
        long step,
        NetworkState generator,
        NetworkState discriminator,
        long latents,
        long images,
        TrainingCounts counts) {}
