// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.

// shift_add: accumulators of one crossbar, over input bit planes and weight slices.
`default_nettype none
module shift_add #(
    parameter WEIGHTS      = 32,  // weight columns
    parameter LINES        = 4,   // bit lines of a weight
    parameter DIFFERENTIAL = 0,   // 1: odd lines subtract; 0: offset codes, corrected with the driven word lines
    parameter WEIGHT_BITS  = 8,   // bits of a weight
    parameter CELL_BITS    = 2,   // bits of a slice
    parameter ADC_LSB      = 0,   // weight of a code
    parameter ACC_BITS     = 24,  // bits of an accumulator
    parameter SIGN_PLANE   = 64   // bit plane that subtracts; 64: none
) (
    input  wire                        clk,
    input  wire                        reset,
    input  wire                        add,
    input  wire                        first,   // restart
    input  wire [5:0]                  plane,
    input  wire                        correct, // subtract the offset of the codes in this cycle
    input  wire [15:0]                 driven,  // word lines driven with 1
    input  wire [WEIGHTS*LINES*16-1:0] codes,
    output reg  [WEIGHTS*ACC_BITS-1:0] accumulators
);
    always @(posedge clk) begin : accumulate
        reg [63:0] total, code;
        integer m, l;
        if (reset) begin
            accumulators <= {(WEIGHTS * ACC_BITS) {1'b0}};
        end else if (add) begin
            for (m = 0; m < WEIGHTS; m = m + 1) begin
                total = (DIFFERENTIAL == 0 && correct) ? -({48'd0, driven} << (WEIGHT_BITS - 1)) : 64'd0;
                for (l = 0; l < LINES; l = l + 1) begin
                    code  = {48'd0, codes[(m*LINES+l)*16+:16]}
                        << (ADC_LSB + CELL_BITS * ((DIFFERENTIAL != 0) ? l / 2 : l));
                    total = (DIFFERENTIAL != 0 && l % 2 == 1) ? total - code : total + code;
                end
                total = total << plane;
                if ({26'd0, plane} == SIGN_PLANE) total = -total;
                accumulators[m*ACC_BITS+:ACC_BITS] <= total[ACC_BITS-1:0]
                    + (first ? {ACC_BITS{1'b0}} : accumulators[m*ACC_BITS+:ACC_BITS]);
            end
        end
    end
endmodule
`default_nettype wire

