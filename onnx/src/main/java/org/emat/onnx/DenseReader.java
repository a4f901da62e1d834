package org.emat.onnx;

import java.util.ArrayList;
import java.util.List;
import org.emat.network.Activation;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.TensorShape;

/** Reads Gemm and MatMul over frames of one axis. */
final class DenseReader {
    private final Constants constants;

    DenseReader(Constants constants) {
        this.constants = constants;
    }

    /** Adds the layer of a node to the chain. */
    void read(Node node, Chain chain, String data) {
        if (!node.input(0).equals(data)) {
            throw node.refuse("its first operand is a constant; the data must be the first operand");
        }
        if (node.operator().equals("Gemm")) {
            gemm(node, chain);
        } else {
            matMul(node, chain);
        }
    }

    private void gemm(Node node, Chain chain) {
        node.allow("alpha", "beta", "transA", "transB");
        boolean first = flag(node, "transA");
        List<Long> axes = first && chain.view().batchAxis() == 1 ? chain.view().axes() : chain.frameAxes(node);
        if (first != (chain.view().batchAxis() == 1)) {
            throw node.refuse("attribute transA is " + (first ? 1 : 0) + ", but its input has shape " + chain.view()
                    + "; transA = 1 is supported for an input of the network of shape [F, N]");
        }
        if (axes.size() != 1) {
            throw node.refuse("its input has shape " + chain.view() + "; N x F is supported");
        }
        double alpha = node.finite("alpha", 1);
        double beta = node.finite("beta", 1);
        Tensor matrix = constants.needFinite(node, 1, "weights");
        if (matrix.rank() != 2) {
            throw node.refuse("its weights have shape " + matrix.shape() + "; two axes are needed");
        }
        boolean second = flag(node, "transB");
        double[] values = second ? transposed(matrix) : matrix.values().clone();
        int outputs = matrix.dim(second ? 0 : 1);
        for (int i = 0; i < values.length; i++) {
            values[i] *= alpha;
        }
        View output = chain.view().batched(List.of((long) outputs));
        double[] bias = new double[outputs];
        if (!node.input(2).isEmpty()) {
            double[] given = Broadcast.over(node, constants.needFinite(node, 2, "bias"), output, "bias");
            for (int i = 0; i < outputs; i++) {
                bias[i] = beta * given[given.length == 1 ? 0 : i];
            }
        }
        append(node, chain, matrix, matrix.dim(second ? 1 : 0), values, bias, output);
    }

    private void matMul(Node node, Chain chain) {
        node.allow();
        List<Long> axes = chain.frameAxes(node);
        boolean vector =
                !axes.isEmpty() && axes.get(axes.size() - 1) == chain.view().words();
        if (!vector) {
            throw node.refuse("its input has shape " + chain.view() + "; N x F is supported");
        }
        Tensor matrix = constants.needFinite(node, 1, "weights");
        if (matrix.rank() != 1 && matrix.rank() != 2) {
            throw node.refuse("its weights have shape " + matrix.shape() + "; one or two axes are supported");
        }
        int outputs = matrix.rank() == 1 ? 1 : matrix.dim(1);
        List<Long> result = new ArrayList<>(axes.subList(0, axes.size() - 1));
        if (matrix.rank() == 2) {
            result.add((long) outputs);
        }
        append(
                node,
                chain,
                matrix,
                matrix.dim(0),
                matrix.values(),
                new double[outputs],
                chain.view().batched(result));
    }

    private static void append(
            Node node, Chain chain, Tensor matrix, int inputs, double[] values, double[] bias, View output) {
        if (inputs != chain.view().words()) {
            throw node.refuse("its weights have shape " + matrix.shape() + " for " + inputs
                    + " input words, but its input has shape " + chain.view());
        }
        LayerGeometry geometry = chain.dense(new TensorShape(bias.length, 1, 1));
        Layer layer =
                new Layer(node.name(), geometry, DenseWeights.order(geometry, values), bias, new Activation.None());
        Affine before = chain.takeWaiting();
        if (before != null) {
            layer = Folding.before(node, chain.waitingNode(), layer, before);
        }
        chain.append(layer, output);
    }

    private static boolean flag(Node node, String name) {
        long value = node.whole(name, 0);
        if (value != 0 && value != 1) {
            throw node.refuse("attribute " + name + " is " + value + "; 0 and 1 are supported");
        }
        return value == 1;
    }

    private static double[] transposed(Tensor matrix) {
        int rows = matrix.dim(0);
        int columns = matrix.dim(1);
        double[] result = new double[matrix.values().length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = matrix.values()[row * columns + column];
            }
        }
        return result;
    }
}
