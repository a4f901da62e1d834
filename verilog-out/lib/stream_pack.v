// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.

// stream_pack: pixels to beats of the external stream, the inverse of stream_unpack.
`default_nettype none
module stream_pack #(
    parameter STREAM_BITS = 64,  // bits of a beat
    parameter PIXEL_BITS  = 8,   // bits of a pixel
    parameter PER_BEAT    = 1,   // pixels of a full beat
    parameter BEATS       = 1,   // beats of a pixel; 1 where PER_BEAT is above 1
    parameter PIXELS      = 1    // pixels of a frame
) (
    input  wire                   clk,
    input  wire                   reset,
    input  wire                   pixel_valid,
    output wire                   pixel_ready,
    input  wire [PIXEL_BITS-1:0]  pixel_data,
    output wire                   beat_valid,
    input  wire                   beat_ready,
    output wire [STREAM_BITS-1:0] beat_data,
    output wire                   beat_last
);
    localparam HELD = BEATS * STREAM_BITS;

    reg  [HELD-1:0] held;
    reg             full;
    reg             ends;   // the held pixels end a frame
    reg  [31:0]     index;  // pixels held, while not full
    reg  [31:0]     beat;   // beat of the pixel
    reg  [31:0]     pixel;  // pixel of the frame
    wire            frame_end  = (pixel == PIXELS - 1);
    wire            beat_fire  = beat_valid && beat_ready;
    wire            emptied    = beat_fire && (beat == BEATS - 1);
    wire            pixel_fire = pixel_valid && pixel_ready;

    assign beat_valid  = full;
    assign pixel_ready = !full || emptied;
    assign beat_data   = held[beat*STREAM_BITS+:STREAM_BITS];
    assign beat_last   = ends && (beat == BEATS - 1);

    always @(posedge clk) begin
        if (reset) begin
            full  <= 1'b0;
            ends  <= 1'b0;
            index <= 0;
            beat  <= 0;
            pixel <= 0;
        end else begin
            if (beat_fire) beat <= (beat == BEATS - 1) ? 0 : beat + 1;
            if (pixel_fire) begin
                full  <= (index == PER_BEAT - 1) || frame_end;
                ends  <= frame_end;
                index <= ((index == PER_BEAT - 1) || frame_end) ? 0 : index + 1;
                pixel <= frame_end ? 0 : pixel + 1;
            end else if (emptied) begin
                full <= 1'b0;
            end
        end
    end

    generate
        if (BEATS * STREAM_BITS == PIXEL_BITS) begin : exact_fit
            always @(posedge clk) if (pixel_fire) held <= pixel_data;
        end else begin : padded
            always @(posedge clk) begin
                if (pixel_fire && index == 0) held <= {{(HELD - PIXEL_BITS) {1'b0}}, pixel_data};
                else if (pixel_fire) held[index*PIXEL_BITS+:PIXEL_BITS] <= pixel_data;
            end
        end
    endgenerate
endmodule
`default_nettype wire

