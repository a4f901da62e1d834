// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// stream_fork: each pixel of a stream to both of two streams at once, or to the one that is enabled, or to none.
`default_nettype none
module stream_fork (
    input  wire       in_valid,
    output wire       in_ready,
    input  wire [1:0] enable,  // which streams take it
    output wire [1:0] out_valid,
    input  wire [1:0] out_ready
);
    wire [1:0] fit = out_ready | ~enable;
    assign in_ready  = (fit == 2'b11);
    assign out_valid = {in_valid && enable[1] && fit[0], in_valid && enable[0] && fit[1]};
endmodule
`default_nettype wire
