package org.emat.network;

/**
 * The order of weights in files, that of ONNX, against the one in layers ({@link LayerGeometry}).
 *
 * <p>ONNX: convolution out × in/group × rows × columns; transposed convolution in × out/group × rows × columns; dense
 * out × in, both over words in planes (C × H × W).
 */
public final class WeightOrder {
    private WeightOrder() {}

    /** Shape of the weights of a layer in a file. */
    public static int[] shape(LayerGeometry layer) {
        int rows = layer.vertical().kernel();
        int columns = layer.horizontal().kernel();
        return switch (layer.operator()) {
            case CONVOLUTION -> new int[] {layer.output().channels(), layer.groupInputs(), rows, columns};
            case TRANSPOSED_CONVOLUTION -> new int[] {layer.input().channels(), layer.groupOutputs(), rows, columns};
            case DENSE -> new int[] {layer.output().words(), layer.input().words()};
        };
    }

    /** The weights of a layer from the order of a file. */
    public static double[] fromOnnx(LayerGeometry layer, double[] file) {
        double[] weights = new double[file.length];
        visit(layer, (inLayer, inFile) -> weights[inLayer] = file[inFile]);
        return weights;
    }

    /** The weights of a layer in the order of a file. */
    public static double[] toOnnx(LayerGeometry layer, double[] weights) {
        double[] file = new double[weights.length];
        visit(layer, (inLayer, inFile) -> file[inFile] = weights[inLayer]);
        return file;
    }

    /** Words in planes (C × H × W) to stream order (H × W × C). */
    public static double[] toStream(TensorShape shape, double[] planes) {
        double[] words = new double[planes.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = planes[plane(shape, i / shape.channels(), i % shape.channels())];
        }
        return words;
    }

    /** Words in stream order (H × W × C) to planes (C × H × W). */
    public static double[] toPlanes(TensorShape shape, double[] words) {
        double[] planes = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            planes[plane(shape, i / shape.channels(), i % shape.channels())] = words[i];
        }
        return planes;
    }

    private interface Pair {
        void accept(int inLayer, int inFile);
    }

    private static int plane(TensorShape shape, int pixel, int channel) {
        return channel * shape.pixels() + pixel;
    }

    private static void visit(LayerGeometry layer, Pair pair) {
        int kernels = layer.kernelSize();
        for (int kernel = 0; kernel < kernels; kernel++) {
            for (int out = 0; out < layer.output().channels(); out++) {
                for (int in = 0; in < layer.groupInputs(); in++) {
                    pair.accept(layer.weightIndex(kernel, out, in), inFile(layer, kernel, out, in));
                }
            }
        }
    }

    private static int inFile(LayerGeometry layer, int kernel, int out, int in) {
        int kernels = layer.kernelSize();
        if (layer.operator() == Operator.CONVOLUTION) {
            return (out * layer.groupInputs() + in) * kernels + kernel;
        }
        if (layer.operator() == Operator.TRANSPOSED_CONVOLUTION) {
            int from = out / layer.groupOutputs() * layer.groupInputs() + in;
            return (from * layer.groupOutputs() + out % layer.groupOutputs()) * kernels + kernel;
        }
        int to = plane(layer.output(), kernel / layer.input().pixels(), out);
        return to * layer.input().words()
                + plane(layer.input(), kernel % layer.input().pixels(), in);
    }
}
