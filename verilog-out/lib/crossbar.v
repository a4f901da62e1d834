// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// crossbar: the array macro. One read drives all word lines and returns the sum of every bit line.
//
// With EMAT_CROSSBAR_MACRO it is a black box, for a real macro of the same name and ports. The behavioural model keeps
// the cells' values as bit planes: a program write sets one value bit of 64 cells of a bit line. With WEIGHT_PORT those
// of a weight's cells that change, on LINES neighbouring bit lines of one word line, can be written in a cycle.
`default_nettype none
`ifdef EMAT_CROSSBAR_MACRO
(* blackbox *)
`endif
module crossbar #(
    parameter BIT_LINES  = 128,  // bit lines that hold weights
    parameter VALUE_BITS = 2,    // bits of a cell's value
    parameter LINE_WORDS = 2,    // 64-bit words of the word lines
    parameter SUM_BITS   = 9,    // bits of a bit line's sum
    parameter LINES      = 1,    // bit lines of a weight
    parameter WEIGHT_PORT = 0    // 1: the write port of weights is used
) (
    input  wire                          clk,
    input  wire [LINE_WORDS*64-1:0]      wordlines,      // 1: the row is driven
    output wire [BIT_LINES*SUM_BITS-1:0] sums,           // per bit line, the values of its driven cells added up
    input  wire                          program_valid,
    input  wire [15:0]                   program_line,   // bit line
    input  wire [15:0]                   program_word,   // value bit * LINE_WORDS + word
    input  wire [63:0]                   program_data,   // that bit of 64 cells, the first row in bit 0
    input  wire                          weight_valid,
    input  wire [15:0]                   weight_row,     // word line
    input  wire [15:0]                   weight_column,  // bit line / LINES
    input  wire [LINES*VALUE_BITS-1:0]   weight_cells,   // values of its cells, by bit line
    input  wire [LINES-1:0]              weight_changed  // by bit line: the cell is written
);
`ifdef EMAT_CROSSBAR_MACRO
    // Empty: what the sums are is the macro's affair.
    assign sums = {(BIT_LINES * SUM_BITS) {1'bx}};
    wire unused = &{1'b0, clk, wordlines, program_valid, program_line, program_word, program_data, weight_valid,
                    weight_row, weight_column, weight_cells, weight_changed, VALUE_BITS != 0, WEIGHT_PORT != 0};
`else
`include "popcount.vh"
    localparam CELL_WORDS = VALUE_BITS * LINE_WORDS;  // words of a bit line
    localparam CELLS_W    = $clog2(BIT_LINES * CELL_WORDS + 1);

    // ---- cells: by bit line, value bit, 64 rows -----------------------------------------------------------------
    reg  [BIT_LINES*CELL_WORDS*64-1:0] cells;
    wire [31:0]                        program_cell = {16'd0, program_line} * CELL_WORDS + {16'd0, program_word};
    wire [CELLS_W-1:0]                 place        = program_cell[CELLS_W-1:0];
    wire                               unused       = &{1'b0, program_cell};

    generate
        if (WEIGHT_PORT != 0) begin : weights
            // Bits of a bit line follow each other by value bit, then row.
            localparam BIT_W = $clog2(BIT_LINES * CELL_WORDS * 64);
            wire [BIT_W-1:0] first = BIT_W'(weight_column) * BIT_W'(LINES * CELL_WORDS * 64) + BIT_W'(weight_row);
            wire unused_weight = &{1'b0, weight_row, weight_column};  // their upper bits
            always @(posedge clk) begin : write
                integer l, v;
                if (program_valid) cells[place*64+:64] <= program_data;
                if (weight_valid)
                    for (l = 0; l < LINES; l = l + 1)
                        for (v = 0; v < VALUE_BITS; v = v + 1)
                            if (weight_changed[l])
                                cells[first+BIT_W'((l*VALUE_BITS+v)*LINE_WORDS*64)] <= weight_cells[l*VALUE_BITS+v];
            end
        end else begin : no_weights
            always @(posedge clk) if (program_valid) cells[place*64+:64] <= program_data;
            wire unused_weight = &{1'b0, weight_valid, weight_row, weight_column, weight_cells, weight_changed};
        end
    endgenerate

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
