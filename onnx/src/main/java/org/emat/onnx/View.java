package org.emat.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How ONNX sees the words of a frame: their order is that of the planes (C × H × W), whatever the axes.
 *
 * @param axes sizes without the batch
 * @param batchAxis position of the batch among all axes, 0 or 1; −1 when the tensor has no batch
 * @param batch number of frames that the file fixes; 0 when it leaves that open
 */
record View(List<Long> axes, int batchAxis, long batch) {
    View {
        axes = List.copyOf(axes);
    }

    /** A tensor without a batch. */
    static View whole(long[] dims) {
        return new View(Arrays.stream(dims).boxed().toList(), -1, 1);
    }

    /** The same batch of frames with other axes. */
    View batched(List<Long> newAxes) {
        return new View(newAxes, 0, batch);
    }

    /** Whether the batch is the first axis. */
    boolean isBatched() {
        return batchAxis == 0;
    }

    /** Number of words of a frame; {@link Long#MAX_VALUE} when it is larger than that. */
    long words() {
        return product(axes);
    }

    /** Number of axes without the batch. */
    int rank() {
        return axes.size();
    }

    /** Sizes without the batch. */
    long[] dims() {
        return axes.stream().mapToLong(Long::longValue).toArray();
    }

    /** All axes, 1 for the batch. */
    List<Long> all() {
        List<Long> all = new ArrayList<>(axes);
        if (batchAxis >= 0) {
            all.add(batchAxis, 1L);
        }
        return all;
    }

    /** A product of sizes; {@link Long#MAX_VALUE} when it is larger than that. */
    static long product(List<Long> sizes) {
        if (sizes.contains(0L)) {
            return 0;
        }
        long product = 1;
        for (long size : sizes) {
            product = product > Long.MAX_VALUE / size ? Long.MAX_VALUE : product * size;
        }
        return product;
    }

    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        axes.forEach(axis -> all.add(axis.toString()));
        if (batchAxis >= 0) {
            all.add(batchAxis, "N");
        }
        return "[" + String.join(", ", all) + "]";
    }
}
