// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// window_register: the window being computed and the next one being filled, column by column.
`default_nettype none
module window_register #(
    parameter COLUMN_BITS = 8,  // bits of one window column
    parameter COLUMNS     = 1   // columns of the window
) (
    input  wire                           clk,
    input  wire                           column_valid,
    input  wire [COLUMN_BITS-1:0]         column_data,
    input  wire                           take,         // the filled window becomes the current one
    output reg  [COLUMNS*COLUMN_BITS-1:0] window        // leftmost column in the least significant bits
);
    reg [COLUMNS*COLUMN_BITS-1:0] filling;

    generate
        if (COLUMNS == 1) begin : single
            always @(posedge clk) if (column_valid) filling <= column_data;
        end else begin : shift
            always @(posedge clk)
                if (column_valid) filling <= {column_data, filling[COLUMNS*COLUMN_BITS-1:COLUMN_BITS]};
        end
    endgenerate

    always @(posedge clk) if (take) window <= filling;
endmodule
`default_nettype wire
