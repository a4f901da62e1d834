// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.

// crossbar_tile: one crossbar with its converters and shift-add.
`default_nettype none
module crossbar_tile #(
    parameter WEIGHTS       = 32,   // weight columns in use
    parameter WEIGHT_BITS   = 8,    // bits of a weight
    parameter CELL_BITS     = 2,    // bits of a cell's code
    parameter VALUE_BITS    = 2,    // bits of a cell's value
    parameter FRACTION_BITS = 0,    // fraction bits of a cell's value
    parameter DIFFERENTIAL  = 0,    // 1: positive and negative bit lines
    parameter LINES         = 4,    // bit lines of a weight
    parameter ADC_BITS      = 9,    // resolution of a converter
    parameter ADC_LSB       = 0,    // right shift of a sum before conversion
    parameter ADC_OFFSETS   = 0,    // 1: an offset per bit line
    parameter ADC_SHARE     = 1,    // bit lines of one converter
    parameter ACC_BITS      = 24,   // bits of an accumulator
    parameter SIGN_PLANE    = 64,   // bit plane that subtracts; 64: none
    parameter LINE_WORDS    = 2     // 64-bit words of the word lines
) (
    input  wire                        clk,
    input  wire                        reset,
    input  wire                        read,
    input  wire                        first,
    input  wire [5:0]                  plane,
    input  wire [7:0]                  share,
    input  wire [LINE_WORDS*64-1:0]    wordlines,
    output wire [WEIGHTS*ACC_BITS-1:0] accumulators,
    output wire [31:0]                 activations,  // word lines driven with 1
    output wire [31:0]                 clipped,      // conversions of this cycle outside the range
    input  wire                        program_cells,
    input  wire                        program_offset,
    input  wire [15:0]                 program_line,
    input  wire [15:0]                 program_word,
    input  wire [63:0]                 program_data
);
    localparam BIT_LINES = WEIGHTS * LINES;

    wire [BIT_LINES*32-1:0] sums;
    wire [BIT_LINES*16-1:0] codes;
    reg  [31:0]             driven;

    always @* begin : count
        integer i;
        driven = 32'd0;
        for (i = 0; i < LINE_WORDS * 64; i = i + 1) driven = driven + {31'd0, wordlines[i]};
    end
    assign activations = driven;

    crossbar #(.BIT_LINES(BIT_LINES), .VALUE_BITS(VALUE_BITS), .LINE_WORDS(LINE_WORDS)) crossbar (
        .clk(clk), .wordlines(wordlines), .sums(sums), .program_valid(program_cells), .program_line(program_line),
        .program_word(program_word), .program_data(program_data)
    );

    adc #(
        .BIT_LINES(BIT_LINES), .FRACTION_BITS(FRACTION_BITS), .ADC_BITS(ADC_BITS), .ADC_LSB(ADC_LSB),
        .ADC_OFFSETS(ADC_OFFSETS), .ADC_SHARE(ADC_SHARE)
    ) adc (
        .clk(clk), .share(share), .sums(sums), .codes(codes), .clipped(clipped), .program_valid(program_offset),
        .program_line(program_line), .program_data(program_data[15:0])
    );

    shift_add #(
        .WEIGHTS(WEIGHTS), .LINES(LINES), .DIFFERENTIAL(DIFFERENTIAL), .WEIGHT_BITS(WEIGHT_BITS),
        .CELL_BITS(CELL_BITS), .ADC_LSB(ADC_LSB), .ACC_BITS(ACC_BITS), .SIGN_PLANE(SIGN_PLANE)
    ) shift_add (
        .clk(clk), .reset(reset), .add(read), .first(first), .plane(plane), .correct(share == 8'd0),
        .driven(driven[15:0]), .codes(codes), .accumulators(accumulators)
    );
endmodule
`default_nettype wire

