// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// gradient_adder: beats of the gradients of two engines that have the same weights, added lane by lane. The sum over
// the images of both fits, since a lane is as wide as all images need.
`default_nettype none
module gradient_adder #(
    parameter LANES    = 1,  // gradients in a beat
    parameter ACC_BITS = 32  // bits of a gradient
) (
    input  wire [LANES*ACC_BITS-1:0] first,   // of one engine
    input  wire [LANES*ACC_BITS-1:0] second,  // of the other
    output wire [LANES*ACC_BITS-1:0] sums     // of both
);
    genvar lane;
    generate
        for (lane = 0; lane < LANES; lane = lane + 1) begin : add
            assign sums[lane*ACC_BITS+:ACC_BITS] = first[lane*ACC_BITS+:ACC_BITS] + second[lane*ACC_BITS+:ACC_BITS];
        end
    endgenerate
endmodule
`default_nettype wire
