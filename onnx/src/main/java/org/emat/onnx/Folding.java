package org.emat.onnx;

import java.util.stream.DoubleStream;
import org.emat.network.InputException;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;

/** Scales and shifts taken into the weights and biases of a layer. */
final class Folding {
    private Folding() {}

    /**
     * A layer followed by a scale and shift.
     *
     * @param affine one entry per channel, or for a dense layer per word in the order of planes
     */
    static Layer after(Node node, Layer layer, Affine affine) {
        LayerGeometry geometry = layer.geometry();
        double[] weights = layer.weights().clone();
        double[] bias = layer.bias().clone();
        int pixels = geometry.output().pixels();
        int words = geometry.output().words();
        boolean dense = geometry.operator() == Operator.DENSE;
        for (int scale = 0; scale < bias.length; scale++) {
            int channel = scale % geometry.output().channels();
            int word = channel * pixels + (dense ? scale / geometry.output().channels() : 0);
            bias[scale] = bias[scale] * affine.scaleAt(word, words) + affine.shiftAt(word, words);
        }
        int perOutput = geometry.groupInputs();
        int perKernel = geometry.output().channels() * perOutput;
        for (int i = 0; i < weights.length; i++) {
            int channel = i % perKernel / perOutput;
            int pixel = dense ? i / perKernel / geometry.input().pixels() : 0;
            weights[i] *= affine.scaleAt(channel * pixels + pixel, words);
        }
        return finite(node, new Layer(layer.name(), geometry, weights, bias, layer.activation()));
    }

    /** A layer preceded by a scale and shift; refuses what changes at borders. */
    static Layer before(Node node, Node scaled, Layer layer, Affine affine) {
        LayerGeometry geometry = layer.geometry();
        boolean dense = geometry.operator() == Operator.DENSE;
        Affine folded = dense
                ? affine
                : affine.perChannel(geometry.input())
                        .orElseThrow(
                                () -> scaled.refuse("its values differ between the pixels of a channel and cannot be"
                                        + " folded into node '" + node.name() + "' (" + node.operator() + ")"));
        if (!dense && !folded.isScale() && !seesWholeKernel(geometry)) {
            throw scaled.refuse("it comes before node '" + node.name() + "' (" + node.operator()
                    + ") and has a nonzero shift, which cannot be folded exactly where the kernel meets padding or"
                    + " inserted zeros; put it after that node, or use no padding");
        }
        double[] weights = layer.weights().clone();
        double[] bias = layer.bias().clone();
        int inputs = geometry.groupInputs();
        int outputs = geometry.output().channels();
        int words = geometry.input().words();
        int pixels = geometry.input().pixels();
        for (int i = 0; i < weights.length; i++) {
            int output = i / inputs % outputs;
            int kernel = i / inputs / outputs;
            int channel = output / geometry.groupOutputs() * inputs + i % inputs;
            int word = channel * pixels + (dense ? kernel % pixels : 0);
            bias[geometry.scaleIndex(dense ? kernel / pixels : 0, output)] += weights[i] * folded.shiftAt(word, words);
            weights[i] *= folded.scaleAt(word, words);
        }
        return finite(scaled, new Layer(layer.name(), geometry, weights, bias, layer.activation()));
    }

    /** Whether every output pixel takes every kernel tap from a real input pixel. */
    private static boolean seesWholeKernel(LayerGeometry geometry) {
        boolean cropped = geometry.operator() == Operator.TRANSPOSED_CONVOLUTION;
        return java.util.stream.Stream.of(geometry.vertical(), geometry.horizontal())
                .allMatch(axis -> cropped
                        ? axis.kernel() == 1 && axis.stride() == 1 && axis.outputPadding() == 0
                        : axis.padBegin() == 0 && axis.padEnd() == 0);
    }

    private static Layer finite(Node node, Layer layer) {
        boolean finite = DoubleStream.concat(DoubleStream.of(layer.weights()), DoubleStream.of(layer.bias()))
                .allMatch(Double::isFinite);
        if (!finite) {
            InputException refusal = node.refuse(
                    "folding it into layer '" + layer.name() + "' gives weights beyond the range of numbers");
            throw refusal;
        }
        return layer;
    }
}
