package org.emat.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.Network;
import org.emat.network.RealFrame;

/** A network in real numbers by plain loops, sums in double precision. */
public final class FloatModel {
    private final Network network;

    /** A model of a network. */
    public FloatModel(Network network) {
        this.network = network;
    }

    /** The output frame for an input frame. */
    public RealFrame run(RealFrame input) {
        List<RealFrame> all = activations(input);
        return all.get(all.size() - 1);
    }

    /** The output frames of all layers for an input frame. */
    public List<RealFrame> activations(RealFrame input) {
        List<RealFrame> outputs = new ArrayList<>();
        RealFrame frame = input;
        for (Layer layer : network.layers()) {
            frame = activate(layer, sums(layer, frame));
            outputs.add(frame);
        }
        return outputs;
    }

    /** The weighted sums and biases of a layer, before its activation. */
    static RealFrame sums(Layer layer, RealFrame input) {
        LayerGeometry geometry = layer.geometry();
        LayerTaps taps = new LayerTaps(geometry);
        int channels = geometry.output().channels();
        float[] words = new float[geometry.output().words()];
        IntStream.range(0, geometry.output().pixels()).parallel().forEach(pixel -> {
            double[] sums = new double[channels];
            for (int channel = 0; channel < channels; channel++) {
                sums[channel] = layer.bias()[geometry.scaleIndex(pixel, channel)];
            }
            taps.visit(pixel, (kernel, from) -> add(layer, input.words(), kernel, from, sums));
            for (int channel = 0; channel < channels; channel++) {
                words[pixel * channels + channel] = (float) sums[channel];
            }
        });
        return new RealFrame(geometry.output(), words);
    }

    private static void add(Layer layer, float[] input, int kernel, int pixel, double[] sums) {
        LayerGeometry geometry = layer.geometry();
        double[] weights = layer.weights();
        int inputs = geometry.groupInputs();
        int at = geometry.weightIndex(kernel, 0, 0);
        for (int output = 0; output < sums.length; output++) {
            int from = pixel * geometry.input().channels() + output / geometry.groupOutputs() * inputs;
            double sum = 0;
            for (int i = 0; i < inputs; i++) {
                sum += weights[at + i] * input[from + i];
            }
            sums[output] += sum;
            at += inputs;
        }
    }

    /** The activation of a layer applied to its sums. */
    static RealFrame activate(Layer layer, RealFrame sums) {
        int channels = sums.shape().channels();
        float[] words = new float[sums.words().length];
        for (int i = 0; i < words.length; i++) {
            words[i] = (float) layer.activation().apply(sums.words()[i], i % channels);
        }
        return new RealFrame(sums.shape(), words);
    }
}
