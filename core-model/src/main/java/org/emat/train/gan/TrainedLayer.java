package org.emat.train.gan;

import org.emat.network.LayerGeometry;
import org.emat.network.Operator;

/**
 * A layer that is trained.
 *
 * @param name name from the user's file
 * @param geometry shapes
 * @param response what follows its sums
 * @param normalised whether its sums are normalised by those of the reference batch before the response
 */
public record TrainedLayer(String name, LayerGeometry geometry, Response response, boolean normalised) {
    /** Products of two words of 16 bits whose sum surely stays within 52 bits, which leaves the bias one. */
    private static final long MOST_TERMS = 1L << 22;

    /** Fewer sums than these tell too little of their mean and deviation. */
    private static final int LEAST_NORMALISED = 8;

    /** A layer that is not normalised. */
    public TrainedLayer(String name, LayerGeometry geometry, Response response) {
        this(name, geometry, response, false);
    }

    /** Refuses a layer whose sums, or whose gradients over a batch, could exceed 53 bits. */
    void checkSums(String part, int frames) {
        boolean dense = geometry.operator() == Operator.DENSE;
        long forward = dense ? geometry.input().words() : (long) geometry.kernelSize() * geometry.groupInputs();
        long backward = dense ? geometry.output().words() : (long) geometry.kernelSize() * geometry.groupOutputs();
        long pairs = (long) frames
                * Math.max(geometry.input().pixels(), geometry.output().pixels());
        long most = Math.max(Math.max(forward, backward), pairs);
        if (most > MOST_TERMS) {
            throw new UntrainableException(
                    part,
                    "a sum, or a gradient of a batch, would have " + most + " terms; up to " + MOST_TERMS
                            + " are exact in 53 bits");
        }
    }

    /** Refuses a normalised layer of whose sums in a reference batch too few share a mean. */
    void checkNormalisation(String part, int frames) {
        if (normalised && sharingBias(frames) < LEAST_NORMALISED) {
            throw new UntrainableException(
                    part + "/normalised",
                    "it would be normalised by means of " + sharingBias(frames) + " sums of the batch; it takes "
                            + LEAST_NORMALISED + " or more");
        }
    }

    /** Sums of some frames that share a bias, and so a mean. */
    long sharingBias(int frames) {
        return geometry.operator() == Operator.DENSE
                ? frames
                : (long) frames * geometry.output().pixels();
    }

    /** Weights, biases and, where the layer is normalised, as many gains as biases. */
    public int parameterCount() {
        int scales = Math.multiplyExact(normalised ? 2 : 1, geometry.scaleCount());
        return Math.addExact(geometry.weightCount(), scales);
    }

    /** Without a word on normalisation where there is none: this text tells a training from others in its checkpoints. */
    @Override
    public String toString() {
        return "TrainedLayer[name=" + name + ", geometry=" + geometry + ", response=" + response
                + (normalised ? ", normalised]" : "]");
    }
}
