// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// shift_add: accumulators of one crossbar, over input bit planes and weight slices.
//
// The codes of a plane enter at the weight of the last plane. At the start of every other plane the accumulators move
// one bit down, so that after the last one each plane has its own weight: no shifter is needed, and no bit is lost.
`default_nettype none
module shift_add #(
    parameter WEIGHTS      = 32,  // weight columns
    parameter INPUT_BITS   = 8,   // bit planes of an input
    parameter LINES        = 4,   // bit lines of a weight
    parameter DIFFERENTIAL = 0,   // 1: odd lines subtract; 0: offset codes, corrected with the driven word lines
    parameter WEIGHT_BITS  = 8,   // bits of a weight
    parameter CELL_BITS    = 2,   // bits of a slice
    parameter ADC_BITS     = 9,   // bits of a code
    parameter ADC_LSB      = 0,   // weight of a code
    parameter ACC_BITS     = 24,  // bits of an accumulator
    parameter DRIVEN_BITS  = 8    // bits of the number of driven word lines
) (
    input  wire                              clk,
    input  wire                              reset,
    input  wire                              add,           // the codes of this cycle count
    input  wire                              first,         // first cycle of a step: restart
    input  wire                              plane_begins,  // first cycle of a bit plane
    input  wire                              lines_begin,   // first cycle of these word lines: a plane, or a turn of it
    input  wire                              subtract,      // the plane has a negative weight
    input  wire [DRIVEN_BITS-1:0]            driven,        // word lines driven with 1
    input  wire [WEIGHTS*LINES*ADC_BITS-1:0] codes,         // by weight column, bit line
    output reg  [WEIGHTS*ACC_BITS-1:0]       accumulators   // valid after the last cycle of a step
);
    // All sums are modulo 2^ACC_BITS, which holds every result; codes may be wider.
    localparam TERM_BITS  = (ADC_BITS > DRIVEN_BITS) ? ADC_BITS : DRIVEN_BITS;
    localparam TOTAL_BITS = (ACC_BITS > TERM_BITS) ? ACC_BITS : TERM_BITS;

    always @(posedge clk) begin : accumulate
        reg [TOTAL_BITS-1:0] total, code;
        reg [ACC_BITS-1:0]   kept;
        integer m, l;
        if (reset) begin
            accumulators <= 0;
        end else if (add) begin
            for (m = 0; m < WEIGHTS; m = m + 1) begin
                total = {TOTAL_BITS{1'b0}};
                if (DIFFERENTIAL == 0 && lines_begin) total = -(TOTAL_BITS'(driven) << (WEIGHT_BITS - 1));
                for (l = 0; l < LINES; l = l + 1) begin
                    code  = TOTAL_BITS'(codes[(m*LINES+l)*ADC_BITS+:ADC_BITS])
                        << (ADC_LSB + CELL_BITS * ((DIFFERENTIAL != 0) ? l / 2 : l));
                    total = (DIFFERENTIAL != 0 && l % 2 == 1) ? total - code : total + code;
                end
                total = (subtract ? -total : total) << (INPUT_BITS - 1);
                kept  = accumulators[m*ACC_BITS+:ACC_BITS];
                if (first) kept = {ACC_BITS{1'b0}};
                else if (plane_begins) kept = {kept[ACC_BITS-1], kept[ACC_BITS-1:1]};
                accumulators[m*ACC_BITS+:ACC_BITS] <= kept + total[ACC_BITS-1:0];
            end
        end
    end
endmodule
`default_nettype wire
