// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// frame_gate: lets as many frames of a stream pass as it is allowed to since a training step began.
`default_nettype none
module frame_gate #(
    parameter PIXELS = 1  // pixels of a frame
) (
    input  wire        clk,
    input  wire        reset,
    input  wire        clear,      // a training step begins
    input  wire [15:0] allowed,    // frames that may have passed
    input  wire        in_valid,
    output wire        in_ready,
    output wire        out_valid,
    input  wire        out_ready,
    output reg  [15:0] passed      // frames, whole ones
);
    localparam PIXEL_W = $clog2(PIXELS + 1);
    reg  [PIXEL_W-1:0] pixel;  // of the frame that is passing
    wire open = (passed < allowed);
    wire fire = in_valid && out_ready && open;
    wire last = (pixel == PIXEL_W'(PIXELS - 1));
    assign in_ready  = out_ready && open;
    assign out_valid = in_valid && open;

    always @(posedge clk) begin
        if (reset || clear) begin
            pixel  <= 0;
            passed <= 16'd0;
        end else if (fire) begin
            pixel <= last ? 0 : pixel + 1'b1;
            if (last) passed <= passed + 16'd1;
        end
    end
endmodule
`default_nettype wire
