package org.emat.train.gan;

import java.util.List;
import org.emat.network.LayerGeometry;

/** Sums of the gradients of a network over frames, exact: one per parameter, weights first. */
final class GradientSums {
    private final List<TrainedLayer> layers;
    private final long[][] sums;
    private final int[] exponents;

    GradientSums(List<TrainedLayer> layers) {
        this.layers = layers;
        sums = new long[layers.size()][];
        exponents = new int[layers.size()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = new long[layers.get(i).parameterCount()];
        }
    }

    /**
     * Adds what some frames give to a layer.
     *
     * @param inputExponent of the inputs
     * @param errorExponent of the errors
     */
    void add(
            int layer,
            LayerProducts products,
            double[][] inputs,
            double[][] errors,
            int inputExponent,
            int errorExponent) {
        LayerGeometry geometry = layers.get(layer).geometry();
        double[] weights = new double[geometry.weightCount()];
        double[] biases = new double[geometry.scaleCount()];
        products.addGradient(inputs, errors, weights);
        products.addBiasGradient(errors, biases);
        for (int i = 0; i < weights.length; i++) {
            sums[layer][i] += (long) weights[i];
        }
        // A bias is the weight of an input of 1.
        for (int i = 0; i < biases.length; i++) {
            sums[layer][weights.length + i] += (long) biases[i] << inputExponent;
        }
        exponents[layer] = inputExponent + errorExponent;
    }

    /** Adds the sums of other frames. */
    void add(GradientSums other) {
        for (int i = 0; i < sums.length; i++) {
            exponents[i] = other.exponents[i];
            for (int j = 0; j < sums[i].length; j++) {
                sums[i][j] += other.sums[i][j];
            }
        }
    }

    long sum(int layer, int parameter) {
        return sums[layer][parameter];
    }

    /** Exponent of the gradients of a layer. */
    int exponent(int layer) {
        return exponents[layer];
    }

    List<TrainedLayer> layers() {
        return layers;
    }
}
