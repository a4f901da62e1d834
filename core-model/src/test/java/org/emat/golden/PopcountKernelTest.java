package org.emat.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.emat.arch.Architecture.Encoding;
import org.emat.network.NumberFormat;

/** {@link PopcountKernel} against the textbook loops, and against the C program that it is timed with. */
class PopcountKernelTest {
    private static final int VECTORS = 4;

    @Provide
    Arbitrary<DrawnArray> arrays() {
        return DrawnArray.any();
    }

    @Property(tries = 400)
    void equalsTheTextbookLoops(@ForAll("arrays") DrawnArray drawn) {
        ArrayGeometry geometry = drawn.geometry();
        TextbookArray textbook = new TextbookArray(geometry, drawn.cells(), drawn.offsets());
        PopcountKernel kernel = new PopcountKernel(geometry, drawn.cells(), drawn.offsets());
        PopcountKernel.Scratch scratch = kernel.newScratch();
        int[] inputs = drawn.inputs(VECTORS);
        for (int vector = 0; vector < VECTORS; vector++) {
            int from = vector * geometry.rows();
            long[] numbers = DrawnArray.vector(geometry.input(), inputs, from, geometry.rows());
            TextbookArray.Result expected = textbook.multiply(numbers);

            long[] sums = new long[geometry.weights() + 2];
            Arrays.fill(sums, 77);
            long clipped = kernel.multiply(inputs, from, sums, 1, scratch);

            assertThat(clipped).isEqualTo(expected.clipped());
            assertThat(sums[0]).isEqualTo(77);
            assertThat(sums[sums.length - 1]).isEqualTo(77);
            assertThat(Arrays.stream(sums, 1, sums.length - 1).map(sum -> sum - 77))
                    .containsExactly(Arrays.stream(expected.sums()).boxed().toArray(Long[]::new));
        }
    }

    /** Offsets alone clip at both ends, even where no word line is driven. */
    @Example
    void countsClippingByOffsets() {
        ArrayGeometry geometry =
                new ArrayGeometry(3, 2, 2, new NumberFormat(4, false), 2, 2, Encoding.DIFFERENTIAL, 0, 3, 0);
        PopcountKernel kernel =
                new PopcountKernel(geometry, (row, weight, line) -> 1, (block, line, weight) -> weight == 0 ? 8 : -1);
        long[] sums = new long[2];

        long clipped = kernel.multiply(new int[3], 0, sums, 0, kernel.newScratch());

        assertThat(clipped).isEqualTo(2 * 2 * 4 * 2);
        assertThat(sums).containsExactly(0, 0);
    }

    /** bench/popcount_mvm.c draws the same numbers and prints this checksum and this count. */
    @Example
    void givesTheChecksumOfTheProgramInC() {
        ReferenceProduct product = ReferenceProduct.draw();
        PopcountKernel kernel = new PopcountKernel(product.geometry(), product.cells(), AdcOffsets.NONE);
        PopcountKernel.Scratch scratch = kernel.newScratch();
        long[] sums = new long[ReferenceProduct.BATCH * ReferenceProduct.SIZE];
        long clipped = 0;
        for (int vector = 0; vector < ReferenceProduct.BATCH; vector++) {
            int first = vector * ReferenceProduct.SIZE;
            clipped += kernel.multiply(product.inputs(), first, sums, first, scratch);
        }

        assertThat(ReferenceProduct.checksum(sums)).isEqualTo(0x7073ad5aea7c3982L);
        assertThat(clipped).isEqualTo(32);
    }

    @Example
    void threadsShareAKernel() {
        ReferenceProduct product = ReferenceProduct.draw();
        PopcountKernel kernel = new PopcountKernel(product.geometry(), product.cells(), AdcOffsets.NONE);
        long[] sums = new long[ReferenceProduct.BATCH * ReferenceProduct.SIZE];
        ThreadLocal<PopcountKernel.Scratch> scratch = ThreadLocal.withInitial(kernel::newScratch);
        long clipped = IntStream.range(0, ReferenceProduct.BATCH)
                .parallel()
                .map(vector -> vector * ReferenceProduct.SIZE)
                .mapToLong(first -> kernel.multiply(product.inputs(), first, sums, first, scratch.get()))
                .sum();

        assertThat(ReferenceProduct.checksum(sums)).isEqualTo(0x7073ad5aea7c3982L);
        assertThat(clipped).isEqualTo(32);
    }

    @Example
    void refusesWhatIsInvalid() {
        ArrayGeometry geometry = geometry(new NumberFormat(8, true), 8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PopcountKernel(geometry, (row, weight, line) -> -1, AdcOffsets.NONE))
                .withMessage("a cell value must not be negative, as is -1 in row 0, weight 0, line 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PopcountKernel(geometry, (row, weight, line) -> (1 << 28) + 1, AdcOffsets.NONE))
                .withMessageContaining("may exceed 2^29");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new PopcountKernel(geometry, (row, weight, line) -> 1, (block, line, weight) -> (1 << 29) + 1))
                .withMessageContaining("within ±2^29");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PopcountKernel(
                        new ArrayGeometry(9, 2, 9, new NumberFormat(32, true), 16, 1, Encoding.OFFSET, 0, 24, 0),
                        (row, weight, line) -> 1 << 20,
                        AdcOffsets.NONE))
                .withMessageContaining("may exceed 64 bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> geometry(new NumberFormat(8, true), 25))
                .withMessage("adcBits must be from 1 to 24, not 25");
    }

    @Example
    void refusesInputsThatDoNotFit() {
        PopcountKernel signed = kernel(new NumberFormat(8, true));
        PopcountKernel unsigned = kernel(new NumberFormat(8, false));
        long[] sums = new long[2];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signed.multiply(new int[] {0, 0, 128}, 0, sums, 0, signed.newScratch()))
                .withMessage("an input word is outside -128 to 127, the range of its format");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signed.multiply(new int[] {0, -129, 0}, 0, sums, 0, signed.newScratch()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unsigned.multiply(new int[] {-1, 0, 0}, 0, sums, 0, unsigned.newScratch()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signed.multiply(new int[3], 0, sums, 0, unsigned.newScratch()))
                .withMessage("the scratch belongs to another kernel");
        assertThatThrownBy(() -> signed.multiply(new int[3], 0, sums, 1, signed.newScratch()))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(sums).containsExactly(0, 0);
    }

    private static ArrayGeometry geometry(NumberFormat input, int adcBits) {
        return new ArrayGeometry(3, 2, 2, input, 8, 2, Encoding.OFFSET, 0, adcBits, 0);
    }

    private static PopcountKernel kernel(NumberFormat input) {
        return new PopcountKernel(geometry(input, 8), (row, weight, line) -> 1, AdcOffsets.NONE);
    }
}
