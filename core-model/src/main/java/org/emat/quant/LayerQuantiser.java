package org.emat.quant;

import java.util.Arrays;
import java.util.List;
import org.emat.arch.Architecture;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.Requantiser;
import org.emat.network.Activation;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.RealFrame;

/** Quantises one layer, given what the layers before it make of the calibration frames. */
final class LayerQuantiser {
    /** Frames that count against the measured mean error, so that few samples do not decide a bias alone. */
    private static final double PRIOR_SAMPLES = 16;

    private final Architecture architecture;
    private final Layer layer;
    private final LayerGeometry geometry;
    private final Step input;
    private final List<RealFrame> sums;
    private final List<long[]> accumulators;
    private final IntegerLayer quantised;
    private final ActivationSteps steps;

    /**
     * Quantises a layer.
     *
     * @param input what input words mean
     * @param real input frames of the network in real numbers
     * @param integer the same as the integer layers before give them
     */
    LayerQuantiser(Architecture architecture, Layer layer, Step input, List<RealFrame> real, List<Frame> integer) {
        this.architecture = architecture;
        this.layer = layer;
        this.geometry = layer.geometry();
        this.input = input;
        sums = real.stream().map(frame -> FloatModel.sums(layer, frame)).toList();
        steps = ActivationSteps.find(architecture, layer, sums, bound());
        QuantisedWeights weights = QuantisedWeights.of(
                layer, architecture.weightBits(), power(integer), steps.before().size() / input.size() * 0x1p-24);
        accumulators = integer.stream()
                .map(frame -> IntegerModel.accumulate(geometry, weights.words(), frame))
                .toList();
        quantised = new IntegerLayer(
                layer.name(),
                geometry,
                input.format(),
                architecture.weightBits(),
                weights.words(),
                requantiser(weights),
                activation(),
                steps.after().format());
    }

    /** The integer layer. */
    IntegerLayer layer() {
        return quantised;
    }

    /** What its output words mean. */
    Step output() {
        return steps.after();
    }

    /** Output frames in real numbers. */
    List<RealFrame> realOutputs() {
        return sums.stream().map(frame -> FloatModel.activate(layer, frame)).toList();
    }

    /** Output frames in integers. */
    List<Frame> integerOutputs() {
        return accumulators.stream()
                .map(words -> IntegerModel.finish(quantised, words))
                .toList();
    }

    /** Largest magnitude that a sum can have with the largest inputs. */
    private double bound() {
        double weights = Arrays.stream(layer.weights()).map(Math::abs).max().orElse(0);
        double biases = Arrays.stream(layer.bias()).map(Math::abs).max().orElse(0);
        double bound = weights * terms() * input.range() + biases;
        return bound == 0 ? 1 : bound;
    }

    /** Products of one sum, at most. */
    private long terms() {
        return (long) geometry.groupInputs()
                * (geometry.operator() == Operator.DENSE ? geometry.input().pixels() : geometry.kernelSize());
    }

    /** Mean square of the inputs by channel; a little above zero so that no weight is without effect. */
    private double[] power(List<Frame> integer) {
        int channels = geometry.input().channels();
        double[] power = new double[channels];
        double total = 0;
        for (Frame frame : integer) {
            for (int i = 0; i < frame.words().length; i++) {
                double square = (double) frame.words()[i] * frame.words()[i];
                power[i % channels] += square;
                total += square;
            }
        }
        for (int channel = 0; channel < channels; channel++) {
            power[channel] += total * 1e-3 / channels + 1e-30;
        }
        return power;
    }

    private Requantiser requantiser(QuantisedWeights weights) {
        long most = RequantiserBuilder.accumulator(terms(), input.format(), architecture.weightBits());
        RequantiserBuilder builder = new RequantiserBuilder(geometry.scaleCount(), most, steps.low(), steps.high());
        double[] corrections = corrections(weights);
        for (int output = 0; output < geometry.scaleCount(); output++) {
            double step = input.size() * weights.scales()[output];
            builder.set(output, step / steps.before().size(), (layer.bias()[output] + corrections[output]) / step);
        }
        return builder.build();
    }

    /** Per output the mean of what the integer sums lack, in real numbers. */
    private double[] corrections(QuantisedWeights weights) {
        int channels = geometry.output().channels();
        double[] lacking = new double[geometry.scaleCount()];
        double[] samples = new double[lacking.length];
        for (int frame = 0; frame < sums.size(); frame++) {
            float[] wanted = sums.get(frame).words();
            long[] found = accumulators.get(frame);
            for (int i = 0; i < wanted.length; i++) {
                int output = geometry.scaleIndex(i / channels, i % channels);
                double real = found[i] * weights.scales()[output] * input.size() + layer.bias()[output];
                lacking[output] += wanted[i] - real;
                samples[output]++;
            }
        }
        for (int output = 0; output < lacking.length; output++) {
            lacking[output] /= samples[output] + PRIOR_SAMPLES;
        }
        return lacking;
    }

    private IntegerActivation activation() {
        if (layer.activation() instanceof Activation.Slope slope) {
            return steps.sloped(slope, geometry);
        }
        if (layer.activation() instanceof Activation.Tanh || layer.activation() instanceof Activation.Sigmoid) {
            NumberFormat format = steps.before().format();
            int[] entries = new int[Math.toIntExact(format.max() - format.min() + 1)];
            for (int i = 0; i < entries.length; i++) {
                double value = (format.min() + i) * steps.before().size();
                entries[i] = (int) steps.after().word(layer.activation().apply(value, 0));
            }
            return new IntegerActivation.Tabled(entries);
        }
        return new IntegerActivation.Bounded();
    }
}
