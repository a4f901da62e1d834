package org.emat.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.emat.network.Activation;
import org.emat.network.Axis;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.Network;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.network.WeightOrder;

/** Writes a network as an ONNX model in single precision, its frames N × C × H × W. */
public final class OnnxExport {
    private static final long OPERATOR_SET = 13;
    private static final long FORMAT = 7; // of the file, as old as the operator set

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final String input;
    private String last;

    private OnnxExport(String input) {
        this.input = input;
        last = input;
    }

    /**
     * The bytes of an ONNX file.
     *
     * @param input name of the input
     * @param output name of the output
     */
    public static byte[] bytes(Network network, String input, String output) {
        OnnxExport export = new OnnxExport(input);
        network.layers().forEach(export::layer);
        export.node("Identity", output);
        return export.model(network, output).toByteArray();
    }

    private ModelProto model(Network network, String output) {
        graph.setName(network.name())
                .addInput(frames(input, network.input()))
                .addOutput(frames(output, network.output()));
        return ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("emat")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build();
    }

    private static ValueInfoProto frames(String name, TensorShape shape) {
        TensorShapeProto.Builder sizes =
                TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("N"));
        for (long size : sizes(shape)) {
            sizes.addDim(Dimension.newBuilder().setDimValue(size));
        }
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder()
                .setElemType(DataType.FLOAT.getNumber())
                .setShape(sizes);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static long[] sizes(TensorShape shape) {
        return new long[] {shape.channels(), shape.height(), shape.width()};
    }

    private void layer(Layer layer) {
        LayerGeometry geometry = layer.geometry();
        String name = "layer" + graph.getNodeCount();
        long[] shape = Arrays.stream(WeightOrder.shape(geometry)).asLongStream().toArray();
        String weights = constant(name + ".weight", WeightOrder.toOnnx(geometry, layer.weights()), shape);
        if (geometry.operator() == Operator.DENSE) {
            double[] planes = WeightOrder.toPlanes(geometry.output(), layer.bias());
            node("Flatten", name + ".flat");
            NodeProto.Builder sums =
                    node("Gemm", name + ".sums", weights, constant(name + ".bias", planes, planes.length));
            attributes(sums.setName(unique(layer.name())), whole("transB", 1));
            long[] frame = LongStream.concat(LongStream.of(0), Arrays.stream(sizes(geometry.output())))
                    .toArray(); // 0 keeps the number of frames
            node("Reshape", name + ".frame", constant(name + ".shape", frame));
        } else {
            String bias = constant(name + ".bias", layer.bias(), layer.bias().length);
            boolean transposed = geometry.operator() == Operator.TRANSPOSED_CONVOLUTION;
            NodeProto.Builder node = node(transposed ? "ConvTranspose" : "Conv", name + ".sums", weights, bias);
            convolution(node.setName(unique(layer.name())), geometry, transposed);
        }
        activation(name, layer.activation());
    }

    /** Two nodes must not share a name; those besides the layers have none. */
    private String unique(String name) {
        return graph.getNodeList().stream().anyMatch(node -> node.getName().equals(name))
                ? name + " " + graph.getNodeCount()
                : name;
    }

    private static void convolution(NodeProto.Builder node, LayerGeometry layer, boolean transposed) {
        Axis down = layer.vertical();
        Axis across = layer.horizontal();
        attributes(
                node,
                whole("kernel_shape", down.kernel(), across.kernel()),
                whole("strides", down.stride(), across.stride()),
                whole("dilations", down.dilation(), across.dilation()),
                whole("pads", down.padBegin(), across.padBegin(), down.padEnd(), across.padEnd()),
                whole("group", layer.groups()));
        if (transposed) {
            attributes(node, whole("output_padding", down.outputPadding(), across.outputPadding()));
        }
    }

    private void activation(String name, Activation activation) {
        if (activation instanceof Activation.Clip clip) {
            clip(name, clip);
        } else if (activation instanceof Activation.Slope slope && slope.slopes().length == 1) {
            AttributeProto alpha = AttributeProto.newBuilder()
                    .setName("alpha")
                    .setType(AttributeType.FLOAT)
                    .setF((float) slope.slopes()[0])
                    .build();
            attributes(node("LeakyRelu", name), alpha);
        } else if (activation instanceof Activation.Slope slope) {
            node("PRelu", name, constant(name + ".slope", slope.slopes(), slope.slopes().length, 1, 1));
        } else if (activation instanceof Activation.Tanh) {
            node("Tanh", name);
        } else if (activation instanceof Activation.Sigmoid) {
            node("Sigmoid", name);
        }
    }

    private void clip(String name, Activation.Clip clip) {
        if (clip.equals(Activation.relu())) {
            node("Relu", name);
            return;
        }
        String low = constant(name + ".low", new double[] {clip.low()});
        String high = constant(name + ".high", new double[] {clip.high()});
        node("Clip", name, low, high);
    }

    /** A node that takes the last value first, and whose output is then the last one. */
    private NodeProto.Builder node(String operator, String output, String... others) {
        NodeProto.Builder node = graph.addNodeBuilder()
                .setOpType(operator)
                .addInput(last)
                .addAllInput(Arrays.asList(others))
                .addOutput(output);
        last = output;
        return node;
    }

    private static void attributes(NodeProto.Builder node, AttributeProto... attributes) {
        node.addAllAttribute(Arrays.asList(attributes));
    }

    private static AttributeProto whole(String name, long number) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(number)
                .build();
    }

    private static AttributeProto whole(String name, int... numbers) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        Arrays.stream(numbers).forEach(attribute::addInts);
        return attribute.build();
    }

    private String constant(String name, double[] values, long... shape) {
        TensorProto.Builder tensor =
                graph.addInitializerBuilder().setName(name).setDataType(DataType.FLOAT.getNumber());
        Arrays.stream(shape).forEach(tensor::addDims);
        Arrays.stream(values).forEach(value -> tensor.addFloatData((float) value));
        return name;
    }

    private String constant(String name, long[] values) {
        TensorProto.Builder tensor =
                graph.addInitializerBuilder().setName(name).setDataType(DataType.INT64.getNumber());
        tensor.addDims(values.length);
        Arrays.stream(values).forEach(tensor::addInt64Data);
        return name;
    }
}
