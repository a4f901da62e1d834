package org.emat.onnx;

import org.emat.network.Activation;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.TensorShape;

/** Brings the weights of dense layers to the order of {@link LayerGeometry}. */
final class DenseWeights {
    private DenseWeights() {}

    /**
     * Weights of a dense layer.
     *
     * @param geometry a dense layer whose output is one pixel
     * @param matrix input words in the order of planes × output words
     */
    static double[] order(LayerGeometry geometry, double[] matrix) {
        TensorShape input = geometry.input();
        int outputs = geometry.output().channels();
        double[] weights = new double[matrix.length];
        for (int word = 0; word < input.words(); word++) {
            int channel = word / input.pixels();
            int pixel = word % input.pixels();
            for (int output = 0; output < outputs; output++) {
                weights[geometry.weightIndex(pixel, output, channel)] = matrix[word * outputs + output];
            }
        }
        return weights;
    }

    /** A dense layer whose output words, until now the channels of one pixel, become planes. */
    static Layer spread(Node node, Layer layer, TensorShape planes) {
        LayerGeometry from = layer.geometry();
        LayerGeometry to = LayerGeometry.dense(from.input(), planes);
        double[] weights = new double[layer.weights().length];
        double[] bias = new double[layer.bias().length];
        TensorShape before = from.output();
        for (int word = 0; word < planes.words(); word++) {
            int oldPixel = word % before.pixels();
            int oldChannel = word / before.pixels();
            int pixel = word % planes.pixels();
            int channel = word / planes.pixels();
            bias[to.scaleIndex(pixel, channel)] = layer.bias()[from.scaleIndex(oldPixel, oldChannel)];
            for (int in = 0; in < from.input().pixels(); in++) {
                System.arraycopy(
                        layer.weights(),
                        from.weightIndex(oldPixel * from.input().pixels() + in, oldChannel, 0),
                        weights,
                        to.weightIndex(pixel * from.input().pixels() + in, channel, 0),
                        from.groupInputs());
            }
        }
        return new Layer(layer.name(), to, weights, bias, spread(node, layer, planes.channels()));
    }

    private static Activation spread(Node node, Layer layer, int channels) {
        if (!(layer.activation() instanceof Activation.Slope slope) || slope.slopes().length == 1) {
            return layer.activation();
        }
        Affine slopes = new Affine(slope.slopes(), new double[slope.slopes().length]);
        TensorShape planes =
                new TensorShape(channels, 1, layer.geometry().output().words() / channels);
        if (slope.slopes().length != layer.geometry().output().channels()) {
            throw new IllegalArgumentException("one slope per channel is needed");
        }
        return slopes.perChannel(planes)
                .<Activation>map(perChannel -> new Activation.Slope(perChannel.scale()))
                .orElseThrow(() -> node.refuse("the slopes of layer '" + layer.name()
                        + "' differ between pixels of a channel after the words were reshaped; one slope per channel is"
                        + " supported"));
    }
}
