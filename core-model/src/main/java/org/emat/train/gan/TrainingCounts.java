package org.emat.train.gan;

/**
 * What a training has counted, from its first step.
 *
 * @param saturatedActivations activations beyond the range of their scale
 * @param saturatedErrors errors beyond the range of their scale
 * @param saturatedMomenta momenta beyond their range
 * @param saturatedWeights weights and biases beyond their range
 * @param cellWrites cells of weights that were written, in forward and transposed arrays
 * @param skippedCells cells that kept their code and so were not
 */
public record TrainingCounts(
        long saturatedActivations,
        long saturatedErrors,
        long saturatedMomenta,
        long saturatedWeights,
        long cellWrites,
        long skippedCells) {
    /** Nothing yet. */
    public static TrainingCounts none() {
        return new TrainingCounts(0, 0, 0, 0, 0, 0);
    }

    /** Both together. */
    public TrainingCounts plus(TrainingCounts other) {
        return new TrainingCounts(
                saturatedActivations + other.saturatedActivations,
                saturatedErrors + other.saturatedErrors,
                saturatedMomenta + other.saturatedMomenta,
                saturatedWeights + other.saturatedWeights,
                cellWrites + other.cellWrites,
                skippedCells + other.skippedCells);
    }
}
