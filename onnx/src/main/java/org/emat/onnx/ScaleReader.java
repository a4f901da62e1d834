package org.emat.onnx;

import java.util.Arrays;
import java.util.List;

/** Reads BatchNormalization and Add of a constant. */
final class ScaleReader {
    private final Constants constants;

    ScaleReader(Constants constants) {
        this.constants = constants;
    }

    /** Adds a constant to the words of the chain. */
    void add(Node node, Chain chain, String data) {
        node.allow();
        int other = node.input(0).equals(data) ? 1 : 0;
        if (node.input(other).equals(data)) {
            throw node.refuse("it adds its input to itself; Add of a constant bias is supported");
        }
        if (chain.view().batchAxis() == 1) {
            throw node.refuse("its input has shape " + chain.view() + " with the batch last; only Gemm with transA = 1"
                    + " takes that");
        }
        Tensor bias = constants.needFinite(node, other, "added operand");
        double[] shift = Broadcast.over(node, bias, chain.view(), "added operand");
        double[] scale = new double[shift.length];
        Arrays.fill(scale, 1);
        chain.scale(node, new Affine(scale, shift));
    }

    /** Normalises the words of the chain by stored statistics. */
    void normalise(Node node, Chain chain) {
        node.allow("epsilon", "momentum", "spatial", "training_mode", "is_test");
        require(node, "spatial", 1);
        require(node, "training_mode", 0);
        List<Long> axes = chain.frameAxes(node);
        if (axes.isEmpty()) {
            throw node.refuse("its input has shape " + chain.view() + "; N x C or more axes are supported");
        }
        long channels = axes.get(0);
        double[] factor = statistics(node, 1, "scale", channels);
        double[] offset = statistics(node, 2, "bias", channels);
        double[] mean = statistics(node, 3, "mean", channels);
        double[] variance = statistics(node, 4, "variance", channels);
        double epsilon = node.finite("epsilon", 1e-5f);
        double[] scale = new double[factor.length];
        double[] shift = new double[factor.length];
        for (int i = 0; i < scale.length; i++) {
            if (!(variance[i] + epsilon > 0)) {
                throw node.refuse("variance " + i + " is " + variance[i] + " and attribute epsilon is " + epsilon
                        + "; their sum must be above 0");
            }
            scale[i] = factor[i] / Math.sqrt(variance[i] + epsilon);
            shift[i] = offset[i] - mean[i] * scale[i];
        }
        chain.scale(node, new Affine(scale, shift));
    }

    private double[] statistics(Node node, int input, String what, long channels) {
        Tensor tensor = constants.needFinite(node, input, what);
        if (tensor.rank() != 1 || tensor.values().length != channels) {
            throw node.refuse("its " + what + " has shape " + tensor.shape() + "; [" + channels + "] is needed");
        }
        return tensor.values();
    }

    private static void require(Node node, String attribute, long value) {
        long given = node.whole(attribute, value);
        if (given != value) {
            throw node.refuse("attribute " + attribute + " is " + given + "; " + value + " is supported");
        }
    }
}
