package org.emat.network;

/**
 * One linear layer in real numbers, batch normalisation folded, with its activation.
 *
 * @param name name from the user's file; never used as an identifier without escaping
 * @param geometry shapes
 * @param weights {@link LayerGeometry#weightCount()} values in the order of {@link LayerGeometry}
 * @param bias {@link LayerGeometry#scaleCount()} values
 * @param activation function applied to the sums
 */
public record Layer(String name, LayerGeometry geometry, double[] weights, double[] bias, Activation activation) {
    public Layer {
        if (weights.length != geometry.weightCount()) {
            throw new IllegalArgumentException(
                    "layer '" + name + "' needs " + geometry.weightCount() + " weights, not " + weights.length);
        }
        if (bias.length != geometry.scaleCount()) {
            throw new IllegalArgumentException(
                    "layer '" + name + "' needs " + geometry.scaleCount() + " biases, not " + bias.length);
        }
    }
}
