package org.emat.onnx;

import org.emat.network.Activation;

/** Reads the activation functions. */
final class ActivationReader {
    private final Constants constants;

    ActivationReader(Constants constants) {
        this.constants = constants;
    }

    /** Applies the function of a node to the words of the chain. */
    void read(Node node, Chain chain) {
        Activation activation = switch (node.operator()) {
            case "Relu" -> plain(node, Activation.relu());
            case "Tanh" -> plain(node, new Activation.Tanh());
            case "Sigmoid" -> plain(node, new Activation.Sigmoid());
            case "LeakyRelu" -> leaky(node);
            case "PRelu" -> parametric(node, chain);
            default -> clip(node);
        };
        chain.activate(node, activation);
    }

    private static Activation plain(Node node, Activation activation) {
        node.allow();
        return activation;
    }

    private static Activation leaky(Node node) {
        node.allow("alpha");
        return new Activation.Slope(new double[] {node.finite("alpha", 0.01f)});
    }

    private Activation parametric(Node node, Chain chain) {
        node.allow();
        Tensor slopes = constants.needFinite(node, 1, "slope");
        boolean perChannel = node.opset() < 7 && slopes.rank() == 1;
        double[] values = perChannel ? slopes.values() : Broadcast.over(node, slopes, chain.view(), "slope");
        if (chain.shape().words() % values.length != 0) {
            throw node.refuse(
                    "its slope has shape " + slopes.shape() + "; one slope, or one per channel, is supported");
        }
        return new Activation.Slope(chain.slopes(node, values));
    }

    private Activation clip(Node node) {
        node.allow("min", "max");
        boolean inputs = node.opset() >= 11;
        double low =
                inputs ? bound(node, 1, "min", Double.NEGATIVE_INFINITY) : node.real("min", Double.NEGATIVE_INFINITY);
        double high =
                inputs ? bound(node, 2, "max", Double.POSITIVE_INFINITY) : node.real("max", Double.POSITIVE_INFINITY);
        if (low > high || low == Double.POSITIVE_INFINITY || high == Double.NEGATIVE_INFINITY) {
            throw node.refuse("min is " + low + " and max is " + high + "; min must not exceed max");
        }
        return new Activation.Clip(low, high);
    }

    private double bound(Node node, int input, String what, double otherwise) {
        if (node.input(input).isEmpty()) {
            return otherwise;
        }
        Tensor bound = constants.need(node, input, what);
        if (bound.values().length != 1 || Double.isNaN(bound.values()[0])) {
            throw node.refuse("its " + what + " has shape " + bound.shape() + "; one number is needed");
        }
        return bound.values()[0];
    }
}
