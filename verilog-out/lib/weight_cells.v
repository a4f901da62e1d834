// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// weight_cells: the codes of a weight's cells, bit line by bit line: slices from the least significant; with
// DIFFERENTIAL the positive line of a slice before its negative one, otherwise the weight plus 2^(WEIGHT_BITS - 1).
`default_nettype none
module weight_cells #(
    parameter WEIGHT_BITS  = 16,  // bits of a weight
    parameter CELL_BITS    = 2,   // bits of a cell's code
    parameter DIFFERENTIAL = 0,   // 1: positive and negative bit lines; 0: offset codes
    parameter LINES        = 8    // bit lines of a weight
) (
    input  wire [WEIGHT_BITS-1:0]     weight,  // signed
    output wire [LINES*CELL_BITS-1:0] cells    // by bit line
);
    localparam SLICES    = (DIFFERENTIAL != 0) ? LINES / 2 : LINES;
    localparam CODE_BITS = SLICES * CELL_BITS;  // the last slice may reach beyond the weight

    wire                   sign      = weight[WEIGHT_BITS-1];
    wire [WEIGHT_BITS-1:0] magnitude = sign ? -weight : weight;

    genvar i;
    generate
        if (DIFFERENTIAL != 0) begin : differential
            wire [CODE_BITS-1:0] positive = sign ? {CODE_BITS{1'b0}} : CODE_BITS'(magnitude);
            wire [CODE_BITS-1:0] negative = sign ? CODE_BITS'(magnitude) : {CODE_BITS{1'b0}};
            for (i = 0; i < SLICES; i = i + 1) begin : slice
                assign cells[2*i*CELL_BITS+:2*CELL_BITS] =
                    {negative[i*CELL_BITS+:CELL_BITS], positive[i*CELL_BITS+:CELL_BITS]};
            end
        end else begin : offset
            wire unused = &{1'b0, magnitude};
            assign cells = CODE_BITS'({!sign, weight[WEIGHT_BITS-2:0]});
        end
    endgenerate
endmodule
`default_nettype wire
