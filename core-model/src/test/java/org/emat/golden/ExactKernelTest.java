package org.emat.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.emat.arch.Architecture.Encoding;
import org.emat.network.NumberFormat;

/** {@link ExactKernel} against plain loops in longs, and against the device-exact kernel on lossless ideal arrays. */
class ExactKernelTest {

    /**
     * Sizes of a product.
     *
     * @param rows rows
     * @param weights weight columns
     * @param vectors vectors of the batch
     */
    record Sizes(int rows, int weights, int vectors) {}

    @Provide
    Arbitrary<Sizes> sizes() {
        Arbitrary<Integer> small = Arbitraries.integers().between(1, 40);
        Arbitrary<Integer> large = Arbitraries.integers().between(500, 1100);
        return Arbitraries.frequencyOf(
                Tuple.of(3, Combinators.combine(small, small, small).as(Sizes::new)),
                Tuple.of(1, Combinators.combine(large, small, small).as(Sizes::new)),
                Tuple.of(1, Combinators.combine(small, large, small).as(Sizes::new)),
                Tuple.of(1, Combinators.combine(small, small, large).as(Sizes::new)));
    }

    @Provide
    Arbitrary<NumberFormat> formats() {
        return DrawnArray.formats();
    }

    @Property(tries = 300)
    void equalsPlainLoops(
            @ForAll("sizes") Sizes sizes,
            @ForAll("formats") NumberFormat format,
            @ForAll @IntRange(min = 0, max = 20) int weightBits,
            @ForAll long seed) {
        int[] weights = weights(sizes.rows * sizes.weights, 1 << weightBits, seed);
        WeightValues values = (row, weight) -> weights[row * sizes.weights + weight];
        int[] inputs = DrawnArray.inputs(format, sizes.rows, sizes.vectors, seed);
        long[] expected = new long[sizes.vectors * sizes.weights];
        for (int vector = 0; vector < sizes.vectors; vector++) {
            long[] numbers = DrawnArray.vector(format, inputs, vector * sizes.rows, sizes.rows);
            for (int weight = 0; weight < sizes.weights; weight++) {
                for (int row = 0; row < sizes.rows; row++) {
                    expected[vector * sizes.weights + weight] += numbers[row] * values.value(row, weight);
                }
            }
        }

        ExactKernel kernel = new ExactKernel(format, sizes.rows, sizes.weights, values);
        ExactKernel.Scratch scratch = new ExactKernel.Scratch();
        dirty(scratch);
        int[] shifted = new int[inputs.length + 1];
        System.arraycopy(inputs, 0, shifted, 1, inputs.length);
        long[] sums = new long[expected.length + 2];
        Arrays.fill(sums, 77);
        kernel.multiply(shifted, 1, sizes.vectors, sums, 1, scratch);

        assertThat(sums[0]).isEqualTo(77);
        assertThat(sums[sums.length - 1]).isEqualTo(77);
        assertThat(Arrays.stream(sums, 1, sums.length - 1).map(sum -> sum - 77).toArray())
                .isEqualTo(expected);
    }

    /** A scratch that another kernel has used. */
    private static void dirty(ExactKernel.Scratch scratch) {
        NumberFormat format = new NumberFormat(32, false);
        int[] inputs = new int[600 * 300];
        Arrays.fill(inputs, -1);
        new ExactKernel(format, 300, 9, (row, weight) -> 1 << 20)
                .multiply(inputs, 0, 600, new long[600 * 9], 0, scratch);
    }

    /** Mostly drawn, partly extreme. */
    private static int[] weights(int count, int magnitude, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.ints(count, -magnitude, magnitude + 1)
                .map(weight -> (weight & 3) == 0 ? Integer.signum(weight) * magnitude : weight)
                .toArray();
    }

    @Provide
    Arbitrary<ArrayGeometry> geometries() {
        return DrawnArray.geometries().map(ExactKernelTest::lossless);
    }

