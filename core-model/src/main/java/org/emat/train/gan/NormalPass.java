package org.emat.train.gan;

import java.util.Arrays;
import org.emat.network.LayerGeometry;

/**
 * Some frames through the normalisation of a layer, forward and back. Means and deviations are those of the step before:
 * constants, so that no gradient passes through them.
 */
final class NormalPass {
    private final TrainingFormat format;
    private final LayerGeometry layer;
    private final Normalisation normalisation;
    private final int[] parameters; // of the layer
    private final int frames;
    private double[][] words; // sums before they are normalised
    private double[][] normals; // and after
    private long saturatedActivations;
    private long saturatedErrors;

    NormalPass(TrainingFormat format, LayerGeometry layer, Normalisation normalisation, int[] parameters, int frames) {
        this.format = format;
        this.layer = layer;
        this.normalisation = normalisation;
        this.parameters = parameters;
        this.frames = frames;
    }

    /** Places of a tensor that share a bias: frames of a pixel of a channel. */
    private interface Place {
        void visit(int bias, int channel, int from, int to);
    }

    private void forEach(Place place) {
        for (int channel = 0; channel < layer.output().channels(); channel++) {
            for (int pixel = 0; pixel < layer.output().pixels(); pixel++) {
                place.visit(layer.scaleIndex(pixel, channel), channel, pixel * frames, (pixel + 1) * frames);
            }
        }
    }

    private double gain(int bias) {
        return parameters[layer.weightCount() + layer.scaleCount() + bias];
    }

    /**
     * Normalised sums, multiplied with their gains; {@link TrainingFormat#normalExponent} and that of weights make up
     * their exponent.
     *
     * @param sums without bias; overwritten
     * @param exponent of the sums
     */
    double[][] forward(double[][] sums, int exponent) {
        TensorScale scale = normalisation.sums();
        scale.note((long) NetworkPass.largest(sums), exponent);
        saturatedActivations += NetworkPass.round(sums, exponent - scale.exponent(), format.activationBits());
        words = sums;
        normals = new double[sums.length][sums[0].length];
        forEach((bias, channel, from, to) -> normalise(
                bias, words[channel], normals[channel], from, to, scale.exponent() - format.normalExponent()));
        saturatedActivations += NetworkPass.round(normals, 0, format.activationBits());
        double[][] outputs = new double[sums.length][sums[0].length];
        forEach((bias, channel, from, to) -> {
            double gain = gain(bias);
            for (int i = from; i < to; i++) {
                outputs[channel][i] = normals[channel][i] * gain;
            }
        });
        return outputs;
    }

    /** Products of 17 and 16 bits: doubles hold them exactly, and their quotients by powers of two. */
    private void normalise(int bias, double[] from, double[] to, int first, int last, int shift) {
        double mean = normalisation.mean(bias);
        double factor = Math.scalb((double) normalisation.mantissa(bias), -normalisation.shift(bias) - shift);
        for (int i = first; i < last; i++) {
            to[i] = Math.rint((from[i] - mean) * factor);
        }
    }

    /**
     * Takes errors of what {@link #forward} gave back to the sums.
     *
     * @param errors overwritten
     * @param exponent of the errors
     * @return the exponent of what is in their place
     */
    int backward(double[][] errors, int exponent) {
        forEach((bias, channel, from, to) -> {
            double gain = gain(bias);
            double factor = Math.scalb((double) normalisation.mantissa(bias), -normalisation.shift(bias));
            for (int i = from; i < to; i++) {
                errors[channel][i] = Math.rint(errors[channel][i] * gain * factor);
            }
        });
        TensorScale scale = normalisation.errors();
        int sumExponent = exponent + format.weightFraction();
        scale.note((long) NetworkPass.largest(errors), sumExponent);
        saturatedErrors += NetworkPass.round(errors, sumExponent - scale.exponent(), format.errorBits());
        return scale.exponent();
    }

    /**
     * The gradients of the gains, one per bias.
     *
     * @param errors of what {@link #forward} gave
     */
    double[] gainGradient(double[][] errors) {
        double[] gradient = new double[layer.scaleCount()];
        forEach((bias, channel, from, to) -> {
            for (int i = from; i < to; i++) {
                gradient[bias] += errors[channel][i] * normals[channel][i];
            }
        });
        return gradient;
    }

    /** The words of the sums that share a bias, added up, and their squares behind them: [bias], then [bias]. */
    long[] statistics() {
        double[] sums = new double[2 * layer.scaleCount()];
        forEach((bias, channel, from, to) -> {
            for (int i = from; i < to; i++) {
                double word = words[channel][i];
                sums[bias] += word;
                sums[layer.scaleCount() + bias] += word * word;
            }
        });
        return Arrays.stream(sums).mapToLong(sum -> (long) sum).toArray();
    }

    long saturatedActivations() {
        return saturatedActivations;
    }

    long saturatedErrors() {
        return saturatedErrors;
    }
}
