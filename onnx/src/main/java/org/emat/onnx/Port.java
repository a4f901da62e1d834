package org.emat.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emat.network.InputException;

/**
 * The shape of an input or output of an ONNX graph.
 *
 * <p>The words of one frame are in the same order whatever axes the file gives them: that of the planes of a frame
 * (C × H × W), see {@link org.emat.network.RealFrame#ofPlanes}.
 *
 * @param name name in the file
 * @param axes sizes of one frame, without the batch; empty for a single word
 * @param batchAxis position of the batch among all axes, 0 or, for a transposed matrix, 1
 */
public record Port(String name, List<Integer> axes, int batchAxis) {
    public Port {
        axes = List.copyOf(axes);
    }

    /** Words of one frame. */
    public int words() {
        return axes.stream().reduce(1, Math::multiplyExact);
    }

    /** All axes for a batch of frames, as an array has them. */
    public int[] shape(int batch) {
        List<Integer> all = new ArrayList<>(axes);
        all.add(batchAxis, batch);
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Number of frames in an array of the given shape; refuses a shape that is not a batch of this port's frames. */
    public int batch(int... shape) {
        boolean matches = shape.length == axes.size() + 1
                && shape[batchAxis] >= 1
                && Arrays.equals(shape, shape(shape[batchAxis]));
        if (!matches) {
            throw new InputException("the array for '" + name + "' has shape " + Arrays.toString(shape) + "; " + this
                    + " is needed, N the number of frames");
        }
        return shape[batchAxis];
    }

    /** The words of one frame of a batch, in the order of planes. */
    public float[] frame(float[] array, int batch, int index) {
        float[] words = new float[words()];
        for (int i = 0; i < words.length; i++) {
            words[i] = array[batchAxis == 0 ? index * words.length + i : i * batch + index];
        }
        return words;
    }

    /** The words of one frame of a batch of whole numbers, in the order of planes. */
    public int[] frame(int[] array, int batch, int index) {
        int[] words = new int[words()];
        for (int i = 0; i < words.length; i++) {
            words[i] = array[batchAxis == 0 ? index * words.length + i : i * batch + index];
        }
        return words;
    }

    /** The axes, N for the batch. */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        axes.forEach(axis -> all.add(axis.toString()));
        all.add(batchAxis, "N");
        return "[" + String.join(", ", all) + "]";
    }
}
