package org.emat.arch;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The hardware a network is mapped to.
 *
 * @param crossbar size of one physical array
 * @param cellBits bits a cell holds, 1 to 4
 * @param encoding how signed weights become non-negative cell codes
 * @param inputBits width of activations on the word lines, 1 to 16; in integer mode the inputs have their own
 * @param weightBits width of weights, 2 to 16
 * @param activationBits input width of slopes and tables, 4 to 16
 * @param adc the converters
 * @param device the cells' non-idealities
 * @param mapping how transposed convolutions become arrays
 * @param fold taps that are read in turns, on one crossbar where they fit; 1 to 64, used by the mapping pixel-wise only
 * @param onePixel how a layer whose input is one pixel is planned
 * @param groups how channel groups become arrays
 * @param pixelsPerCycle output pixels that may leave the last engine in one cycle, 1 to 1024
 * @param streamBits width of the external data streams, 8 to 16384, a multiple of 8
 * @param budget how many crossbars and converters there are; without a limit, each layer has what it needs once
 */
public record Architecture(
        Crossbar crossbar,
        int cellBits,
        Encoding encoding,
        int inputBits,
        int weightBits,
        int activationBits,
        Adc adc,
        Device device,
        Mapping mapping,
        int fold,
        OnePixel onePixel,
        Groups groups,
        int pixelsPerCycle,
        int streamBits,
        Budget budget) {

    public Architecture {
        Range.check("cellBits", cellBits, 1, 4);
        Range.check("inputBits", inputBits, 1, 16);
        Range.check("weightBits", weightBits, 2, 16);
        Range.check("activationBits", activationBits, 4, 16);
        Range.check("fold", fold, 1, 64);
        Range.check("pixelsPerCycle", pixelsPerCycle, 1, 1024);
        Range.check("streamBits", streamBits, 8, 16384);
        if (streamBits % 8 != 0) {
            throw new IllegalArgumentException("streamBits must be a multiple of 8, not " + streamBits);
        }
        if (crossbar.columns() < linesPerWeight(weightBits, cellBits, encoding)) {
            throw new IllegalArgumentException("crossbar/columns is " + crossbar.columns() + ", but one weight takes "
                    + linesPerWeight(weightBits, cellBits, encoding) + " bit lines");
        }
    }

    /** Hardware without a limit on crossbars and converters. */
    public Architecture(
            Crossbar crossbar,
            int cellBits,
            Encoding encoding,
            int inputBits,
            int weightBits,
            int activationBits,
            Adc adc,
            Device device,
            Mapping mapping,
            int fold,
            OnePixel onePixel,
            Groups groups,
            int pixelsPerCycle,
            int streamBits) {
        this(
                crossbar,
                cellBits,
                encoding,
                inputBits,
                weightBits,
                activationBits,
                adc,
                device,
                mapping,
                fold,
                onePixel,
                groups,
                pixelsPerCycle,
                streamBits,
                Budget.unlimited());
    }

    /** The architecture of the demo: 128 × 128 crossbars of 2-bit cells, 9-bit ADCs, 8-bit data. */
    public static Architecture standard() {
        return new Architecture(
                new Crossbar(128, 128),
                2,
                Encoding.OFFSET,
                8,
                8,
                10,
                new Adc(9, 0, 1, 0),
                Device.ideal(),
                Mapping.PHASE,
                1,
                OnePixel.DENSE,
                Groups.SEPARATE,
                1,
                64);
    }

    /** The same with other converters. */
    public Architecture with(Adc other) {
        return changed(other, device, mapping, fold, pixelsPerCycle, streamBits, budget);
    }

    /** The same with other cells. */
    public Architecture with(Device other) {
        return changed(adc, other, mapping, fold, pixelsPerCycle, streamBits, budget);
    }

    /** The same with another mapping; a fold is for pixel-wise only. */
    public Architecture with(Mapping other, int taps) {
        return changed(adc, device, other, taps, pixelsPerCycle, streamBits, budget);
    }

    /** The same with other external streams. */
    public Architecture withStream(int pixels, int bits) {
        return changed(adc, device, mapping, fold, pixels, bits, budget);
    }

    /** The same with other limits. */
    public Architecture with(Budget other) {
        return changed(adc, device, mapping, fold, pixelsPerCycle, streamBits, other);
    }

    private Architecture changed(
            Adc converters, Device cells, Mapping how, int taps, int pixels, int bits, Budget limits) {
        return new Architecture(
                crossbar,
                cellBits,
                encoding,
                inputBits,
                weightBits,
                activationBits,
                converters,
                cells,
                how,
                taps,
                onePixel,
                groups,
                pixels,
                bits,
                limits);
    }

    /** Bit lines that one weight takes. */
    public static int linesPerWeight(int weightBits, int cellBits, Encoding encoding) {
        int slices = (weightBits + cellBits - 1) / cellBits;
        return encoding == Encoding.DIFFERENTIAL ? 2 * slices : slices;
    }

    /**
     * Size of one physical array.
     *
     * @param rows word lines, 4 to 1024
     * @param columns physical bit lines, 4 to 1024
     */
    public record Crossbar(int rows, int columns) {
        public Crossbar {
            Range.check("crossbar/rows", rows, 4, 1024);
            Range.check("crossbar/columns", columns, 4, 1024);
        }
    }

    /**
     * Analog-to-digital conversion of bit-line sums.
     *
     * @param bits resolution, 1 to 16
     * @param lsb sums are shifted right by this before conversion, 0 to 8
     * @param columnsPerAdc bit lines that share a converter, 1 to 128; a read takes as many cycles
     * @param offsetSpread largest magnitude, in codes, of the drawn offset of each bit line, 0 to 64
     */
    public record Adc(int bits, int lsb, int columnsPerAdc, int offsetSpread) {
        public Adc {
            Range.check("adc/bits", bits, 1, 16);
            Range.check("adc/lsb", lsb, 0, 8);
            Range.check("adc/columnsPerAdc", columnsPerAdc, 1, 128);
            Range.check("adc/offsetSpread", offsetSpread, 0, 64);
        }
    }

    /**
     * What a chip has. With a limit, layers with many steps get copies of their arrays and layers with few share
     * converters more, so that the slowest layer is as fast as the limits allow. Copies are for the mappings phase and
     * pixel-wise, and converters are shared more only where they are limited.
     *
     * @param crossbars physical crossbars, 1 to 10⁹ or {@link #UNLIMITED}
     * @param converters analog-to-digital converters, 1 to 10⁹ or {@link #UNLIMITED}
     */
    public record Budget(int crossbars, int converters) {
        /** No limit. */
        public static final int UNLIMITED = Integer.MAX_VALUE;

        private static final int MOST = 1_000_000_000;

        public Budget {
            check("budget/crossbars", crossbars);
            check("budget/converters", converters);
        }

        private static void check(String name, int limit) {
            if (limit != UNLIMITED) {
                Range.check(name, limit, 1, MOST);
            }
        }

        /** No limit at all. */
        public static Budget unlimited() {
            return new Budget(UNLIMITED, UNLIMITED);
        }

        /** Whether there is a limit. */
        @com.fasterxml.jackson.annotation.JsonIgnore
        public boolean isLimited() {
            return crossbars < UNLIMITED || converters < UNLIMITED;
        }
    }

    /**
     * Non-idealities of the cells, drawn from a seed.
     *
     * @param stuckAtZero fraction of cells whose code is 0 for ever, 0 to 1
     * @param stuckAtOne fraction of cells whose code is the largest for ever, 0 to 1
     * @param deviationSpread largest magnitude of the drawn conductance deviation, in units of 2^−fractionBits codes
     * @param fractionBits fraction bits of a cell's value, 0 to 6
     * @param seed seed of the draw; the same seed gives the same device
     */
    public record Device(double stuckAtZero, double stuckAtOne, int deviationSpread, int fractionBits, long seed) {
        public Device {
            Range.check("device/deviationSpread", deviationSpread, 0, 255);
            Range.check("device/fractionBits", fractionBits, 0, 6);
            if (!(stuckAtZero >= 0 && stuckAtOne >= 0 && stuckAtZero + stuckAtOne <= 1)) {
                throw new IllegalArgumentException(
                        "device/stuckAtZero and device/stuckAtOne must be fractions with a sum of at most 1, not "
                                + stuckAtZero + " and " + stuckAtOne);
            }
        }

        /** Cells that hold exactly what was written. */
        public static Device ideal() {
            return new Device(0, 0, 0, 0, 1);
        }

        /** Whether every cell holds exactly what was written. */
        @com.fasterxml.jackson.annotation.JsonIgnore
        public boolean isIdeal() {
            return stuckAtZero == 0 && stuckAtOne == 0 && deviationSpread == 0;
        }
    }

    /** How signed weights become non-negative cell codes. */
    public enum Encoding {
        /** Code w + 2^(weightBits − 1), corrected with the sum of the inputs. */
        @JsonProperty("offset")
        OFFSET,
        /** Positive and negative parts on adjacent bit lines, subtracted after conversion. */
        @JsonProperty("differential")
        DIFFERENTIAL
    }

    /** How transposed convolutions become arrays. */
    public enum Mapping {
        /** The taps of each output phase stacked on the word lines of one array; no zero is inserted. */
        @JsonProperty("phase")
        PHASE,
        /** The textbook accelerator: a convolution over the zero-inserted input. */
        @JsonProperty("zero-insertion")
        ZERO_INSERTION,
        /** A crossbar of its own for each tap, sums over the taps of a phase after conversion (RED, DATE 2019). */
        @JsonProperty("pixel-wise")
        PIXEL_WISE,
        /** Every input pixel once, times all taps; overlapping outputs are added up and cropped behind the arrays. */
        @JsonProperty("padding-free")
        PADDING_FREE
    }

    /** How a layer whose input is one pixel is planned. */
    public enum OnePixel {
        /** One step computes the whole output. */
        @JsonProperty("dense")
        DENSE,
        /** By windows, as any other layer. */
        @JsonProperty("window")
        WINDOW
    }

    /** How channel groups become arrays. */
    public enum Groups {
        /** One array per group. */
        @JsonProperty("separate")
        SEPARATE,
        /** Groups packed block-diagonally in one array; the cells off the diagonal hold weight 0. */
        @JsonProperty("packed")
        PACKED
    }
}
