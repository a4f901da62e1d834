package org.emat.train.gan;

import java.util.List;
import java.util.stream.DoubleStream;
import org.emat.network.LayerGeometry;

/** Sums of the gradients of a network over frames, exact: one per parameter, weights first. */
final class GradientSums {
    private final List<TrainedLayer> layers;
    private final long[][] sums;
    private final int[] exponents;
    private final int[] biasExponents;

    GradientSums(List<TrainedLayer> layers) {
        this.layers = layers;
        sums = new long[layers.size()][];
        exponents = new int[layers.size()];
        biasExponents = new int[layers.size()];
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
        add(
                layer,
                DoubleStream.concat(DoubleStream.of(weights), DoubleStream.of(biases)),
                inputExponent,
                errorExponent);
    }

    /** Adds whole numbers, one per parameter. */
    void add(int layer, DoubleStream gradients, int inputExponent, int errorExponent) {
        addFrom(layer, 0, gradients.toArray());
        exponents[layer] = inputExponent + errorExponent;
        biasExponents[layer] = errorExponent;
    }

    private void addFrom(int layer, int first, double[] added) {
        for (int i = 0; i < added.length; i++) {
            sums[layer][first + i] += (long) added[i];
        }
    }

    /**
     * Adds what some frames give to the weights of a normalised layer.
     *
     * @param exponent of the gradients
     */
    void addWeights(int layer, LayerProducts products, double[][] inputs, double[][] errors, int exponent) {
        double[] weights = new double[layers.get(layer).geometry().weightCount()];
        products.addGradient(inputs, errors, weights);
        addFrom(layer, 0, weights);
        exponents[layer] = exponent;
    }

    /**
     * Adds what some frames give to the biases and gains of a normalised layer.
     *
     * @param gains one per gain
     * @param errorExponent of the errors
     */
    void addScales(int layer, LayerProducts products, double[][] errors, double[] gains, int errorExponent) {
        LayerGeometry geometry = layers.get(layer).geometry();
        double[] biases = new double[geometry.scaleCount()];
        products.addBiasGradient(errors, biases);
        addFrom(layer, geometry.weightCount(), biases);
        addFrom(layer, geometry.weightCount() + geometry.scaleCount(), gains);
        biasExponents[layer] = errorExponent;
    }

    /** Adds the sums of other frames. */
    void add(GradientSums other) {
        for (int i = 0; i < sums.length; i++) {
            exponents[i] = other.exponents[i];
            biasExponents[i] = other.biasExponents[i];
            for (int j = 0; j < sums[i].length; j++) {
                sums[i][j] += other.sums[i][j];
            }
        }
    }

    long sum(int layer, int parameter) {
        return sums[layer][parameter];
    }

    /** Exponent of the gradients of a layer's weights. */
    int exponent(int layer) {
        return exponents[layer];
    }

    /** Exponent of the gradients of a layer's biases, which are the weights of an input of 1. */
    int biasExponent(int layer) {
        return biasExponents[layer];
    }

    List<TrainedLayer> layers() {
        return layers;
    }
}
