package org.emat.bench;

import java.util.Arrays;
import org.emat.golden.AdcOffsets;
import org.emat.golden.ExactKernel;
import org.emat.golden.PopcountKernel;
import org.emat.golden.WeightValues;

/** What is timed: one pass over a batch of vectors, each a product of 128 × 128 weights. */
public interface Workload {
    /** Computes all products of the batch and returns their number. */
    int run();

    /** Checksum of the outputs of a run, and clipped conversions. */
    String result();

    /** The workload of a name: popcount, popcount-full or exact. */
    static Workload of(String name) {
        ReferenceProduct product = ReferenceProduct.draw();
        return switch (name) {
            case "popcount" -> new Popcount(product, product.inputs());
            case "popcount-full" -> new Popcount(product, full(product.inputs().length));
            case "exact" -> new Exact(product);
            default ->
                throw new IllegalArgumentException(
                        "the workloads are popcount, popcount-full and exact, not '" + name + "'");
        };
    }

    private static int[] full(int length) {
        int[] inputs = new int[length];
        Arrays.fill(inputs, 255);
        return inputs;
    }

    /** The device-exact kernel; with full-scale inputs every read may clip, which is its slower path. */
    final class Popcount implements Workload {
        private final int[] inputs;
        private final PopcountKernel kernel;
        private final PopcountKernel.Scratch scratch;
        private final long[] sums = new long[ReferenceProduct.BATCH * ReferenceProduct.SIZE];
        private long clipped;

        private Popcount(ReferenceProduct product, int[] inputs) {
            this.inputs = inputs;
            this.kernel = new PopcountKernel(product.geometry(), product.cells(), AdcOffsets.NONE);
            this.scratch = kernel.newScratch();
        }

        @Override
        public int run() {
            Arrays.fill(sums, 0);
            clipped = 0;
            for (int first = 0; first < inputs.length; first += ReferenceProduct.SIZE) {
                clipped += kernel.multiply(inputs, first, sums, first, scratch);
            }
            return ReferenceProduct.BATCH;
        }

        @Override
        public String result() {
            return String.format("checksum %016x  clips %d", ReferenceProduct.checksum(sums), clipped);
        }
    }

    /** The exact integer product; the vectors twice, which makes a batch as large as that of a small image. */
    final class Exact implements Workload {
        private static final int COPIES = 2;

        private final int[] inputs;
        private final ExactKernel kernel;
        private final ExactKernel.Scratch scratch = new ExactKernel.Scratch();
        private final long[] sums = new long[COPIES * ReferenceProduct.BATCH * ReferenceProduct.SIZE];

        private Exact(ReferenceProduct product) {
            WeightValues weights = (row, weight) -> product.weights()[row][weight];
            this.kernel =
                    new ExactKernel(product.geometry().input(), ReferenceProduct.SIZE, ReferenceProduct.SIZE, weights);
            this.inputs = new int[COPIES * product.inputs().length];
            for (int copy = 0; copy < COPIES; copy++) {
                System.arraycopy(product.inputs(), 0, inputs, copy * product.inputs().length, product.inputs().length);
            }
        }

        @Override
        public int run() {
            Arrays.fill(sums, 0);
            kernel.multiply(inputs, 0, COPIES * ReferenceProduct.BATCH, sums, 0, scratch);
            return COPIES * ReferenceProduct.BATCH;
        }

        @Override
        public String result() {
            long[] once = Arrays.copyOf(sums, ReferenceProduct.BATCH * ReferenceProduct.SIZE);
            return String.format("checksum %016x", ReferenceProduct.checksum(once));
        }
    }
}
