// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// gradient_biases: the sums of the errors, one per bias, as the error pixels arrive.
`default_nettype none
module gradient_biases #(
    parameter CHANNELS = 1,   // channels of the error
    parameter BITS     = 8,   // bits of an error
    parameter SIGNED   = 1,   // 1: errors are signed
    parameter PIXELS   = 1,   // error pixels of a frame
    parameter SETS     = 1,   // biases of a channel: 1, or PIXELS
    parameter ACC_BITS = 32,  // bits of a sum
    parameter SET_W    = (SETS > 1) ? $clog2(SETS) : 1  // bits of a set's number
) (
    input  wire                         clk,
    input  wire                         reset,
    input  wire [31:0]                  batch,      // frames of a batch
    input  wire                         taken,      // an error pixel arrives
    input  wire [CHANNELS*BITS-1:0]     error,      // channel 0 in the least significant bits
    output reg                          complete,   // all errors of the batch have arrived
    input  wire                         next_batch, // the sums are read out
    input  wire [SET_W-1:0]             set,        // to read
    output wire [CHANNELS*ACC_BITS-1:0] sums_of_set // channel 0 in the least significant bits
);
    localparam PIXEL_W = $clog2(PIXELS + 1);

    reg  [PIXEL_W-1:0] pixel;  // of the frame
    reg  [31:0]        frame;  // of the batch
    wire last_pixel = (pixel == PIXEL_W'(PIXELS - 1));
    wire last_frame = (frame == batch - 1);
    wire frame_end  = taken && last_pixel;

    always @(posedge clk) begin
        if (reset) begin
            pixel    <= 0;
            frame    <= 0;
            complete <= 1'b0;
        end else begin
            if (taken) pixel <= last_pixel ? 0 : pixel + 1'b1;
            if (frame_end) frame <= last_frame ? 0 : frame + 1;
            if (frame_end && last_frame) complete <= 1'b1;
            else if (next_batch) complete <= 1'b0;
        end
    end

    reg [CHANNELS*ACC_BITS-1:0] memory [0:SETS-1];
    wire [SET_W-1:0] taken_set = (SETS > 1) ? SET_W'(pixel) : 0;
    wire             fresh     = (frame == 0) && (SETS > 1 || pixel == 0);  // the first error of these sums
    assign sums_of_set = memory[set];

    always @(posedge clk) begin
        if (taken) begin : add
            integer c;
            reg [CHANNELS*ACC_BITS-1:0] sums;
            sums = fresh ? {CHANNELS * ACC_BITS{1'b0}} : memory[taken_set];
            for (c = 0; c < CHANNELS; c = c + 1)
                sums[c*ACC_BITS+:ACC_BITS] = sums[c*ACC_BITS+:ACC_BITS]
                    + {{ACC_BITS - BITS{SIGNED != 0 && error[c*BITS+BITS-1]}}, error[c*BITS+:BITS]};
            memory[taken_set] <= sums;
        end
    end
endmodule
`default_nettype wire
