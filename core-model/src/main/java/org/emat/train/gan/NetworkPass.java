package org.emat.train.gan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
    private final List<Optional<NormalPass>> normals;
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
        normals = IntStream.range(0, count).mapToObj(this::normal).toList();
        inputs = new double[count][][];
        inputExponents = new int[count];
    }

    private Optional<NormalPass> normal(int index) {
        return network.normalisation(index)
                .map(normalisation -> new NormalPass(
                        network.format(),
                        network.layers().get(index).geometry(),
                        normalisation,
                        network.parameters(index),
                        frames));
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
        int inputExponent = inputExponents[index];
        int exponent = inputExponent + network.format().weightFraction();
        double[][] sums = products[index].sums(network.weights(index), inputs[index]);
        if (normals.get(index).isPresent()) {
            // What follows takes the gains for weights of the normalised sums.
            sums = normals.get(index).get().forward(sums, exponent);
            inputExponent = network.format().normalExponent();
            exponent = inputExponent + network.format().weightFraction();
        }
        addBias(layer.geometry(), network.parameters(index), inputExponent, sums);
        scale.note((long) largest(sums), exponent);
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

    private void addBias(LayerGeometry layer, int[] parameters, int inputExponent, double[][] sums) {
        double unit = 1L << inputExponent;
        for (int channel = 0; channel < sums.length; channel++) {
            double[] row = sums[channel];
            for (int pixel = 0; pixel < row.length / frames; pixel++) {
                double bias = parameters[layer.weightCount() + layer.scaleIndex(pixel, channel)] * unit;
                for (int i = pixel * frames; i < (pixel + 1) * frames; i++) {
                    row[i] += bias;
                }
            }
        }
    }

    /** The largest magnitude. */
    static double largest(double[][] sums) {
        double largest = 0;
        for (double[] row : sums) {
            for (double sum : row) {
                largest = Math.max(largest, Math.abs(sum));
            }
        }
        return largest;
    }

    /**
     * Brings sums to words, and counts those beyond a word's range. All in doubles, which hold sums exactly, as does a
     * product with a power of two: that is {@link FixedPoint#scale} and {@link FixedPoint#saturate}, but in vectors.
     */
    static long round(double[][] sums, int shift, int bits) {
        double unit = Math.scalb(1.0, -shift);
        double most = (1L << (bits - 1)) - 1;
        long saturated = 0;
        for (double[] row : sums) {
            saturated += beyond(row, unit, most);
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.max(-most - 1, Math.min(most, Math.rint(row[i] * unit)));
            }
        }
        return saturated;
    }

    /** How many values are not within −most − 1 and most once they are rounded; nearly always none. */
    private static long beyond(double[] row, double unit, double most) {
        double largest = 0;
        double least = 0;
        for (double value : row) {
            largest = Math.max(largest, value);
            least = Math.min(least, value);
        }
        if (Math.rint(largest * unit) <= most && Math.rint(least * unit) >= -most - 1) {
            return 0;
        }
        return Arrays.stream(row)
                .map(value -> Math.rint(value * unit))
                .filter(word -> word > most || word < -most - 1)
                .count();
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
        if (response instanceof Response.Linear) {
            return;
        }
        double slope = response.slope();
        for (double[] row : words) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.max(row[i], Math.rint(row[i] * slope));
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
            if (normals.get(i).isPresent()) {
                at = backThroughNormal(i, normals.get(i).get(), sums, at, gradients);
            } else if (gradients.isPresent()) {
                gradients.get().add(i, products[i], inputs[i], sums, inputExponents[i], at);
            }
        }
        firstError = sums;
        firstExponent = at;
    }

    private int backThroughNormal(
            int layer, NormalPass normal, double[][] errors, int exponent, Optional<GradientSums> gradients) {
        gradients.ifPresent(
                sums -> sums.addScales(layer, products[layer], errors, normal.gainGradient(errors), exponent));
        int at = normal.backward(errors, exponent);
        gradients.ifPresent(
                sums -> sums.addWeights(layer, products[layer], inputs[layer], errors, inputExponents[layer] + at));
        return at;
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
        scale.note((long) largest(sums), exponent);
        saturatedErrors +=
                round(sums, exponent - scale.exponent(), network.format().errorBits());
        return scale.exponent();
    }

    private void back(Response response, double[][] errors, double[][] outputs) {
        int exponent = network.format().imageExponent();
        for (int channel = 0; channel < errors.length; channel++) {
            if (response instanceof Tabled) {
                backThroughTable(response, errors[channel], outputs[channel], exponent);
            } else if (!(response instanceof Response.Linear)) {
                backThroughSlope(response.slope(), errors[channel], outputs[channel]);
            }
        }
    }

    private static void backThroughTable(Response response, double[] errors, double[] words, int exponent) {
        for (int i = 0; i < errors.length; i++) {
            errors[i] = response.back((long) errors[i], (long) words[i], exponent);
        }
    }

    private static void backThroughSlope(double slope, double[] errors, double[] words) {
        for (int i = 0; i < errors.length; i++) {
            double error = errors[i];
            errors[i] = words[i] > 0 ? error : Math.rint(error * slope);
        }
    }

    /** After {@link #forward}, what {@link NormalPass#statistics} gives of a normalised layer. */
    long[] statistics(int layer) {
        return normals.get(layer).orElseThrow().statistics();
    }

    long saturatedActivations() {
        return saturatedActivations
                + normals.stream()
                        .flatMap(Optional::stream)
                        .mapToLong(NormalPass::saturatedActivations)
                        .sum();
    }

    long saturatedErrors() {
        return saturatedErrors
                + normals.stream()
                        .flatMap(Optional::stream)
                        .mapToLong(NormalPass::saturatedErrors)
                        .sum();
    }
}
