package org.emat.train.gan;

import org.emat.network.LayerGeometry;
import org.emat.network.Operator;

/**
 * A layer that is trained.
 *
 * @param name name from the user's file
 * @param geometry shapes
 * @param response what follows its sums
 */
public record TrainedLayer(String name, LayerGeometry geometry, Response response) {
    /** Products of two words of 16 bits whose sum surely stays within 52 bits, which leaves the bias one. */
    private static final long MOST_TERMS = 1L << 22;

    /** Refuses a layer whose sums, or whose gradients over a batch, could exceed 53 bits. */
    void checkSums(int frames) {
        boolean dense = geometry.operator() == Operator.DENSE;
        long forward = dense ? geometry.input().words() : (long) geometry.kernelSize() * geometry.groupInputs();
        long backward = dense ? geometry.output().words() : (long) geometry.kernelSize() * geometry.groupOutputs();
        long pairs = (long) frames
                * Math.max(geometry.input().pixels(), geometry.output().pixels());
        if (Math.max(Math.max(forward, backward), pairs) > MOST_TERMS) {
            throw new IllegalArgumentException("layer '" + name + "' is too large for exact sums of 53 bits");
        }
    }

    /** Weights and biases together. */
    public int parameterCount() {
        return Math.addExact(geometry.weightCount(), geometry.scaleCount());
    }
}
