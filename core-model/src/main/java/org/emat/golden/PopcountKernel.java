package org.emat.golden;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import org.emat.arch.Architecture.Encoding;

/**
 * The device-exact product of one sub-kernel: every bit-line sum is formed, converted and clipped as the hardware does.
 *
 * <p>For each row block, bit line and input bit, the bit-line sum S is the sum of the cell values of the rows whose
 * input bit is 1; its code is clamp((S >> (fractionBits + adcLsb)) + offset, 0, 2^adcBits − 1), a floor shift. The
 * output of a weight is the sum of its codes, each weighted by its input bit (the sign bit negative), its slice and
 * 2^adcLsb, negative lines subtracted; with offset encoding less 2^(weightBits − 1) times the sum of the inputs.
 *
 * <p>Cell values and inputs are held as packed bit planes, so that S is a sum of population counts; see {@link
 * CellPlanes} and {@link Conversion} for the form of the loops. Codes are summed in int lanes over as many input bits
 * and row blocks as surely fit, and from there in longs.
 *
 * <p>Immutable; threads may share it, each with its own {@link Scratch}.
 */
public final class PopcountKernel {
    /** Bound on bit-line sums and on offsets, so that a code before clamping stays within an int. */
    private static final int LARGEST_SUM = 1 << 29;

    private final ArrayGeometry geometry;
    private final CellPlanes cells;
    private final Conversion conversion;
    private final int[][] offsets; // [block][lane], or empty where every offset is 0
    private final int bitsPerPass;
    private final int blocksPerFlush;

    /**
     * Packs the cells of a sub-kernel.
     *
     * @param geometry sizes and formats
     * @param values what the cells hold, each 0 or more; no sum over the rows of a block may exceed 2^29
     * @param offsets offset of each converter, magnitude at most 2^29
     */
    public PopcountKernel(ArrayGeometry geometry, CellValues values, AdcOffsets offsets) {
        this.geometry = geometry;
        this.cells = new CellPlanes(geometry, values);
        this.conversion = new Conversion(geometry.fractionBits() + geometry.adcLsb(), geometry.largestCode());
        int[][] drawn = drawn(geometry, offsets);
        int largestOffset =
                Arrays.stream(drawn).flatMapToInt(Arrays::stream).max().orElse(0);
        this.offsets = Arrays.stream(drawn).flatMapToInt(Arrays::stream).allMatch(o -> o == 0) ? new int[0][] : drawn;
        checkOutputRange(largestOffset);
        int code = Math.max(1, largestCode(geometry.rowsOf(0), largestOffset));
        this.bitsPerPass = Math.min(geometry.input().bits(), Integer.numberOfLeadingZeros(code) - 1);
        this.blocksPerFlush = (int) (Integer.MAX_VALUE / (code * ((1L << bitsPerPass) - 1)));
    }

    private static int[][] drawn(ArrayGeometry geometry, AdcOffsets offsets) {
        int[][] drawn = new int[geometry.blocks()][geometry.lines() * geometry.weights()];
        for (int block = 0; block < geometry.blocks(); block++) {
            for (int line = 0; line < geometry.lines(); line++) {
                for (int weight = 0; weight < geometry.weights(); weight++) {
                    int offset = offsets.offset(block, line, weight);
                    if (offset < -LARGEST_SUM || offset > LARGEST_SUM) {
                        throw new IllegalArgumentException("an ADC offset must be within ±2^29, not " + offset);
                    }
                    drawn[block][line * geometry.weights() + weight] = offset;
                }
            }
        }
        return drawn;
    }

    /** The largest code that a conversion of a block can give. */
    private int largestCode(int rows, int largestOffset) {
        long sum = (long) cells.largest() * rows;
        if (sum > LARGEST_SUM) {
            throw new IllegalArgumentException("a bit-line sum of " + rows + " rows with cell values up to "
                    + cells.largest() + " may exceed 2^29");
        }
        return (int) Math.max(0, Math.min(conversion.largest(), (sum >> conversion.shift()) + largestOffset));
    }

    private void checkOutputRange(int largestOffset) {
        BigInteger codes = BigInteger.ZERO;
        for (int block = 0; block < geometry.blocks(); block++) {
            codes = codes.add(BigInteger.valueOf(largestCode(geometry.rowsOf(block), largestOffset)));
        }
        BigInteger above = BigInteger.ZERO;
        BigInteger below = geometry.encoding() == Encoding.OFFSET
                ? BigInteger.valueOf(geometry.rows()).shiftLeft(geometry.weightBits() - 1)
                : BigInteger.ZERO;
        for (int line = 0; line < geometry.lines(); line++) {
            BigInteger weighted = codes.shiftLeft(geometry.shift(line));
            if (geometry.isNegative(line)) {
                below = below.add(weighted);
            } else {
                above = above.add(weighted);
            }
        }
        BigInteger planes = BigInteger.ONE.shiftLeft(geometry.input().bits()).subtract(BigInteger.ONE);
        if (above.max(below).multiply(planes).bitLength() > 63) {
            throw new IllegalArgumentException("the outputs of " + geometry + " may exceed 64 bits");
        }
    }

