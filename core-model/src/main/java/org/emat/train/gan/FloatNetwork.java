package org.emat.train.gan;

import java.util.List;
import java.util.Optional;
import org.emat.network.LayerGeometry;
import org.emat.train.gan.Response.Curve;
import org.emat.train.gan.Response.Tabled;

/** A network that is trained in floating point. Tensors are {@code [channel][pixel · frames + frame]}. */
public final class FloatNetwork {
    private final List<TrainedLayer> layers;
    private final List<Meetings> ahead;
    private final List<Meetings> back;
    private final double[][] weights;
    private final double[][] biases;
    private final double[][] weightMomenta;
    private final double[][] biasMomenta;
    private final List<Optional<FloatNormalisation>> normalisations;

    /** A network with the first parameters of the one in fixed point. */
    FloatNetwork(List<TrainedLayer> layers, TrainingFormat format, NetworkState first) {
        this.layers = layers;
        ahead = layers.stream().map(layer -> Meetings.forward(layer.geometry())).toList();
        back = layers.stream().map(layer -> Meetings.backward(layer.geometry())).toList();
        weights = new double[layers.size()][];
        biases = new double[layers.size()][];
        weightMomenta = new double[layers.size()][];
        biasMomenta = new double[layers.size()][];
        normalisations = layers.stream()
                .map(layer -> layer.normalised()
                        ? Optional.of(new FloatNormalisation(layer.geometry()))
                        : Optional.<FloatNormalisation>empty())
                .toList();
        for (int l = 0; l < weights.length; l++) {
            LayerGeometry layer = layers.get(l).geometry();
            weights[l] = new double[layer.weightCount()];
            biases[l] = new double[layer.scaleCount()];
            weightMomenta[l] = new double[layer.weightCount()];
            biasMomenta[l] = new double[layer.scaleCount()];
            for (int i = 0; i < weights[l].length; i++) {
                weights[l][i] = Math.scalb((double) first.parameters()[l][i], -format.weightFraction());
            }
        }
    }

    /** A network with drawn weights; they are rounded to 15 fraction bits. */
    public static FloatNetwork drawn(List<TrainedLayer> layers, long seed) {
        TrainingFormat fine = new TrainingFormat(16, 16, 15, 1);
        return new FloatNetwork(layers, fine, TrainedNetwork.first(layers, fine, seed));
    }

    double[] weights(int layer) {
        return weights[layer];
    }

    double[] biases(int layer) {
        return biases[layer];
    }

    Optional<FloatNormalisation> normalisation(int layer) {
        return normalisations.get(layer);
    }

    /** The gradient of a network, layer by layer; no gains where a layer is not normalised. */
    public record Gradient(double[][] weights, double[][] biases, double[][] gains) {
        /** Adds what other frames gave. */
        public void add(Gradient other) {
            for (int layer = 0; layer < weights.length; layer++) {
                add(weights[layer], other.weights[layer]);
                add(biases[layer], other.biases[layer]);
                add(gains[layer], other.gains[layer]);
            }
        }

