// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// row_adder: digital sum over the row blocks of a sub-kernel.
`default_nettype none
module row_adder #(
    parameter BLOCKS   = 1,   // row blocks
    parameter COUNT    = 1,   // weight columns
    parameter ACC_BITS = 24   // bits of an accumulator
) (
    input  wire [BLOCKS*COUNT*ACC_BITS-1:0] partial,  // by row block, weight column
    output wire [COUNT*ACC_BITS-1:0]        sum       // by weight column
);
    genvar m;
    generate
        for (m = 0; m < COUNT; m = m + 1) begin : column
            reg [ACC_BITS-1:0] total;
            always @* begin : add
                integer b;
                total = {ACC_BITS{1'b0}};
                for (b = 0; b < BLOCKS; b = b + 1) total = total + partial[(b*COUNT+m)*ACC_BITS+:ACC_BITS];
            end
            assign sum[m*ACC_BITS+:ACC_BITS] = total;
        end
    endgenerate
endmodule
`default_nettype wire
