package org.emat.cost;

/** The parts of a layer or gradient engine that costs are told by, named as their Verilog modules. */
public enum Component {
    /** Arrays of cells. */
    CROSSBAR("crossbar"),
    /** Converters. */
    ADC("adc"),
    /** Word lines' drivers. */
    WORDLINE_DRIVER("wordline_driver"),
    /** Shifters and adders behind the converters, with the accumulators. */
    SHIFT_ADD("shift_add"),
    /** Adders over row blocks. */
    ROW_ADDER("row_adder"),
    /** Rows of input pixels. */
    LINE_BUFFER("line_buffer"),
    /** The window being computed and the one being filled. */
    WINDOW_REGISTER("window_register"),
    /** The block that leaves the accumulators, its scales, and the activation. */
    REQUANTIZER("requantizer"),
    /** Blocks of output pixels on their way to raster order. */
    BLOCK_TO_RASTER("block_to_raster"),
    /** Overlapping outputs of the padding-free mapping: their memory and its adders. */
    OVERLAP_ADD("overlap_add"),
    /** Multipliers of a gradient engine. */
    GRADIENT_LANES("gradient_lanes"),
    /** Sums of products, one per weight, and their adders. */
    GRADIENT_ACCUMULATORS("gradient_accumulators"),
    /** Sums of errors, one per bias. */
    GRADIENT_BIASES("gradient_biases"),
    /** The engine's counters. */
    CSR("csr");

    private final String module;

    Component(String module) {
        this.module = module;
    }

    /** Name of the Verilog module. */
    @Override
    public String toString() {
        return module;
    }
}
