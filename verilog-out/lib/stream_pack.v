// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// stream_pack: pixels to beats of the external stream, the inverse of stream_unpack.
`default_nettype none
module stream_pack #(
    parameter STREAM_BITS = 64,  // bits of a beat
    parameter PIXEL_BITS  = 8,   // bits of a pixel
    parameter PIXELS      = 1    // pixels of a frame
) (
    input  wire                   clk,
    input  wire                   reset,
    input  wire                   pixel_valid,
    output wire                   pixel_ready,
    input  wire [PIXEL_BITS-1:0]  pixel_data,
    output wire                   beat_valid,
    input  wire                   beat_ready,
    output wire [STREAM_BITS-1:0] beat_data,    // bits without a pixel are 0
    output wire                   beat_last     // last beat of a frame
);
    localparam FITTING   = (PIXEL_BITS < STREAM_BITS) ? STREAM_BITS / PIXEL_BITS : 1;
    localparam PER_BEAT  = (FITTING < PIXELS) ? FITTING : PIXELS;         // pixels of a full beat
    localparam BEATS     = (PIXEL_BITS + STREAM_BITS - 1) / STREAM_BITS;  // beats of a pixel
    localparam HELD_BITS = BEATS * STREAM_BITS;
    localparam INDEX_W   = $clog2(PER_BEAT + 1);
    localparam BEAT_W    = $clog2(BEATS + 1);
    localparam PIXEL_W   = $clog2(PIXELS + 1);

    reg [HELD_BITS-1:0] held;
    reg                 full;
    reg                 ends;   // the held pixels end a frame
    reg [INDEX_W-1:0]   index;  // pixels held, while not full
    reg [BEAT_W-1:0]    beat;   // beat of the pixel
    reg [PIXEL_W-1:0]   pixel;  // pixel of the frame

    wire frame_end  = (pixel == PIXEL_W'(PIXELS - 1));
    wire completes  = (index == INDEX_W'(PER_BEAT - 1)) || frame_end;
    wire last_beat  = (beat == BEAT_W'(BEATS - 1));
    wire beat_fire  = beat_valid && beat_ready;
    wire emptied    = beat_fire && last_beat;
    wire pixel_fire = pixel_valid && pixel_ready;

    assign beat_valid  = full;
    assign pixel_ready = !full || emptied;
    assign beat_data   = held[beat*STREAM_BITS+:STREAM_BITS];
    assign beat_last   = ends && last_beat;

    always @(posedge clk) begin
        if (reset) begin
            full  <= 1'b0;
            ends  <= 1'b0;
            index <= 0;
            beat  <= 0;
            pixel <= 0;
        end else begin
            if (beat_fire) beat <= last_beat ? 0 : beat + 1'b1;
            if (pixel_fire) begin
                full  <= completes;
                ends  <= frame_end;
                index <= completes ? 0 : index + 1'b1;
                pixel <= frame_end ? 0 : pixel + 1'b1;
            end else if (emptied) begin
                full <= 1'b0;
            end
        end
    end

    generate
        if (HELD_BITS == PIXEL_BITS) begin : exact_fit
            always @(posedge clk) if (pixel_fire) held <= pixel_data;
        end else begin : padded
            always @(posedge clk) begin
                if (pixel_fire && index == 0) held <= HELD_BITS'(pixel_data);
                else if (pixel_fire) held[index*PIXEL_BITS+:PIXEL_BITS] <= pixel_data;
            end
        end
    endgenerate
endmodule
`default_nettype wire
