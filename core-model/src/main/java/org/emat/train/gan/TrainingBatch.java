package org.emat.train.gan;

/**
 * What a step trains on.
 *
 * @param latents words of each latent, H × W × C
 * @param real words of each real image, H × W × C
 */
public record TrainingBatch(int[][] latents, int[][] real) {
    /** Draws the batch of the next step, and moves the registers on. */
    static TrainingBatch draw(GanPlan plan, ImageSet images, Lfsr latents, Lfsr choices) {
        int[][] drawn = GanTrainer.latents(plan, latents, plan.batch());
        int[][] real = new int[plan.batch()][];
        for (int i = 0; i < real.length; i++) {
            real[i] = images.image(choices.below(images.size()));
        }
        return new TrainingBatch(drawn, real);
    }
}
