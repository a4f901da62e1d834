package org.emat.onnx;

import java.util.List;

/** Spreads a constant over the words of a frame, as ONNX broadcasts it. */
final class Broadcast {
    private Broadcast() {}

    /**
     * The constant's value for every word.
     *
     * @return one value, one per entry of the first axis of a frame, or one per word in the order of planes
     */
    static double[] over(Node node, Tensor constant, View view, String what) {
        List<Long> all = view.all();
        if (constant.rank() > all.size()) {
            throw mismatch(node, constant, view, what);
        }
        long[] dims = new long[all.size()];
        java.util.Arrays.fill(dims, 1);
        System.arraycopy(constant.dims(), 0, dims, dims.length - constant.rank(), constant.rank());
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] != 1 && dims[i] != all.get(i)) {
                throw mismatch(node, constant, view, what);
            }
        }
        return constant.values().length == 1 ? constant.values() : spread(constant.values(), dims, view);
    }

    private static double[] spread(double[] values, long[] allDims, View view) {
        int skip = allDims.length - view.rank();
        boolean leading = view.rank() > 0;
        for (int i = skip + 1; i < allDims.length; i++) {
            leading &= allDims[i] == 1;
        }
        if (leading) {
            return values;
        }
        double[] result = new double[Math.toIntExact(view.words())];
        for (int word = 0; word < result.length; word++) {
            result[word] = values[index(word, allDims, skip, view)];
        }
        return result;
    }

    private static int index(int word, long[] allDims, int skip, View view) {
        int rest = word;
        int index = 0;
        int step = 1;
        for (int i = view.rank() - 1; i >= 0; i--) {
            int size = Math.toIntExact(view.axes().get(i));
            if (allDims[skip + i] != 1) {
                index += rest % size * step;
                step *= size;
            }
            rest /= size;
        }
        return index;
    }

    private static RuntimeException mismatch(Node node, Tensor constant, View view, String what) {
        return node.refuse("its " + what + " has shape " + constant.shape() + ", which does not broadcast to " + view
                + " within a frame");
    }
}
