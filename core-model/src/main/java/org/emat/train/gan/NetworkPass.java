package org.emat.train.gan;

import java.util.Optional;
import org.emat.network.LayerGeometry;
import org.emat.train.gan.Response.Tabled;

/**
 * Some frames of a batch through one network, forward and back. Tensors are {@code [channel][pixel · frames + frame]}.
 * Several passes of one network may run at the same time, each in its thread.
 */
final class NetworkPass {
    private final TrainedNetwork network;
    private final int frames;
    private final LayerProducts[] products;
    private final double[][][] inputs; // of each layer, from the forward pass
    private final int[] inputExponents;
    private double[][] output;
    private double[][] firstError; // of the first layer's sums, from the backward pass
    private int firstExponent;
    private long saturatedActivations;
    private long saturatedErrors;

    NetworkPass(TrainedNetwork network, int frames) {
        this.network = network;
        this.frames = frames;
        int count = network.layers().size();
        products = new LayerProducts[count];
        for (int i = 0; i < count; i++) {
            products[i] = network.products(i, frames);
        }
        inputs = new double[count][][];
        inputExponents = new int[count];
    }

    /** The outputs for some inputs. */
    double[][] forward(double[][] input, int exponent) {
        output = input;
        int outputExponent = exponent;
        for (int i = 0; i < products.length; i++) {
            inputs[i] = output;
            inputExponents[i] = outputExponent;
            output = layer(i);
            outputExponent = network.outputExponent(i);
        }
        return output;
    }

    private double[][] layer(int index) {
        TrainedLayer layer = network.layers().get(index);
        TensorScale scale = network.activation(index);
        int exponent = inputExponents[index] + network.format().weightFraction();
        double[][] sums = products[index].sums(network.weights(index), inputs[index]);
        long largest = addBias(layer.geometry(), network.parameters(index), inputExponents[index], sums);
        scale.note(largest, exponent);
        if (layer.response() instanceof Tabled tabled) {
            // A curve is flat beyond its table: that is no saturation of a scale.
            round(sums, exponent - tabled.curve().exponent(), TrainingFormat.TABLE_BITS);
            look(network.table(index), sums);
        } else {
            saturatedActivations +=
                    round(sums, exponent - scale.exponent(), network.format().activationBits());
            rectify(layer.response(), sums);
        }
        return sums;
    }

    /** Adds biases, and gives the largest magnitude. */
    private long addBias(LayerGeometry layer, int[] parameters, int inputExponent, double[][] sums) {
        double largest = 0;
        double unit = 1L << inputExponent;
        for (int channel = 0; channel < sums.length; channel++) {
            double[] row = sums[channel];
            for (int pixel = 0; pixel < row.length / frames; pixel++) {
                double bias = parameters[layer.weightCount() + layer.scaleIndex(pixel, channel)] * unit;
                for (int i = pixel * frames; i < (pixel + 1) * frames; i++) {
                    row[i] += bias;
                    largest = Math.max(largest, Math.abs(row[i]));
                }
            }
        }
        return (long) largest;
    }

    /** Brings sums to words, and counts those beyond a word's range. */
    private static long round(double[][] sums, int shift, int bits) {
        long saturated = 0;
        for (double[] row : sums) {
            for (int i = 0; i < row.length; i++) {
                long value = FixedPoint.scale((long) row[i], shift);
                long word = FixedPoint.saturate(value, bits);
                saturated += word == value ? 0 : 1;
                row[i] = word;
            }
        }
        return saturated;
    }

    private static void look(int[] table, double[][] words) {
        int half = table.length / 2;
        for (double[] row : words) {
            for (int i = 0; i < row.length; i++) {
                row[i] = table[(int) row[i] + half];
            }
        }
    }

    private static void rectify(Response response, double[][] words) {
        for (double[] row : words) {
            for (int i = 0; i < row.length; i++) {
                row[i] = response.rectify((long) row[i]);
            }
        }
    }

    /**
     * Takes errors of the outputs back, through the responses and all layers but the first one.
     *
     * @param error errors of the outputs; overwritten
     * @param exponent of the errors
     * @param gradients where the gradients of the layers are added, if they are wanted
     */
    void backward(double[][] error, int exponent, Optional<GradientSums> gradients) {
        double[][] sums = error;
        int at = exponent;
        for (int i = products.length - 1; i >= 0; i--) {
            if (i < products.length - 1) {
                sums = products[i + 1].errors(network.weights(i + 1), sums);
                at = rescale(network.error(i), sums, at);
            }
            back(network.layers().get(i).response(), sums, i == products.length - 1 ? output : inputs[i + 1]);
            if (gradients.isPresent()) {
                gradients.get().add(i, products[i], inputs[i], sums, inputExponents[i], at);
            }
        }
        firstError = sums;
        firstExponent = at;
    }

    /**
     * After {@link #backward}, the errors of the inputs.
     *
     * @param scale of these errors
     */
    double[][] inputErrors(TensorScale scale) {
        double[][] sums = products[0].errors(network.weights(0), firstError);
        rescale(scale, sums, firstExponent);
        return sums;
    }

    /** Brings sums of errors to words; their exponent. */
    private int rescale(TensorScale scale, double[][] sums, int errorExponent) {
        int exponent = errorExponent + network.format().weightFraction();
        double largest = 0;
        for (double[] row : sums) {
            for (double sum : row) {
                largest = Math.max(largest, Math.abs(sum));
            }
        }
        scale.note((long) largest, exponent);
        saturatedErrors +=
                round(sums, exponent - scale.exponent(), network.format().errorBits());
        return scale.exponent();
    }

    private void back(Response response, double[][] errors, double[][] outputs) {
        int exponent = network.format().imageExponent();
        for (int channel = 0; channel < errors.length; channel++) {
            double[] row = errors[channel];
            double[] words = outputs[channel];
            for (int i = 0; i < row.length; i++) {
                row[i] = response.back((long) row[i], (long) words[i], exponent);
            }
        }
    }

    long saturatedActivations() {
        return saturatedActivations;
    }

    long saturatedErrors() {
        return saturatedErrors;
    }
}
