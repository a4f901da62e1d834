package org.emat.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.emat.network.InputException;

/**
 * One node of the graph.
 *
 * @param file the file, as refusals name it
 * @param opset version of the ONNX operators
 * @param proto the node as stored
 */
record Node(String file, long opset, NodeProto proto) {

    /** Name of the operator. */
    String operator() {
        return proto.getOpType();
    }

    /** Name of the node, or of its first output when it has none. */
    String name() {
        return proto.getName().isEmpty() ? output() : proto.getName();
    }

    /** Name of the first output. */
    String output() {
        return proto.getOutputCount() == 0 ? "" : proto.getOutput(0);
    }

    /** Name of an input, empty when it is left out. */
    String input(int index) {
        return index < proto.getInputCount() ? proto.getInput(index) : "";
    }

    /** Names of all inputs. */
    List<String> inputs() {
        return proto.getInputList();
    }

    /** A refusal of this node, in one sentence. */
    InputException refuse(String what) {
        return new InputException(file + ": node '" + name() + "' (" + operator() + "): " + what + ".");
    }

    /** Refuses attributes other than those named. */
    void allow(String... names) {
        for (AttributeProto attribute : proto.getAttributeList()) {
            if (!Arrays.asList(names).contains(attribute.getName())) {
                String known = names.length == 0
                        ? "the operator is supported without attributes"
                        : "supported are " + String.join(", ", names);
                throw refuse("attribute " + attribute.getName() + " is not supported; " + known);
            }
        }
    }

    /** A whole-number attribute. */
    long whole(String name, long otherwise) {
        return find(name, AttributeType.INT).map(AttributeProto::getI).orElse(otherwise);
    }

    /** A real attribute; refuses values that are not numbers. */
    double real(String name, double otherwise) {
        double value =
                find(name, AttributeType.FLOAT).map(a -> (double) a.getF()).orElse(otherwise);
        if (Double.isNaN(value)) {
            throw refuse("attribute " + name + " is not a number");
        }
        return value;
    }

    /** A real attribute that must be finite. */
    double finite(String name, double otherwise) {
        double value = real(name, otherwise);
        if (Double.isInfinite(value)) {
            throw refuse("attribute " + name + " is " + value + "; a finite number is needed");
        }
        return value;
    }

    /** A text attribute. */
    String text(String name, String otherwise) {
        return find(name, AttributeType.STRING)
                .map(a -> a.getS().toStringUtf8())
                .orElse(otherwise);
    }

    /** A list of whole numbers. */
    Optional<long[]> list(String name) {
        return find(name, AttributeType.INTS)
                .map(a -> a.getIntsList().stream().mapToLong(Long::longValue).toArray());
    }

    private Optional<AttributeProto> find(String name, AttributeType type) {
        Optional<AttributeProto> found = proto.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
        found.ifPresent(attribute -> {
            if (attribute.getType() != type) {
                throw refuse("attribute " + name + " has type " + attribute.getType() + "; " + type + " is needed");
            }
        });
        return found;
    }
}
