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
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Writes ONNX files for tests: a chain grows at the value {@link #last}. */
public final class OnnxBuilder {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("drawn");
    private final long opset;
    private int count;
    private String last;

    public OnnxBuilder(long opset) {
        this.opset = opset;
    }

    /** An input; −1 is a symbolic size. */
    public OnnxBuilder input(String name, long... dims) {
        graph.addInput(info(name, dims));
        last = name;
        return this;
    }

    /** The value that the chain ends with. */
    public String last() {
        return last;
    }

    /** Continues the chain from another value. */
    public OnnxBuilder from(String value) {
        last = value;
        return this;
    }

    /** A node that takes the last value first and then others; attributes are pairs of name and value. */
    public OnnxBuilder node(String operator, List<String> others, Object... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(operator + count);
        node.addInput(last).addAllInput(others);
        return add(node, attributes);
    }

    /** A node with the given inputs. */
    public OnnxBuilder nodeOf(String operator, List<String> inputs, Object... attributes) {
        return add(
                NodeProto.newBuilder()
                        .setOpType(operator)
                        .setName(operator + count)
                        .addAllInput(inputs),
                attributes);
    }

    private OnnxBuilder add(NodeProto.Builder node, Object... attributes) {
        last = "v" + count++;
        node.addOutput(last);
        for (int i = 0; i < attributes.length; i += 2) {
            node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
        }
        graph.addNode(node);
        return this;
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long whole) {
            attribute.setType(AttributeType.INT).setI(whole);
        } else if (value instanceof Integer whole) {
            attribute.setType(AttributeType.INT).setI(whole);
        } else if (value instanceof Float real) {
            attribute.setType(AttributeType.FLOAT).setF(real);
        } else if (value instanceof String text) {
            attribute.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
        } else if (value instanceof TensorProto tensor) {
            attribute.setType(AttributeType.TENSOR).setT(tensor);
        } else {
            attribute.setType(AttributeType.INTS);
            for (long entry : (long[]) value) {
                attribute.addInts(entry);
            }
        }
        return attribute.build();
    }

    /** A float initialiser stored as raw bytes; returns its name. */
    public String constant(String name, float[] values, long... dims) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        TensorProto.Builder tensor = tensor(name, DataType.FLOAT, dims);
        graph.addInitializer(tensor.setRawData(ByteString.copyFrom(bytes.array())));
        return name;
    }

    /** A 64-bit integer initialiser in its typed field; returns its name. */
    public String constant(String name, long[] values, long... dims) {
        graph.addInitializer(whole(name, values, dims));
        return name;
    }

    /** A tensor of 64-bit integers. */
    public static TensorProto whole(String name, long[] values, long... dims) {
        TensorProto.Builder tensor = tensor(name, DataType.INT64, dims);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return tensor.build();
    }

    /** An empty tensor of a type. */
    public static TensorProto.Builder tensor(String name, DataType type, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        return tensor;
    }

    /** Changes the graph directly. */
    public OnnxBuilder edit(Consumer<GraphProto.Builder> change) {
        change.accept(graph);
        return this;
    }

    /** The model, the last value its output. */
    public ModelProto model() {
        GraphProto.Builder finished = graph.clone();
        if (finished.getOutputCount() == 0) {
            finished.addOutput(ValueInfoProto.newBuilder()
                    .setName(last)
                    .setType(TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()))));
        }
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(finished)
                .build();
    }

    /** Writes the model to a file. */
    public Path write(Path file) {
        try {
            return Files.write(file, model().toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ValueInfoProto info(String name, long... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int i = 0; i < dims.length; i++) {
            Dimension.Builder dim = Dimension.newBuilder();
            shape.addDim(dims[i] < 0 ? dim.setDimParam("axis" + i) : dim.setDimValue(dims[i]));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }
}
