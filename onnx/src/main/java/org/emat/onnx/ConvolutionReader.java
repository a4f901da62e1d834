package org.emat.onnx;

import java.util.Arrays;
import java.util.List;
import org.emat.network.Activation;
import org.emat.network.Axis;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;

/** Reads Conv and ConvTranspose over one or two spatial axes. */
final class ConvolutionReader {
    private final Constants constants;

    ConvolutionReader(Constants constants) {
        this.constants = constants;
    }

    /** Adds the layer of a node to the chain. */
    void read(Node node, Chain chain) {
        boolean transposed = node.operator().equals("ConvTranspose");
        Operator operator = transposed ? Operator.TRANSPOSED_CONVOLUTION : Operator.CONVOLUTION;
        allow(node, transposed);
        TensorShape input = chain.planes(node);
        int spatial = chain.view().rank() - 1;
        Tensor weights = weights(node, spatial, chain.view());
        long groups = node.whole("group", 1);
        int channels = channels(node, transposed, input, weights, groups);
        LayerGeometry geometry =
                geometry(node, operator, input, channels, kernel(weights, spatial), Math.toIntExact(groups));
        double[] values = transposed ? transposed(geometry, weights) : convolution(geometry, weights);
        Layer layer = new Layer(node.name(), geometry, values, bias(node, channels), new Activation.None());
        Affine before = chain.takeWaiting();
        if (before != null) {
            layer = Folding.before(node, chain.waitingNode(), layer, before);
        }
        chain.append(layer, chain.view().batched(axes(geometry.output(), spatial)));
    }

    private static void allow(Node node, boolean transposed) {
        if (transposed) {
            node.allow(
                    "auto_pad",
                    "dilations",
                    "group",
                    "kernel_shape",
                    "output_padding",
                    "output_shape",
                    "pads",
                    "strides");
        } else {
            node.allow("auto_pad", "dilations", "group", "kernel_shape", "pads", "strides");
        }
    }

    private Tensor weights(Node node, int spatial, View view) {
        Tensor weights = constants.needFinite(node, 1, "weights");
        if (weights.rank() != spatial + 2) {
            throw node.refuse("its weights have shape " + weights.shape() + ", but its input has shape " + view + "; "
                    + (spatial + 2) + " axes are needed");
        }
        return weights;
    }

    private static long[] kernel(Tensor weights, int spatial) {
        return Arrays.copyOfRange(weights.dims(), 2, 2 + spatial);
    }

    private static int channels(Node node, boolean transposed, TensorShape input, Tensor weights, long groups) {
        long inputs = transposed ? weights.dim(0) : weights.dim(1) * groups;
        long outputs = transposed ? weights.dim(1) * groups : weights.dim(0);
        if (groups < 1 || groups > input.channels() || input.channels() % groups != 0 || outputs % groups != 0) {
            throw node.refuse("attribute group is " + groups + "; a divisor of the " + input.channels()
                    + " input channels and the " + outputs + " output channels is needed");
        }
        if (inputs != input.channels()) {
            throw node.refuse("its weights have shape " + weights.shape() + " for " + inputs
                    + " input channels, but its input has " + input.channels());
        }
        if (outputs > Limits.AXIS) {
            throw node.refuse("it has " + outputs + " output channels; up to " + Limits.AXIS + " are supported");
        }
        return (int) outputs;
    }

    private static LayerGeometry geometry(
            Node node, Operator operator, TensorShape input, int channels, long[] kernel, int groups) {
        AxisReader axes = new AxisReader(node, operator, kernel);
        int last = kernel.length - 1;
        Axis vertical = kernel.length == 1 ? Axis.single() : axes.read(0, input.height());
        Axis horizontal = axes.read(last, input.width());
        boolean transposed = operator == Operator.TRANSPOSED_CONVOLUTION;
        long height = transposed ? vertical.transposed(input.height()) : vertical.convolved(input.height());
        long width = transposed ? horizontal.transposed(input.width()) : horizontal.convolved(input.width());
        if (View.product(List.of((long) channels, height, width)) > Limits.WORDS) {
            throw node.refuse("its output has " + channels + "x" + height + "x" + width + " words; up to "
                    + Limits.WORDS + " are supported");
        }
        return LayerGeometry.of(operator, input, channels, vertical, horizontal, groups);
    }

    private double[] bias(Node node, int channels) {
        if (node.input(2).isEmpty()) {
            return new double[channels];
        }
        Tensor bias = constants.needFinite(node, 2, "bias");
        if (bias.rank() != 1 || bias.values().length != channels) {
            throw node.refuse("its bias has shape " + bias.shape() + "; [" + channels + "] is needed");
        }
        return bias.values().clone();
    }

    /** From output channels × input channels of a group × kernel. */
    private static double[] convolution(LayerGeometry geometry, Tensor weights) {
        double[] result = new double[geometry.weightCount()];
        int from = 0;
        for (int output = 0; output < geometry.output().channels(); output++) {
            for (int input = 0; input < geometry.groupInputs(); input++) {
                for (int kernel = 0; kernel < geometry.kernelSize(); kernel++) {
                    result[geometry.weightIndex(kernel, output, input)] = weights.values()[from++];
                }
            }
        }
        return result;
    }

    /** From input channels × output channels of a group × kernel. */
    private static double[] transposed(LayerGeometry geometry, Tensor weights) {
        double[] result = new double[geometry.weightCount()];
        int from = 0;
        for (int input = 0; input < geometry.input().channels(); input++) {
            int group = input / geometry.groupInputs();
            for (int output = 0; output < geometry.groupOutputs(); output++) {
                for (int kernel = 0; kernel < geometry.kernelSize(); kernel++) {
                    int channel = group * geometry.groupOutputs() + output;
                    result[geometry.weightIndex(kernel, channel, input % geometry.groupInputs())] =
                            weights.values()[from++];
                }
            }
        }
        return result;
    }

    private static List<Long> axes(TensorShape shape, int spatial) {
        return spatial == 1
                ? List.of((long) shape.channels(), (long) shape.width())
                : List.of((long) shape.channels(), (long) shape.height(), (long) shape.width());
    }
}
