package org.emat.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.emat.network.InputException;
import org.emat.network.Network;

/**
 * Reads an ONNX file as a chain of linear layers in real numbers.
 *
 * <p>Batch normalisation and constant additions are folded into the layers, reshapes disappear into the order of the
 * weights. Whatever cannot be computed exactly is refused with an {@link InputException} of one sentence that names file,
 * node, operator, attribute and value, and what is supported.
 */
public final class OnnxImport {
    private static final Set<String> INTEGER_OPERATORS = Set.of(
            "Conv",
            "ConvTranspose",
            "Gemm",
            "MatMul",
            "Add",
            "Relu",
            "Clip",
            "Flatten",
            "Reshape",
            "Squeeze",
            "Unsqueeze",
            "Identity",
            "Dropout");

    private final ImportOptions options;

    /** An import with what the configuration gives. */
    public OnnxImport(ImportOptions options) {
        this.options = options;
    }

    /** The network of a file; refuses in one sentence what cannot be used. */
    public OnnxModel read(Path path) {
        OnnxGraph graph = OnnxGraph.read(path);
        View view = input(graph);
        Chain chain = new Chain(view);
        String value = graph.input().getName();
        Set<String> seen = new HashSet<>();
        while (!value.equals(graph.output().getName())) {
            if (!seen.add(value)) {
                throw new InputException(graph.file() + ": the graph runs in a circle through '" + value + "'.");
            }
            Node node = graph.consumer(value);
            step(graph, node, chain, value);
            value = node.output();
        }
        graph.refuseConsumer(value);
        chain.end();
        if (chain.layers().isEmpty()) {
            throw new InputException(
                    graph.file() + " holds no layer with weights (Conv, ConvTranspose, Gemm, MatMul).");
        }
        return new OnnxModel(
                new Network(graph.name(), chain.layers()),
                port(graph.input().getName(), view),
                port(graph.output().getName(), chain.view()));
    }

    private void step(OnnxGraph graph, Node node, Chain chain, String value) {
        if (options.arithmetic() == ImportOptions.Arithmetic.INTEGER && !INTEGER_OPERATORS.contains(node.operator())) {
            throw node.refuse(
                    "integer mode computes Conv, ConvTranspose, Gemm, MatMul, Add of a bias, Relu, whole-number"
                            + " Clip and reshapes only");
        }
        Constants constants = graph.constants();
        switch (node.operator()) {
            case "Conv", "ConvTranspose" -> new ConvolutionReader(constants).read(data(node, value), chain);
            case "Gemm", "MatMul" -> new DenseReader(constants).read(node, chain, value);
            case "Add" -> new ScaleReader(constants).add(node, chain, value);
            case "BatchNormalization" -> new ScaleReader(constants).normalise(data(node, value), chain);
            case "Relu", "LeakyRelu", "PRelu", "Tanh", "Sigmoid", "Clip" ->
                new ActivationReader(constants).read(data(node, value), chain);
            default -> {
                if (!ShapeReader.reads(node.operator())) {
                    throw node.refuse(
                            "the operator is not supported; supported are Conv, ConvTranspose, Gemm, MatMul, Add"
                                    + " of a bias, BatchNormalization, Relu, LeakyRelu, PRelu, Tanh, Sigmoid, Clip, Flatten,"
                                    + " Reshape, Squeeze, Unsqueeze, Identity, Dropout and Constant");
                }
                chain.view(new ShapeReader(constants).reshape(data(node, value), chain.view()));
            }
        }
    }

    /** A node whose data is its first input; refuses data elsewhere. */
    private static Node data(Node node, String value) {
        if (!node.input(0).equals(value)) {
            throw node.refuse(
                    "it takes the data '" + value + "' as another than its first input, which is not supported");
        }
        return node;
    }

    private View input(OnnxGraph graph) {
        ValueInfoProto info = graph.input();
        String what = graph.file() + ": input '" + info.getName() + "' ";
        if (!info.getType().hasTensorType() || !info.getType().getTensorType().hasShape()) {
            throw new InputException(what + "has no shape; a shape of N x F, N x C x W or N x C x H x W is needed.");
        }
        List<Dimension> dims = info.getType().getTensorType().getShape().getDimList();
        if (dims.size() < 2) {
            throw new InputException(what + "has " + dims.size()
                    + " axes; the batch and at least one more (N x F, N x C x W or N x C x H x W) are needed.");
        }
        boolean unused = (dims.size() < 3 && options.width().isPresent())
                || (dims.size() != 4 && options.height().isPresent());
        if (unused) {
            throw new InputException(
                    what + "has " + dims.size() + " axes; height applies to N x C x H x W and width also to"
                            + " N x C x W, but the configuration sets one.");
        }
        int batchAxis = graph.isBatchLast() && dims.size() == 2 ? 1 : 0;
        List<Long> axes = new ArrayList<>();
        for (int i = 0; i < dims.size(); i++) {
            if (i != batchAxis) {
                axes.add(size(what, dims, i));
            }
        }
        if (View.product(axes) > Limits.WORDS) {
            throw new InputException(
                    what + "has frames of shape " + axes + "; up to " + Limits.WORDS + " words are supported.");
        }
        return new View(axes, batchAxis, Math.max(0, dims.get(batchAxis).getDimValue()));
    }

    private long size(String what, List<Dimension> dims, int index) {
        Dimension dim = dims.get(index);
        boolean column = dims.size() >= 3 && index == dims.size() - 1;
        boolean row = dims.size() == 4 && index == 2;
        String name = row ? "height" : column ? "width" : "axis " + index;
        OptionalInt configured = row ? options.height() : column ? options.width() : OptionalInt.empty();
        if (dim.hasDimValue()) {
            long size = dim.getDimValue();
            if (size < 1 || size > Limits.AXIS) {
                throw new InputException(what + "has size " + size + " on " + name + "; sizes from 1 to " + Limits.AXIS
                        + " are supported.");
            }
            if (configured.isPresent() && configured.getAsInt() != size) {
                throw new InputException(what + "has a " + name + " of " + size + ", but the configuration sets "
                        + configured.getAsInt() + ".");
            }
            return size;
        }
        if (configured.isEmpty()) {
            String hint = row || column
                    ? "set " + name + " in the configuration"
                    : "only N, height and width may be symbolic";
            throw new InputException(what + "has a symbolic " + name
                    + (dim.getDimParam().isEmpty() ? "" : " ('" + dim.getDimParam() + "')") + "; " + hint + ".");
        }
        if (configured.getAsInt() < 1 || configured.getAsInt() > Limits.AXIS) {
            throw new InputException(what + "needs a " + name + " from 1 to " + Limits.AXIS
                    + ", but the configuration sets " + configured.getAsInt() + ".");
        }
        return configured.getAsInt();
    }

    private static Port port(String name, View view) {
        boolean single =
                view.batchAxis() < 0 && !view.axes().isEmpty() && view.axes().get(0) == 1;
        List<Long> axes = single ? view.axes().subList(1, view.rank()) : view.axes();
        return new Port(name, axes.stream().map(Math::toIntExact).toList(), Math.max(0, view.batchAxis()));
    }
}
