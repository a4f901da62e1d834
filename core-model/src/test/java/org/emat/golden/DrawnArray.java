package org.emat.golden;

import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.emat.arch.Architecture.Encoding;
import org.emat.network.NumberFormat;

/**
 * A drawn sub-kernel with a device and inputs.
 *
 * @param geometry sizes and formats
 * @param largestCell cells hold 0 to this
 * @param largestOffset offsets have at most this magnitude
 * @param seed seed of cells, offsets and inputs
 */
record DrawnArray(ArrayGeometry geometry, int largestCell, int largestOffset, long seed) {

    /** Arrays with any device: deviations, offsets, coarse converters. */
    static Arbitrary<DrawnArray> any() {
        Arbitrary<Integer> largestCells = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(0, 15)),
                Tuple.of(3, Arbitraries.integers().between(16, 1215)),
                Tuple.of(1, Arbitraries.integers().between(1216, 1 << 19)));
        return Combinators.combine(geometries(), largestCells, Arbitraries.of(0, 0, 1, 9, 1000), Arbitraries.longs())
                .as(DrawnArray::new);
    }

    /** Sizes and formats, as far as their outputs fit a long. */
    static Arbitrary<ArrayGeometry> geometries() {
        Arbitrary<int[]> sizes = Combinators.combine(
                        Arbitraries.integers().between(1, 400).withDistribution(RandomDistribution.uniform()),
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.integers().between(1, 300).withDistribution(RandomDistribution.uniform()))
                .as((rows, weights, crossbarRows) -> new int[] {rows, weights, crossbarRows});
        return Combinators.combine(
                        sizes,
                        formats(),
                        Arbitraries.integers().between(1, 16),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(Encoding.class),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.integers().between(1, 16),
                        Arbitraries.integers().between(0, 4))
                .as((size, input, weightBits, cellBits, encoding, fractionBits, adcBits, adcLsb) -> new ArrayGeometry(
                        size[0],
                        size[1],
                        size[2],
                        input,
                        weightBits,
                        cellBits,
                        encoding,
                        fractionBits,
                        adcBits,
                        adcLsb))
                .filter(g -> g.input().bits() + g.weightBits() + g.adcBits() + g.adcLsb() <= 51);
    }

    static Arbitrary<NumberFormat> formats() {
        return Combinators.combine(Arbitraries.integers().between(1, 32), Arbitraries.of(true, false))
                .as(NumberFormat::new);
    }

    CellValues cells() {
        SplittableRandom random = new SplittableRandom(seed);
        int[] values = random.ints((long) geometry.rows() * geometry.weights() * geometry.lines(), 0, largestCell + 1)
                .toArray();
        return (row, weight, line) -> values[(row * geometry.weights() + weight) * geometry.lines() + line];
    }

    AdcOffsets offsets() {
        SplittableRandom random = new SplittableRandom(~seed);
        int count = geometry.blocks() * geometry.lines() * geometry.weights();
        int[] values = random.ints(count, -largestOffset, largestOffset + 1).toArray();
        return (block, line, weight) -> values[(block * geometry.lines() + line) * geometry.weights() + weight];
    }

    /** Vectors of inputs one after another: dense, extreme, sparse and zero ones by turns. */
    int[] inputs(int vectors) {
        return inputs(geometry.input(), geometry.rows(), vectors, seed);
    }

    static int[] inputs(NumberFormat format, int rows, int vectors, long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ 1);
        int[] inputs = new int[rows * vectors];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = switch (i / rows % 4) {
                case 0 -> (int) random.nextLong(format.min(), format.max() + 1);
                case 1 -> (int) (random.nextBoolean() ? format.min() : format.max());
                case 2 -> random.nextInt(8) == 0 ? (int) random.nextLong(format.min(), format.max() + 1) : 0;
                default -> (int) format.max();
            };
        }
        return inputs;
    }

    /** One vector as numbers. */
    static long[] vector(NumberFormat format, int[] inputs, int from, int rows) {
        long[] vector = new long[rows];
        for (int row = 0; row < rows; row++) {
            vector[row] = format.signed() ? inputs[from + row] : Integer.toUnsignedLong(inputs[from + row]);
        }
        return vector;
    }
}
