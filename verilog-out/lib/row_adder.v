// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.

// row_adder: digital sum over the row blocks of a sub-kernel.
`default_nettype none
module row_adder #(
    parameter BLOCKS   = 1,   // row blocks
    parameter COUNT    = 1,   // weight columns
    parameter ACC_BITS = 24   // bits of an accumulator
) (
    input  wire [BLOCKS*COUNT*ACC_BITS-1:0] partial,
    output reg  [COUNT*ACC_BITS-1:0]        sum
);
    always @* begin : add
        integer m, b;
        for (m = 0; m < COUNT; m = m + 1) begin
            sum[m*ACC_BITS+:ACC_BITS] = partial[m*ACC_BITS+:ACC_BITS];
            for (b = 1; b < BLOCKS; b = b + 1)
                sum[m*ACC_BITS+:ACC_BITS] = sum[m*ACC_BITS+:ACC_BITS] + partial[(b*COUNT+m)*ACC_BITS+:ACC_BITS];
        end
    end
endmodule
`default_nettype wire

