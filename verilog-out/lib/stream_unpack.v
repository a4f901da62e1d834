// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// stream_unpack: beats of the external stream to pixels. A beat holds as many whole pixels as fit, or a pixel takes
// several beats, the first one with the least significant bits. Frames start on a beat.
`default_nettype none
module stream_unpack #(
    parameter STREAM_BITS = 64,  // bits of a beat
    parameter PIXEL_BITS  = 8,   // bits of a pixel
    parameter PIXELS      = 1    // pixels of a frame
) (
    input  wire                   clk,
    input  wire                   reset,
    input  wire                   enable,       // beats may enter
    input  wire                   beat_valid,
    output wire                   beat_ready,
    input  wire [STREAM_BITS-1:0] beat_data,
    input  wire                   beat_last,    // the source's idea of the last beat of a frame
    output wire                   misaligned,   // it is another one than that of the frame counted here
    output wire                   pixel_valid,
    input  wire                   pixel_ready,
    output wire [PIXEL_BITS-1:0]  pixel_data
);
    localparam FITTING     = (PIXEL_BITS < STREAM_BITS) ? STREAM_BITS / PIXEL_BITS : 1;
    localparam PER_BEAT    = (FITTING < PIXELS) ? FITTING : PIXELS;          // pixels of a full beat
    localparam BEATS       = (PIXEL_BITS + STREAM_BITS - 1) / STREAM_BITS;   // beats of a pixel
    localparam FRAME_BEATS = BEATS * ((PIXELS + PER_BEAT - 1) / PER_BEAT);   // beats of a frame
    localparam HELD_BITS   = BEATS * STREAM_BITS;
    localparam BEATS_W     = $clog2(BEATS + 1);
    localparam INDEX_W     = $clog2(PER_BEAT + 1);
    localparam PIXEL_W     = $clog2(PIXELS + 1);
    localparam FRAME_W     = $clog2(FRAME_BEATS + 1);

    reg [HELD_BITS-1:0] held;
    reg [BEATS_W-1:0]   beats;       // beats held, 0 to BEATS
    reg [INDEX_W-1:0]   index;       // pixel of the beat
    reg [PIXEL_W-1:0]   pixel;       // pixel of the frame
    reg [FRAME_W-1:0]   frame_beat;  // beat of the frame

    wire full            = (beats == BEATS_W'(BEATS));
    wire frame_end       = (pixel == PIXEL_W'(PIXELS - 1));
    wire beat_end        = (index == INDEX_W'(PER_BEAT - 1)) || frame_end;
    wire last_frame_beat = (frame_beat == FRAME_W'(FRAME_BEATS - 1));
    wire pixel_fire      = pixel_valid && pixel_ready;
    wire emptied         = pixel_fire && beat_end;
    wire beat_fire       = beat_valid && beat_ready;

    assign pixel_valid = full;
    assign beat_ready  = enable && (!full || emptied);
    assign pixel_data  = held[index*PIXEL_BITS+:PIXEL_BITS];
    assign misaligned  = beat_fire && (beat_last != last_frame_beat);

    always @(posedge clk) begin
        if (reset) begin
            beats      <= 0;
            index      <= 0;
            pixel      <= 0;
            frame_beat <= 0;
        end else begin
            if (beat_fire) beats <= emptied ? 1 : beats + 1'b1;
            else if (emptied) beats <= 0;
            if (beat_fire) frame_beat <= last_frame_beat ? 0 : frame_beat + 1'b1;
            if (pixel_fire) index <= beat_end ? 0 : index + 1'b1;
            if (pixel_fire) pixel <= frame_end ? 0 : pixel + 1'b1;
        end
    end

    wire [BEATS_W-1:0] place = full ? 0 : beats;
    always @(posedge clk) if (beat_fire) held[place*STREAM_BITS+:STREAM_BITS] <= beat_data;
endmodule
`default_nettype wire