        private static void add(double[] sums, double[] more) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += more[i];
            }
        }
    }

    /** The outputs of all layers, the input first. */
    public double[][][] forward(double[][] input, int frames) {
        double[][][] words = new double[layers.size() + 1][][];
        words[0] = input;
        for (int l = 0; l < layers.size(); l++) {
            LayerGeometry layer = layers.get(l).geometry();
            double[][] sums = products(l, frames).sums(weights[l], words[l]);
            normalisations.get(l).ifPresent(some -> some.forward(sums, frames));
            for (int channel = 0; channel < sums.length; channel++) {
                for (int i = 0; i < sums[channel].length; i++) {
                    double sum = sums[channel][i] + biases[l][layer.scaleIndex(i / frames, channel)];
                    sums[channel][i] = respond(layers.get(l).response(), sum);
                }
            }
            words[l + 1] = sums;
        }
        return words;
    }

    private LayerProducts products(int layer, int frames) {
        return new LayerProducts(layers.get(layer).geometry(), ahead.get(layer), back.get(layer), frames);
    }

    private static double respond(Response response, double sum) {
        if (response instanceof Tabled tabled) {
            return tabled.curve() == Curve.TANH ? StrictMath.tanh(sum) : 1 / (1 + StrictMath.exp(-sum));
        }
        return sum < 0 ? sum * slope(response, sum) : sum;
    }

    /** The derivative of a response, told from its output. */
    private static double slope(Response response, double output) {
        if (response instanceof Tabled tabled) {
            return tabled.curve() == Curve.TANH ? 1 - output * output : output * (1 - output);
        }
        if (output > 0 || response instanceof Response.Linear) {
            return 1;
        }
        return response instanceof Response.LeakyRelu leaky ? Math.scalb(1.0, -leaky.shift()) : 0;
    }

    /**
     * Takes errors back and adds the gradient.
     *
     * @param words what {@link #forward} gave
     * @param error errors of the output
     * @return errors of the input
     */
    public double[][] backward(double[][][] words, double[][] error, int frames, Gradient gradient) {
        double[][] errors = error;
        for (int l = layers.size() - 1; l >= 0; l--) {
            for (int channel = 0; channel < errors.length; channel++) {
                for (int i = 0; i < errors[channel].length; i++) {
                    errors[channel][i] *= slope(layers.get(l).response(), words[l + 1][channel][i]);
                }
            }
            LayerProducts products = products(l, frames);
            products.addBiasGradient(errors, gradient.biases[l]);
            if (normalisations.get(l).isPresent()) {
                double[][] sums = products.sums(weights[l], words[l]);
                normalisations.get(l).get().backward(sums, errors, frames, gradient.gains[l]);
            }
            products.addGradient(words[l], errors, gradient.weights[l]);
            errors = products.errors(weights[l], errors);
        }
        return errors;
    }

    /** A gradient of zeros. */
    public Gradient gradient() {
        int count = layers.size();
        Gradient gradient = new Gradient(new double[count][], new double[count][], new double[count][]);
        for (int l = 0; l < layers.size(); l++) {
            gradient.weights[l] = new double[weights[l].length];
            gradient.biases[l] = new double[biases[l].length];
            gradient.gains[l] = new double[layers.get(l).normalised() ? biases[l].length : 0];
        }
        return gradient;
    }

    /** Updates all parameters with the mean of a gradient over a batch. */
    public void update(Gradient gradient, Optimiser optimiser, int batch, long step) {
        for (int l = 0; l < layers.size(); l++) {
            update(weights[l], weightMomenta[l], gradient.weights[l], optimiser, batch, step);
            update(biases[l], biasMomenta[l], gradient.biases[l], optimiser, batch, step);
            if (normalisations.get(l).isPresent()) {
                FloatNormalisation normalisation = normalisations.get(l).get();
                update(normalisation.gains(), normalisation.momenta(), gradient.gains[l], optimiser, batch, step);
            }
        }
    }

    /** Passes a reference batch, whose sums normalise all later ones until the next time. */
    void refer(double[][] input, int frames) {
        double[][][] words = forward(input, frames);
        for (int l = 0; l < layers.size(); l++) {
            double[][] sums = products(l, frames).sums(weights[l], words[l]);
            normalisations.get(l).ifPresent(some -> some.refer(sums, frames));
        }
    }

    /** Whether it takes a reference batch. */
    boolean isNormalised() {
        return normalisations.stream().anyMatch(Optional::isPresent);
    }

    private static void update(
            double[] parameters, double[] momenta, double[] gradient, Optimiser optimiser, int batch, long step) {
        double rate = Math.scalb(optimiser.rate().value(), -optimiser.halved(step));
        double momentum = Math.scalb((double) optimiser.momentum(), -Optimiser.MOMENTUM_FACTOR_FRACTION);
        double decay = optimiser.weightDecay().value();
        for (int i = 0; i < parameters.length; i++) {
            momenta[i] = momentum * momenta[i] + gradient[i] / batch + decay * parameters[i];
            parameters[i] -= rate * momenta[i];
        }
    }
}
