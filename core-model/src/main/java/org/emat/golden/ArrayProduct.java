package org.emat.golden;

import java.util.List;

/** The product of one array with a batch of input vectors. */
sealed interface ArrayProduct {
    /**
     * Adds the products.
     *
     * @param inputs the vectors one after another
     * @param vectors number of vectors
     * @param sums outputs of the vectors one after another
     * @param scratch working memory of this thread
     * @return clipped conversions
     * @throws java.util.concurrent.CancellationException if this thread is interrupted
     */
    long add(int[] inputs, int vectors, long[] sums, BatchScratch scratch);

    /** Of an array without word lines. */
    record None() implements ArrayProduct {
        @Override
        public long add(int[] inputs, int vectors, long[] sums, BatchScratch scratch) {
            return 0;
        }
    }

    /** In integers, where every conversion is lossless and the device ideal. */
    record Exact(ExactKernel kernel) implements ArrayProduct {
        @Override
        public long add(int[] inputs, int vectors, long[] sums, BatchScratch scratch) {
            Workers.endIfInterrupted();
            kernel.multiply(inputs, 0, vectors, sums, 0, scratch.exact());
            return 0;
        }
    }

    /**
     * Conversion by conversion.
     *
     * @param kernels the word lines in runs of equal length, each read by itself and added up in digital
     */
    record DeviceExact(List<PopcountKernel> kernels) implements ArrayProduct {
        @Override
        public long add(int[] inputs, int vectors, long[] sums, BatchScratch scratch) {
            int rows = kernels.get(0).geometry().rows();
            int weights = kernels.get(0).geometry().weights();
            long clipped = 0;
            int from = 0;
            for (int vector = 0; vector < vectors; vector++) {
                Workers.endIfInterrupted();
                for (PopcountKernel kernel : kernels) {
                    clipped += kernel.multiply(inputs, from, sums, vector * weights, scratch.of(kernel));
                    from += rows;
                }
            }
            return clipped;
        }
    }
}
