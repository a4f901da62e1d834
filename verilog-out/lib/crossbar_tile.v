// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// crossbar_tile: one crossbar with its converters and shift-add.
`default_nettype none
module crossbar_tile #(
    parameter WEIGHTS       = 32,   // weight columns in use
    parameter INPUT_BITS    = 8,    // bit planes of an input
    parameter INPUT_SIGNED  = 0,    // 1: the last plane subtracts
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
    parameter LINE_WORDS    = 2,    // 64-bit words of the word lines
    parameter WEIGHT_PORT   = 0     // 1: the write port of weights is used
) (
    input  wire                               clk,
    input  wire                               reset,
    // read
    input  wire                               read,
    input  wire                               first,           // first cycle of a step
    input  wire                               plane_begins,    // first turn of a bit plane
    input  wire [5:0]                         plane,           // bit plane on the word lines
    input  wire [7:0]                         share,           // which bit lines of each converter
    input  wire [LINE_WORDS*64-1:0]           wordlines,       // 1: the row is driven
    output wire [WEIGHTS*ACC_BITS-1:0]        accumulators,    // by weight column, after the last cycle of a step
    // events of this cycle
    output wire [$clog2(LINE_WORDS*64+1)-1:0] activations,     // word lines driven with 1
    output wire [$clog2(WEIGHTS*LINES+1)-1:0] clipped,         // conversions outside the converter's range
    // program port
    input  wire                               program_cells,   // a value bit of 64 cells
    input  wire                               program_offset,  // the offset of a bit line
    input  wire [15:0]                        program_line,    // bit line
    input  wire [15:0]                        program_word,    // value bit * LINE_WORDS + word
    input  wire [63:0]                        program_data,
    // write port of weights: the cells of one weight that change
    input  wire                               weight_valid,
    input  wire [15:0]                        weight_row,      // word line
    input  wire [15:0]                        weight_column,   // weight column
    input  wire [LINES*VALUE_BITS-1:0]        weight_cells,    // values of its cells, by bit line
    input  wire [LINES-1:0]                   weight_changed   // by bit line: the cell is written
);
    localparam BIT_LINES   = WEIGHTS * LINES;
    localparam ROWS        = LINE_WORDS * 64;
    localparam DRIVEN_BITS = $clog2(ROWS + 1);
    localparam SUM_BITS    = $clog2(ROWS * ((1 << VALUE_BITS) - 1) + 1);

    wire [BIT_LINES*SUM_BITS-1:0] sums;
    wire [BIT_LINES*ADC_BITS-1:0] codes;
    reg  [DRIVEN_BITS-1:0]        driven;
    wire                          lines_begin = (share == 8'd0);
    wire                          sign_plane  = (INPUT_SIGNED != 0) && (plane == INPUT_BITS - 1);

    always @* begin : count
        integer i;
        driven = {DRIVEN_BITS{1'b0}};
        for (i = 0; i < ROWS; i = i + 1) driven = driven + DRIVEN_BITS'(wordlines[i]);
    end
    assign activations = driven;

    crossbar #(
        .BIT_LINES(BIT_LINES), .VALUE_BITS(VALUE_BITS), .LINE_WORDS(LINE_WORDS), .SUM_BITS(SUM_BITS),
        .LINES(LINES), .WEIGHT_PORT(WEIGHT_PORT)
    ) crossbar (
        .clk(clk), .wordlines(wordlines), .sums(sums), .program_valid(program_cells), .program_line(program_line),
        .program_word(program_word), .program_data(program_data), .weight_valid(weight_valid),
        .weight_row(weight_row), .weight_column(weight_column), .weight_cells(weight_cells),
        .weight_changed(weight_changed)
    );

    adc #(
        .BIT_LINES(BIT_LINES), .SUM_BITS(SUM_BITS), .FRACTION_BITS(FRACTION_BITS), .ADC_BITS(ADC_BITS),
        .ADC_LSB(ADC_LSB), .ADC_OFFSETS(ADC_OFFSETS), .ADC_SHARE(ADC_SHARE)
    ) adc (
        .clk(clk), .share(share), .sums(sums), .codes(codes), .clipped(clipped), .program_valid(program_offset),
        .program_line(program_line), .program_data(program_data[15:0])
    );

    shift_add #(
        .WEIGHTS(WEIGHTS), .INPUT_BITS(INPUT_BITS), .LINES(LINES), .DIFFERENTIAL(DIFFERENTIAL),
        .WEIGHT_BITS(WEIGHT_BITS), .CELL_BITS(CELL_BITS), .ADC_BITS(ADC_BITS), .ADC_LSB(ADC_LSB),
        .ACC_BITS(ACC_BITS), .DRIVEN_BITS(DRIVEN_BITS)
    ) shift_add (
        .clk(clk), .reset(reset), .add(read), .first(first), .plane_begins(plane_begins && lines_begin),
        .lines_begin(lines_begin), .subtract(sign_plane), .driven(driven), .codes(codes), .accumulators(accumulators)
    );
endmodule
`default_nettype wire
