package org.emat.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emat.network.Activation;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;

/**
 * The layers read so far, and what follows the last of them.
 *
 * <p>Scales and shifts go into the layer before them while it has no activation yet; otherwise they wait for the next
 * layer.
 */
final class Chain {
    private final List<Layer> layers = new ArrayList<>();
    private TensorShape shape;
    private View view;
    private Affine waiting;
    private Node waitingNode;

    /** An empty chain over frames of a view, of at least one word. */
    Chain(View input) {
        view = input;
        shape = frame(input);
    }

    /** How ONNX sees the words now. */
    View view() {
        return view;
    }

    /** Shape of the frames now. */
    TensorShape shape() {
        return shape;
    }

    /** The layers. */
    List<Layer> layers() {
        return List.copyOf(layers);
    }

    /** Gives the words other axes. */
    void view(View other) {
        view = other;
    }

    /** Ends the chain; refuses a scale or shift that no layer took. */
    void end() {
        if (waiting != null) {
            throw waitingNode.refuse("it follows an activation and no layer follows that could take it");
        }
    }

    /** The axes after the batch; refuses tensors whose first axis is not the batch. */
    List<Long> frameAxes(Node node) {
        if (!view.isBatched()
                && view.batch() == 1
                && view.rank() > 0
                && view.axes().get(0) == 1) {
            view = view.batched(view.axes().subList(1, view.rank()));
        }
        if (!view.isBatched()) {
            throw node.refuse("its input of shape " + view + " has no batch as first axis");
        }
        return view.axes();
    }

    /** The shape of the frames as a convolution takes them: channels, rows, columns. */
    TensorShape planes(Node node) {
        List<Long> axes = frameAxes(node);
        if (axes.size() < 2 || axes.size() > 3) {
            throw node.refuse("its input of shape " + view
                    + " is not supported; N x C x H x W and N x C x W (one-dimensional) are");
        }
        TensorShape planes = frame(view);
        if (!planes.equals(shape)) {
            reshape(node, planes);
        }
        return planes;
    }

    private void reshape(Node node, TensorShape planes) {
        Layer last = layers.isEmpty() ? null : layers.get(layers.size() - 1);
        if (last != null) {
            if (last.geometry().operator() != Operator.DENSE) {
                throw node.refuse(
                        "frames of " + shape + " from layer '" + last.name() + "' were reshaped to " + planes
                                + "; a convolution is supported after such a change only when a Gemm or MatMul comes before it");
            }
            layers.set(layers.size() - 1, DenseWeights.spread(node, last, planes));
        }
        shape = planes;
    }

    /** Adds a layer whose output ONNX sees with the given axes. */
    void append(Layer layer, View output) {
        layers.add(layer);
        shape = layer.geometry().output();
        view = output;
    }

    /** Takes the scale and shift that wait for the next layer; null when none does. */
    Affine takeWaiting() {
        Affine taken = waiting;
        waiting = null;
        return taken;
    }

    /** The node whose scale and shift waited last. */
    Node waitingNode() {
        return waitingNode;
    }

    /** Scales and shifts the words. */
    void scale(Node node, Affine affine) {
        Affine folded = affine;
        boolean open = !layers.isEmpty()
                && waiting == null
                && layers.get(layers.size() - 1).activation() instanceof Activation.None;
        if (open) {
            Layer last = layers.get(layers.size() - 1);
            boolean dense = last.geometry().operator() == Operator.DENSE;
            Affine perChannel = folded.perChannel(shape).orElse(null);
            if (dense || perChannel != null) {
                layers.set(layers.size() - 1, Folding.after(node, last, dense ? folded : perChannel));
                return;
            }
        }
        waiting = waiting == null ? folded : waiting.then(folded, shape.words());
        waitingNode = node;
    }

    /** Applies an activation to the words. */
    void activate(Node node, Activation activation) {
        if (waiting != null) {
            throw node.refuse("it follows node '" + waitingNode.name() + "' (" + waitingNode.operator()
                    + "), which no layer with weights can take");
        }
        if (layers.isEmpty()) {
            throw node.refuse("it comes before the first layer with weights; an activation is supported after one");
        }
        Layer last = layers.get(layers.size() - 1);
        Activation merged = ActivationMerge.merge(last.activation(), activation)
                .orElseThrow(() -> node.refuse("it follows the activation of layer '" + last.name()
                        + "' and cannot be merged with it; one activation per layer is supported"));
        layers.set(layers.size() - 1, new Layer(last.name(), last.geometry(), last.weights(), last.bias(), merged));
    }

    /** Slopes per channel from slopes per leading entry or word; refuses those that differ inside a channel. */
    double[] slopes(Node node, double[] slopes) {
        if (slopes.length == 1) {
            return slopes;
        }
        return new Affine(slopes, new double[slopes.length])
                .perChannel(shape)
                .orElseThrow(
                        () -> node.refuse("its slopes differ between the pixels of a channel; one slope, or one per"
                                + " channel, is supported"))
                .scale();
    }

    private static TensorShape frame(View view) {
        int[] axes = view.axes().stream().mapToInt(Math::toIntExact).toArray();
        return switch (axes.length) {
            case 0 -> new TensorShape(1, 1, 1);
            case 1 -> new TensorShape(axes[0], 1, 1);
            case 2 -> new TensorShape(axes[0], 1, axes[1]);
            case 3 -> new TensorShape(axes[0], axes[1], axes[2]);
            default -> new TensorShape(Arrays.stream(axes).reduce(1, Math::multiplyExact), 1, 1);
        };
    }

    /** Geometry of a layer from the present frames to every word of {@code output}. */
    LayerGeometry dense(TensorShape output) {
        return LayerGeometry.dense(shape, output);
    }
}