    /** The same array with an ADC that holds every bit-line sum. */
    private static ArrayGeometry lossless(ArrayGeometry drawn) {
        int largest = drawn.rowsOf(0) * ((1 << drawn.cellBits()) - 1);
        return new ArrayGeometry(
                drawn.rows(),
                drawn.weights(),
                drawn.crossbarRows(),
                drawn.input(),
                drawn.weightBits(),
                drawn.cellBits(),
                drawn.encoding(),
                0,
                Integer.SIZE - Integer.numberOfLeadingZeros(largest),
                0);
    }

    @Property(tries = 200)
    void equalsTheArrayWhereThatIsLossless(@ForAll("geometries") ArrayGeometry geometry, @ForAll long seed) {
        int half = 1 << (geometry.weightBits() - 1);
        int[] weights = new SplittableRandom(seed)
                .ints((long) geometry.rows() * geometry.weights(), -half, half)
                .toArray();
        WeightValues values = (row, weight) -> weights[row * geometry.weights() + weight];
        CellValues cells = (row, weight, line) -> cell(geometry, values.value(row, weight), line);
        int vectors = 3;
        int[] inputs = DrawnArray.inputs(geometry.input(), geometry.rows(), vectors, seed);
        long[] exact = new long[vectors * geometry.weights()];
        new ExactKernel(geometry.input(), geometry.rows(), geometry.weights(), values)
                .multiply(inputs, 0, vectors, exact, 0, new ExactKernel.Scratch());

        PopcountKernel kernel = new PopcountKernel(geometry, cells, AdcOffsets.NONE);
        TextbookArray textbook = new TextbookArray(geometry, cells, AdcOffsets.NONE);
        for (int vector = 0; vector < vectors; vector++) {
            int from = vector * geometry.rows();
            long[] sums = new long[geometry.weights()];
            long clipped = kernel.multiply(inputs, from, sums, 0, kernel.newScratch());
            long[] expected = Arrays.copyOfRange(exact, vector * geometry.weights(), (vector + 1) * geometry.weights());

            assertThat(clipped).isZero();
            assertThat(sums).isEqualTo(expected);
            assertThat(textbook.multiply(DrawnArray.vector(geometry.input(), inputs, from, geometry.rows()))
                            .sums())
                    .isEqualTo(expected);
        }
    }

    /** The code that the device writes for a weight, before any fault. */
    private static int cell(ArrayGeometry geometry, int weight, int line) {
        int mask = (1 << geometry.cellBits()) - 1;
        if (geometry.encoding() == Encoding.OFFSET) {
            return ((weight + (1 << (geometry.weightBits() - 1))) >> (geometry.cellBits() * line)) & mask;
        }
        int part = Math.max(0, line % 2 == 0 ? weight : -weight);
        return (part >> (geometry.cellBits() * (line / 2))) & mask;
    }

    @Example
    void refusesWhatIsInvalid() {
        NumberFormat format = new NumberFormat(32, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExactKernel(format, 0, 1, (row, weight) -> 1))
                .withMessage("a product needs at least one row and one weight, not 0 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExactKernel(format, 1, 1, (row, weight) -> (1 << 20) + 1))
                .withMessage("a weight must be within ±2^20, not 1048577");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExactKernel(format, 3000, 1, (row, weight) -> 1 << 20))
                .withMessageContaining("may exceed 64 bits");
    }

    @Example
    void refusesInputsThatDoNotFit() {
        ExactKernel kernel = new ExactKernel(new NumberFormat(4, true), 2, 1, (row, weight) -> 1);
        ExactKernel.Scratch scratch = new ExactKernel.Scratch();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.multiply(new int[] {7, -8, 8, 0}, 0, 2, new long[2], 0, scratch))
                .withMessage("an input word is outside -8 to 7, the range of its format");
        assertThatThrownBy(() -> kernel.multiply(new int[4], 1, 2, new long[2], 0, scratch))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
