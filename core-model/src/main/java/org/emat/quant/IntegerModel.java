package org.emat.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.network.LayerGeometry;

/** An integer network by plain loops: no arrays, no converters, only the arithmetic of its layers. */
public final class IntegerModel {
    private final IntegerNetwork network;

    /** A model of a network. */
    public IntegerModel(IntegerNetwork network) {
        this.network = network;
    }

    /** The output frame for an input frame. */
    public Frame run(Frame input) {
        List<Frame> all = activations(input);
        return all.get(all.size() - 1);
    }

    /** The output frames of all layers for an input frame. */
    public List<Frame> activations(Frame input) {
        List<Frame> outputs = new ArrayList<>();
        Frame frame = input;
        for (IntegerLayer layer : network.layers()) {
            frame = finish(layer, accumulate(layer.geometry(), layer.weights(), frame));
            outputs.add(frame);
        }
        return outputs;
    }

    /** The output frame of a layer for its accumulators. */
    static Frame finish(IntegerLayer layer, long[] accumulators) {
        LayerGeometry geometry = layer.geometry();
        int channels = geometry.output().channels();
        int[] words = new int[accumulators.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) layer.finish(accumulators[i], geometry.scaleIndex(i / channels, i % channels));
        }
        return new Frame(geometry.output(), words);
    }

    /** The accumulators of a layer in stream order (H × W × C), without bias. */
    static long[] accumulate(LayerGeometry geometry, int[] weights, Frame input) {
        LayerTaps taps = new LayerTaps(geometry);
        int channels = geometry.output().channels();
        long[] result = new long[geometry.output().words()];
        IntStream.range(0, geometry.output().pixels())
                .parallel()
                .forEach(pixel -> taps.visit(
                        pixel,
                        (kernel, from) ->
                                add(geometry, weights, input.words(), kernel, from, result, pixel * channels)));
        return result;
    }

    private static void add(
            LayerGeometry geometry, int[] weights, int[] input, int kernel, int pixel, long[] result, int to) {
        int inputs = geometry.groupInputs();
        int at = geometry.weightIndex(kernel, 0, 0);
        for (int output = 0; output < geometry.output().channels(); output++) {
            int from = pixel * geometry.input().channels() + output / geometry.groupOutputs() * inputs;
            long sum = 0;
            for (int i = 0; i < inputs; i++) {
                sum += (long) weights[at + i] * input[from + i];
            }
            result[to + output] += sum;
            at += inputs;
        }
    }
}
