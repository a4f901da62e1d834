// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.

// crossbar: the array macro. One read drives all word lines and returns the sum of every bit line.
//
// With EMAT_CROSSBAR_MACRO the body is empty, for a real macro of the same name and ports. The behavioural model keeps
// the cells' values as bit planes: a program write sets one value bit of 64 cells of a bit line.
`default_nettype none
`ifdef EMAT_CROSSBAR_MACRO
(* blackbox *)
`endif
module crossbar #(
    parameter BIT_LINES  = 128,  // bit lines that hold weights
    parameter VALUE_BITS = 2,    // bits of a cell's value
    parameter LINE_WORDS = 2     // 64-bit words of the word lines
) (
    input  wire                     clk,
    input  wire [LINE_WORDS*64-1:0] wordlines,
    output wire [BIT_LINES*32-1:0]  sums,
    input  wire                     program_valid,
    input  wire [15:0]              program_line,
    input  wire [15:0]              program_word,  // value bit * LINE_WORDS + word
    input  wire [63:0]              program_data
);
`ifndef EMAT_CROSSBAR_MACRO
`include "popcount.vh"
    localparam CELL_WORDS = VALUE_BITS * LINE_WORDS;
    localparam WORDS      = BIT_LINES * CELL_WORDS;
    localparam ADDRESS_W  = (WORDS > 1) ? $clog2(WORDS) : 1;

    reg [63:0] cells [0:(1<<ADDRESS_W)-1];
    wire [31:0] program_cell = {16'd0, program_line} * CELL_WORDS + {16'd0, program_word};
    wire unused = &{1'b0, program_cell};
    always @(posedge clk) if (program_valid) cells[program_cell[ADDRESS_W-1:0]] <= program_data;

    genvar k, w;
    generate
        for (k = 0; k < BIT_LINES; k = k + 1) begin : bit_line
            wire [CELL_WORDS*32-1:0] counts;
            for (w = 0; w < CELL_WORDS; w = w + 1) begin : word
                assign counts[w*32+:32] =
                    {25'd0, popcount64(cells[k*CELL_WORDS+w] & wordlines[(w%LINE_WORDS)*64+:64])} << (w / LINE_WORDS);
            end
            reg [31:0] sum;
            always @* begin : add
                integer i;
                sum = 32'd0;
                for (i = 0; i < CELL_WORDS; i = i + 1) sum = sum + counts[i*32+:32];
            end
            assign sums[k*32+:32] = sum;
        end
    endgenerate
`endif
endmodule
`default_nettype wire

