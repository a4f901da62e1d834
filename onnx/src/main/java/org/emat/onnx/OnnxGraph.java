package org.emat.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emat.network.InputException;

/**
 * The graph of one file: who takes each value, its constants, its one input and its one output.
 *
 * @param file the file, as refusals name it
 * @param name name of the network
 * @param consumers nodes that take a value, by its name; nodes that compute from constants only are left out
 * @param constants the constants
 * @param input the input
 * @param output the output
 */
record OnnxGraph(
        String file,
        String name,
        Map<String, List<Node>> consumers,
        Constants constants,
        ValueInfoProto input,
        ValueInfoProto output) {

    /** Oldest operator set that is supported. */
    private static final long OLDEST = 6;

    /** The graph of a file; refuses what is not an ONNX model of one input and one output. */
    static OnnxGraph read(Path path) {
        String file = "'" + path + "'";
        ModelProto model = parse(path, file);
        GraphProto graph = model.getGraph();
        long opset = opset(file, model);
        Constants constants = new Constants(file, graph);
        Map<String, List<Node>> consumers = new HashMap<>();
        Set<String> produced = new HashSet<>();
        for (NodeProto proto : graph.getNodeList()) {
            Node node = new Node(file, opset, proto);
            if (!proto.getDomain().isEmpty() && !proto.getDomain().equals("ai.onnx")) {
                throw node.refuse("operators of domain '" + proto.getDomain()
                        + "' are not supported; those of the standard ONNX domain are");
            }
            if (node.output().isEmpty()) {
                throw node.refuse("it has no output");
            }
            for (String output : proto.getOutputList()) {
                if (!output.isEmpty() && (!produced.add(output) || constants.has(output))) {
                    throw node.refuse("its output '" + output + "' is already the output of something else");
                }
            }
            if (!constants.evaluate(node)) {
                node.inputs().stream()
                        .filter(input -> !input.isEmpty())
                        .distinct()
                        .forEach(input -> consumers
                                .computeIfAbsent(input, key -> new ArrayList<>())
                                .add(node));
            }
        }
        String name = graph.getName().isEmpty() ? path.getFileName().toString() : graph.getName();
        return new OnnxGraph(file, name, consumers, constants, input(file, graph, constants), output(file, graph));
    }

    /** The only node that takes a value; refuses none and several. */
    Node consumer(String value) {
        List<Node> found = consumers.getOrDefault(value, List.of());
        if (found.isEmpty()) {
            throw new InputException(file + ": the value '" + value + "' leads to no node, so output '"
                    + output.getName() + "' does not depend on input '" + input.getName() + "'.");
        }
        if (found.size() > 1) {
            throw found.get(1)
                    .refuse("it takes '" + value + "' as node '" + found.get(0).name()
                            + "' does; branches are not supported, only chains of layers");
        }
        return found.get(0);
    }

    /** Refuses a node that takes the output further. */
    void refuseConsumer(String value) {
        if (consumers.containsKey(value)) {
            throw consumers
                    .get(value)
                    .get(0)
                    .refuse("it takes '" + value + "', which is an output; branches are not supported, only chains of"
                            + " layers");
        }
    }

    /** Whether the input is a matrix with the frames in its columns, as Gemm with transA = 1 takes it. */
    boolean isBatchLast() {
        return consumers.getOrDefault(input.getName(), List.of()).stream()
                .anyMatch(node -> node.operator().equals("Gemm")
                        && node.input(0).equals(input.getName())
                        && node.whole("transA", 0) == 1);
    }

    private static ModelProto parse(Path path, String file) {
        try {
            if (Files.isDirectory(path)) {
                throw new InputException(file + " is a folder; an ONNX file is needed.");
            }
            long size = Files.size(path);
            if (size == 0) {
                throw new InputException(file + " is empty; an ONNX file is needed.");
            }
            if (size > Integer.MAX_VALUE - 64) {
                throw new InputException(file + " has " + size + " bytes; ONNX files of up to 2 GiB are supported.");
            }
            ModelProto model = ModelProto.parseFrom(Files.readAllBytes(path));
            if (!model.hasGraph()) {
                throw new InputException(file + " is not an ONNX model: it holds no graph.");
            }
            return model;
        } catch (InvalidProtocolBufferException e) {
            throw new InputException(
                    file + " is not an ONNX model, or it is cut short: " + firstSentence(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new InputException(file + " does not exist.", e);
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static String firstSentence(String message) {
        String line = message == null ? "unreadable." : message.strip().replaceAll("\\s+", " ");
        int end = line.indexOf(". ");
        return end < 0 ? line : line.substring(0, end + 1);
    }

    private static long opset(String file, ModelProto model) {
        long opset = model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .findFirst()
                .orElseThrow(() ->
                        new InputException(file + " names no version of the standard ONNX operators (opset_import)."));
        if (opset < OLDEST) {
            throw new InputException(
                    file + " uses ONNX operator set " + opset + "; sets from " + OLDEST + " on are supported.");
        }
        return opset;
    }

    private static ValueInfoProto input(String file, GraphProto graph, Constants constants) {
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(info -> !constants.has(info.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw new InputException(
                    file + " has " + inputs.size() + " inputs" + names(inputs) + "; exactly one is supported.");
        }
        return inputs.get(0);
    }

    private static ValueInfoProto output(String file, GraphProto graph) {
        if (graph.getOutputCount() != 1) {
            throw new InputException(file + " has " + graph.getOutputCount() + " outputs" + names(graph.getOutputList())
                    + "; exactly one is supported.");
        }
        return graph.getOutput(0);
    }

    private static String names(List<ValueInfoProto> infos) {
        return infos.isEmpty()
                ? ""
                : infos.stream()
                        .limit(4)
                        .map(info -> "'" + info.getName() + "'")
                        .toList()
                        .toString()
                        .replace("[", " (")
                        .replace(']', ')');
    }
}
