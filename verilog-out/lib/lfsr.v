// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// lfsr: a linear-feedback shift register of 64 bits with period 2^64 - 1, advanced by the shifts (13, 7, 17) of
// Marsaglia's xorshift, so that each step gives 64 new bits.
//
// Source: G. Marsaglia, Xorshift RNGs, Journal of Statistical Software 8 (14), 2003.
`default_nettype none
module lfsr (
    input  wire        clk,
    input  wire        load,   // takes a new state, which must not be 0
    input  wire [63:0] seed,   // the new state
    input  wire        step,   // takes the next state
    output reg  [63:0] state,  // from which a register continues
    output wire [63:0] next    // the state after a step: what a step draws
);
    wire [63:0] left = state ^ (state << 13);
    wire [63:0] both = left ^ (left >> 7);
    assign next = both ^ (both << 17);

    always @(posedge clk)
        if (load) state <= seed;
        else if (step) state <= next;
endmodule
`default_nettype wire
