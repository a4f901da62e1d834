// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// frame_turn: whose turn it is in a stream of frames. Frames of real images come first; of each generated image comes
// one frame, or two that take turns.
`default_nettype none
module frame_turn #(
    parameter PIXELS = 1,  // pixels of a frame
    parameter TWICE  = 0   // 1: two frames of each generated image
) (
    input  wire        clk,
    input  wire        reset,
    input  wire        clear,  // a training step begins
    input  wire [15:0] reals,  // frames of real images
    input  wire        taken,  // a pixel
    output wire        turn    // the frame is of a generated image; with TWICE, its second one
);
    localparam PIXEL_W = $clog2(PIXELS + 1);
    reg  [PIXEL_W-1:0] pixel;   // of the frame that is passing
    reg  [15:0]        frames;  // of real images, whole ones
    reg                second;
    wire last      = (pixel == PIXEL_W'(PIXELS - 1));
    wire generated = (frames >= reals);
    assign turn = generated && (second || TWICE == 0);

    always @(posedge clk) begin
        if (reset || clear) begin
            pixel  <= 0;
            frames <= 16'd0;
            second <= 1'b0;
        end else if (taken) begin
            pixel <= last ? 0 : pixel + 1'b1;
            if (last && generated) second <= !second;
            if (last && !generated) frames <= frames + 16'd1;
        end
    end
endmodule
`default_nettype wire