    /** Sizes and formats of the sub-kernel. */
    public ArrayGeometry geometry() {
        return geometry;
    }

    /** Working memory for one thread. */
    public Scratch newScratch() {
        return new Scratch(this);
    }

    /**
     * Adds the product with one input vector.
     *
     * @param inputs the vector, one word of the input format per row
     * @param from index of row 0 in {@code inputs}
     * @param sums outputs, added to
     * @param to index of weight 0 in {@code sums}
     * @param scratch working memory of this kernel, for this thread only
     * @return clipped conversions: those whose code before clamping is negative or above 2^adcBits − 1
     */
    public long multiply(int[] inputs, int from, long[] sums, int to, Scratch scratch) {
        if (scratch.owner != this) {
            throw new IllegalArgumentException("the scratch belongs to another kernel");
        }
        Objects.checkFromIndexSize(from, geometry.rows(), inputs.length);
        Objects.checkFromIndexSize(to, geometry.weights(), sums.length);
        scratch.inputs.load(inputs, from);
        int bits = geometry.input().bits();
        for (int low = 0; low < bits; low += bitsPerPass) {
            pass(low, Math.min(bits, low + bitsPerPass), sums, to, scratch);
        }
        if (geometry.encoding() == Encoding.OFFSET) {
            long correction = scratch.inputs.sum() << (geometry.weightBits() - 1);
            for (int weight = 0; weight < geometry.weights(); weight++) {
                sums[to + weight] -= correction;
            }
        }
        return scratch.takeClipped();
    }

    /** Reads the input bits from {@code low} to {@code high} − 1 of all blocks. */
    private void pass(int low, int high, long[] sums, int to, Scratch scratch) {
        for (int block = 0; block < geometry.blocks(); block++) {
            for (int bit = low; bit < high; bit++) {
                boolean isSign =
                        geometry.input().signed() && bit == geometry.input().bits() - 1;
                read(block, bit, (isSign ? -1 : 1) << (bit - low), scratch);
            }
            if ((block + 1) % blocksPerFlush == 0 || block == geometry.blocks() - 1) {
                flush(low, sums, to, scratch.codes);
            }
        }
    }

    /**
     * One read of a block: adds the codes of all its lanes, times {@code factor}. Where too few rows are active for any
     * sum to clip and no bit is shifted out, the codes are the sums and are counted in place. Where no row is active all
     * codes are 0 but for offsets.
     */
    private void read(int block, int bit, int factor, Scratch scratch) {
        int[] inputs = scratch.inputs.words();
        int index = scratch.inputs.index(block, bit);
        int active = scratch.inputs.active(block, bit);
        if (active == 0 && offsets.length == 0) {
            return;
        }
        int largestSum = active * cells.largest();
        boolean isWithin = offsets.length == 0 && largestSum >> conversion.shift() <= conversion.largest();
        if (isWithin && conversion.shift() == 0) {
            cells.count(block, inputs, index, scratch.codes, factor);
            return;
        }
        Arrays.fill(scratch.counts, 0);
        cells.count(block, inputs, index, scratch.counts, 1);
        if (isWithin) {
            conversion.convertWithin(scratch.counts, scratch.codes, factor);
            return;
        }
        scratch.mayHaveClipped = true;
        if (offsets.length == 0) {
            conversion.convert(scratch.counts, scratch.codes, scratch.clips, factor);
        } else {
            conversion.convert(scratch.counts, offsets[block], scratch.codes, scratch.clips, factor);
        }
    }

    /** Adds the weighted codes of all lines to the outputs and clears them. */
    private void flush(int low, long[] sums, int to, int[] codes) {
        int weights = geometry.weights();
        for (int line = 0; line < geometry.lines(); line++) {
            int first = line * weights;
            long factor = (geometry.isNegative(line) ? -1L : 1L) << (geometry.shift(line) + low);
            for (int i = 0; i < weights; i++) {
                sums[to + i] += codes[first + i] * factor;
            }
        }
        Arrays.fill(codes, 0);
    }

    /** Working memory of one thread for one kernel. */
    public static final class Scratch {
        private final PopcountKernel owner;
        private final BitPlanes inputs;
        private final int[] counts; // bit-line sums of one read, by lane
        private final int[] codes; // sums of codes weighted by input bits, by lane
        private final int[] clips; // clipped conversions, by lane
        private boolean mayHaveClipped;

        private Scratch(PopcountKernel owner) {
            int lanes = owner.geometry.lines() * owner.geometry.weights();
            this.owner = owner;
            this.inputs = new BitPlanes(owner.geometry);
            this.counts = new int[lanes];
            this.codes = new int[lanes];
            this.clips = new int[lanes];
        }

        /** Clipped conversions since the last call. */
        private long takeClipped() {
            if (!mayHaveClipped) {
                return 0;
            }
            mayHaveClipped = false;
            long clipped = 0;
            for (int i = 0; i < clips.length; i++) {
                clipped += clips[i];
                clips[i] = 0;
            }
            return clipped;
        }
    }
}
