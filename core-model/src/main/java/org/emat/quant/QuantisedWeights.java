package org.emat.quant;

import java.util.Arrays;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;

/**
 * Weights of a layer as integers.
 *
 * @param words the integers, in the order of {@link LayerGeometry}
 * @param scales real value of one step, per independently scaled output
 */
record QuantisedWeights(int[] words, double[] scales) {
    private static final int RANGES = 40;
    private static final double NARROWEST = 0.5;

    /**
     * Rounds the weights of a layer, each output with the range of least error.
     *
     * @param bits width of a weight
     * @param power mean square of the inputs by channel: errors of weights on larger inputs count more
     * @param least smallest allowed step, so that the requantiser can represent it
     */
    static QuantisedWeights of(Layer layer, int bits, double[] power, double least) {
        NumberFormat format = new NumberFormat(bits, true);
        double[] most = mostPerOutput(layer);
        double[] best = new double[most.length];
        double[] leastError = new double[most.length];
        Arrays.fill(leastError, Double.POSITIVE_INFINITY);
        for (int range = 0; range < RANGES; range++) {
            double part = 1 - (1 - NARROWEST) * range / RANGES;
            double[] steps = new double[most.length];
            for (int output = 0; output < most.length; output++) {
                steps[output] = Math.max(least, most[output] * part / format.max());
            }
            double[] errors = errors(layer, format, power, steps);
            for (int output = 0; output < most.length; output++) {
                if (errors[output] < leastError[output]) {
                    leastError[output] = errors[output];
                    best[output] = steps[output];
                }
            }
        }
        return new QuantisedWeights(words(layer, format, best), best);
    }

    /** Weights lie in runs of one kernel index and output channel over the input channels of its group. */
    private static int runs(LayerGeometry geometry) {
        return geometry.kernelSize() * geometry.output().channels();
    }

    /** Which independently scaled output a run belongs to. */
    private static int scale(LayerGeometry geometry, int run) {
        int channel = run % geometry.output().channels();
        int kernel = run / geometry.output().channels();
        boolean dense = geometry.operator() == Operator.DENSE;
        return geometry.scaleIndex(dense ? kernel / geometry.input().pixels() : 0, channel);
    }

    private static double[] mostPerOutput(Layer layer) {
        LayerGeometry geometry = layer.geometry();
        double[] most = new double[geometry.scaleCount()];
        int inputs = geometry.groupInputs();
        for (int run = 0; run < runs(geometry); run++) {
            int output = scale(geometry, run);
            for (int i = run * inputs; i < (run + 1) * inputs; i++) {
                most[output] = Math.max(most[output], Math.abs(layer.weights()[i]));
            }
        }
        return most;
    }

    private static double[] errors(Layer layer, NumberFormat format, double[] power, double[] steps) {
        LayerGeometry geometry = layer.geometry();
        double[] errors = new double[steps.length];
        int inputs = geometry.groupInputs();
        for (int run = 0; run < runs(geometry); run++) {
            int output = scale(geometry, run);
            int group = run % geometry.output().channels() / geometry.groupOutputs();
            double step = steps[output];
            double error = 0;
            for (int input = 0; input < inputs; input++) {
                double weight = layer.weights()[run * inputs + input];
                double difference = format.saturate(Math.round(weight / step)) * step - weight;
                error += difference * difference * power[group * inputs + input];
            }
            errors[output] += error;
        }
        return errors;
    }

    private static int[] words(Layer layer, NumberFormat format, double[] steps) {
        int inputs = layer.geometry().groupInputs();
        int[] words = new int[layer.weights().length];
        for (int run = 0; run < runs(layer.geometry()); run++) {
            double step = steps[scale(layer.geometry(), run)];
            for (int i = run * inputs; i < (run + 1) * inputs; i++) {
                words[i] = (int) format.saturate(Math.round(layer.weights()[i] / step));
            }
        }
        return words;
    }
}
