package org.emat.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.emat.network.InputException;

/** The constants of a graph: initialisers, Constant nodes, and other shapes and names for them. */
final class Constants {
    private final TensorReader reader;
    private final Map<String, TensorProto> stored = new HashMap<>();
    private final Map<String, Tensor> read = new HashMap<>();

    /** The initialisers of a graph; each is read when it is asked for. */
    Constants(String file, GraphProto graph) {
        reader = new TensorReader(file);
        if (graph.getSparseInitializerCount() > 0) {
            throw new InputException(file + ": sparse initialisers are not supported, dense ones are.");
        }
        for (TensorProto proto : graph.getInitializerList()) {
            if (stored.put(proto.getName(), proto) != null) {
                throw new InputException(file + ": two initialisers have the name '" + proto.getName() + "'.");
            }
        }
    }

    /** Whether a name stands for a constant. */
    boolean has(String name) {
        return stored.containsKey(name) || read.containsKey(name);
    }

    /** The constant of a name. */
    Optional<Tensor> find(String name) {
        return has(name)
                ? Optional.of(read.computeIfAbsent(name, key -> reader.read(key, stored.get(key))))
                : Optional.empty();
    }

    /** The constant that a node needs as input; refuses computed values. */
    Tensor need(Node node, int input, String what) {
        return find(node.input(input)).orElseThrow(() -> {
            String found = node.input(input).isEmpty() ? "is missing" : "('" + node.input(input) + "') is computed";
            return node.refuse("its " + what + " " + found + "; a constant of the file is needed");
        });
    }

    /** The constant that a node needs as input, all its values finite and their number at least one. */
    Tensor needFinite(Node node, int input, String what) {
        Tensor tensor = need(node, input, what);
        if (tensor.values().length == 0) {
            throw node.refuse("its " + what + " has shape " + tensor.shape() + " and so no value");
        }
        double bad = tensor.firstUnfinite();
        if (bad != 0) {
            throw node.refuse(
                    "its " + what + " ('" + tensor.name() + "') contains " + bad + "; finite numbers are needed");
        }
        return tensor;
    }

    /** Evaluates a node whose inputs are all constant; returns false for other nodes. */
    boolean evaluate(Node node) {
        boolean constant = node.operator().equals("Constant");
        boolean reshape = ShapeReader.reads(node.operator())
                && node.inputs().stream().allMatch(input -> input.isEmpty() || has(input))
                && has(node.input(0));
        if (constant) {
            read.put(node.output(), constant(node));
        } else if (reshape) {
            Tensor from = need(node, 0, "data");
            View view = new ShapeReader(this).reshape(node, View.whole(from.dims()));
            read.put(node.output(), from.reshaped(node.output(), view.dims()));
        }
        return constant || reshape;
    }

    private Tensor constant(Node node) {
        if (node.proto().getAttributeCount() != 1) {
            throw node.refuse("it has " + node.proto().getAttributeCount() + " attributes; exactly one is needed");
        }
        AttributeProto attribute = node.proto().getAttribute(0);
        String name = node.output();
        return switch (attribute.getName()) {
            case "value" -> reader.read(name, attribute.getT());
            case "value_float" -> new Tensor(name, new long[0], new double[] {attribute.getF()});
            case "value_int" -> new Tensor(name, new long[0], new double[] {attribute.getI()});
            case "value_floats" ->
                list(
                        name,
                        attribute.getFloatsList().stream()
                                .mapToDouble(Float::doubleValue)
                                .toArray());
            case "value_ints" ->
                list(
                        name,
                        attribute.getIntsList().stream()
                                .mapToDouble(Long::doubleValue)
                                .toArray());
            default ->
                throw node.refuse("attribute " + attribute.getName()
                        + " is not supported; supported are value, value_float, value_floats, value_int, value_ints");
        };
    }

    private static Tensor list(String name, double[] values) {
        return new Tensor(name, new long[] {values.length}, values);
    }
}
