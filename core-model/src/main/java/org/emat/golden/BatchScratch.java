package org.emat.golden;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/** Working memory of one thread for the arrays of an engine. */
final class BatchScratch {
    private final Map<PopcountKernel, PopcountKernel.Scratch> devices = new IdentityHashMap<>();
    private final ExactKernel.Scratch exact = new ExactKernel.Scratch();
    private int[] inputs = {};
    private long[] sums = {};

    /** At least {@code count} words of any value. */
    int[] inputs(int count) {
        if (inputs.length < count) {
            inputs = new int[count];
        }
        return inputs;
    }

    /** At least {@code count} sums, that many of them 0. */
    long[] sums(int count) {
        if (sums.length < count) {
            sums = new long[count];
        }
        Arrays.fill(sums, 0, count, 0);
        return sums;
    }

    /** For the exact kernels. */
    ExactKernel.Scratch exact() {
        return exact;
    }

    /** For a device-exact kernel. */
    PopcountKernel.Scratch of(PopcountKernel kernel) {
        return devices.computeIfAbsent(kernel, PopcountKernel::newScratch);
    }
}
