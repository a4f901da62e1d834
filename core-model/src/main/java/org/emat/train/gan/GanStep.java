package org.emat.train.gan;

/**
 * What one step gave.
 *
 * @param step its number
 * @param realLoss sum of the discriminator's losses over the real images of the batch, in units of 2^−16
 * @param fakeLoss the same over the generated images
 * @param generatorLoss sum of the generator's losses, in units of 2^−16
 * @param counts counted in this step
 */
public record GanStep(long step, long realLoss, long fakeLoss, long generatorLoss, TrainingCounts counts) {
    /** Both parts of a step together. */
    GanStep plus(GanStep other) {
        return new GanStep(
                step,
                realLoss + other.realLoss,
                fakeLoss + other.fakeLoss,
                generatorLoss + other.generatorLoss,
                counts.plus(other.counts));
    }

    /** Mean loss of the discriminator over a batch. */
    public double discriminator(int batch) {
        return Math.scalb((double) (realLoss + fakeLoss), -LossUnit.LOSS_FRACTION) / batch;
    }

    /** Mean loss of the generator over a batch. */
    public double generator(int batch) {
        return Math.scalb((double) generatorLoss, -LossUnit.LOSS_FRACTION) / batch;
    }
}
