// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// crossbar: the array macro. One read drives all word lines and returns the sum of every bit line.
//
// With EMAT_CROSSBAR_MACRO it is a black box, for a real macro of the same name and ports. The behavioural model keeps
// the cells' values as bit planes: a program write sets one value bit of 64 cells of a bit line.
`default_nettype none
`ifdef EMAT_CROSSBAR_MACRO
(* blackbox *)
`endif
module crossbar #(
    parameter BIT_LINES  = 128,  // bit lines that hold weights
    parameter VALUE_BITS = 2,    // bits of a cell's value
    parameter LINE_WORDS = 2,    // 64-bit words of the word lines
    parameter SUM_BITS   = 9     // bits of a bit line's sum
) (
    input  wire                          clk,
    input  wire [LINE_WORDS*64-1:0]      wordlines,      // 1: the row is driven
    output wire [BIT_LINES*SUM_BITS-1:0] sums,           // per bit line, the values of its driven cells added up
    input  wire                          program_valid,
    input  wire [15:0]                   program_line,   // bit line
    input  wire [15:0]                   program_word,   // value bit * LINE_WORDS + word
    input  wire [63:0]                   program_data    // that bit of 64 cells, the first row in bit 0
);
`ifdef EMAT_CROSSBAR_MACRO
    // Empty: what the sums are is the macro's affair.
    assign sums = {(BIT_LINES * SUM_BITS) {1'bx}};
    wire unused = &{1'b0, clk, wordlines, program_valid, program_line, program_word, program_data, VALUE_BITS != 0};
`else
`include "popcount.vh"
    localparam CELL_WORDS = VALUE_BITS * LINE_WORDS;  // words of a bit line
    localparam CELLS_W    = $clog2(BIT_LINES * CELL_WORDS + 1);

    // ---- cells: by bit line, value bit, 64 rows -----------------------------------------------------------------
    reg  [BIT_LINES*CELL_WORDS*64-1:0] cells;
    wire [31:0]                        program_cell = {16'd0, program_line} * CELL_WORDS + {16'd0, program_word};
    wire [CELLS_W-1:0]                 place        = program_cell[CELLS_W-1:0];
    wire                               unused       = &{1'b0, program_cell};

    always @(posedge clk) if (program_valid) cells[place*64+:64] <= program_data;

    // ---- read ---------------------------------------------------------------------------------------------------
    reg [BIT_LINES*SUM_BITS-1:0] totals;
    assign sums = totals;

    always @* begin : add
        reg [SUM_BITS-1:0] total;
        reg [31:0]         k, v, w;
        for (k = 0; k < BIT_LINES; k = k + 1) begin
            total = {SUM_BITS{1'b0}};
            for (v = 0; v < VALUE_BITS; v = v + 1)
                for (w = 0; w < LINE_WORDS; w = w + 1)
                    total = total + (SUM_BITS'(popcount64(
                        cells[((k*VALUE_BITS+v)*LINE_WORDS+w)*64+:64] & wordlines[w*64+:64])) << v);
            totals[k*SUM_BITS+:SUM_BITS] = total;
        end
    end
`endif
endmodule
`default_nettype wire
