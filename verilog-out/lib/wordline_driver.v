// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// wordline_driver: the bit-serial DAC. Drives one bit plane of the window on the word lines of every row block.
//
// The word lines of a sub-kernel (output phase, channel group) are the taps of the phase in order, the channels of the
// group innermost, cut into row blocks of CROSSBAR_ROWS; each block is padded with zeros to whole 64-bit words. With
// TAP_BLOCKS each tap starts a new row block. With FOLD above 1 only every FOLD-th tap is driven at a time, the others
// in other turns.
`default_nettype none
module wordline_driver #(
    parameter CHANNELS      = 1,    // channels of a pixel
    parameter BITS          = 8,    // bits of a channel
    parameter PIXELS        = 1,    // pixels of the window
    parameter PHASES        = 1,    // output phases
    parameter GROUPS        = 1,    // channel groups with arrays of their own
    parameter CROSSBAR_ROWS = 128,  // word lines of a crossbar
    parameter TAPS          = 1,    // taps of all phases
    parameter ROW_BLOCKS    = 1,    // row blocks of all sub-kernels
    parameter TAP_BLOCKS    = 0,    // row blocks of a tap; 0: taps are stacked
    parameter FOLD          = 1,    // turns in which the taps are driven
    parameter [PHASES*16-1:0] PHASE_TAPS = 16'd1,  // taps of each phase
    parameter [TAPS*16-1:0]   TAP_PIXELS = 16'd0,  // window pixel of each tap
    parameter LINE_WORDS    = 2     // 64-bit words of a row block
) (
    input  wire [PIXELS*CHANNELS*BITS-1:0]     window,    // by pixel, bit plane, channel
    input  wire [5:0]                          plane,     // bit plane to drive
    input  wire [5:0]                          turn,      // 0 to FOLD - 1
    output wire [ROW_BLOCKS*LINE_WORDS*64-1:0] wordlines  // by row block
);
    localparam GROUP_CHANNELS = CHANNELS / GROUPS;

    function automatic integer taps_before(input integer phase);
        integer i;
        begin
            taps_before = 0;
            for (i = 0; i < phase; i = i + 1) taps_before = taps_before + {16'd0, PHASE_TAPS[i*16+:16]};
        end
    endfunction

    function automatic integer blocks_of(input integer phase);
        blocks_of = (TAP_BLOCKS != 0) ? {16'd0, PHASE_TAPS[phase*16+:16]} * TAP_BLOCKS :
                    ({16'd0, PHASE_TAPS[phase*16+:16]} * GROUP_CHANNELS + CROSSBAR_ROWS - 1) / CROSSBAR_ROWS;
    endfunction

    function automatic integer blocks_before(input integer phase);
        integer i;
        begin
            blocks_before = 0;
            for (i = 0; i < phase; i = i + 1) blocks_before = blocks_before + blocks_of(i) * GROUPS;
        end
    endfunction

    reg [PIXELS*CHANNELS-1:0] bits;
    always @* begin : select
        integer i;
        reg [CHANNELS*BITS-1:0] pixel;
        for (i = 0; i < PIXELS; i = i + 1) begin
            pixel                     = window[i*CHANNELS*BITS+:CHANNELS*BITS];
            bits[i*CHANNELS+:CHANNELS] = pixel[plane*CHANNELS+:CHANNELS];
        end
    end

    // The window of a dilated kernel, or of an output phase without taps, has pixels that none of them reads.
    wire unused = &{1'b0, bits, turn};

    genvar p, g, t, b;
    generate
        for (p = 0; p < PHASES; p = p + 1) begin : phase
            localparam FIRST_TAP   = taps_before(p);
            localparam PHASE_COUNT = {16'd0, PHASE_TAPS[p*16+:16]};
            localparam BLOCKS      = blocks_of(p);
            localparam ROWS        = PHASE_COUNT * GROUP_CHANNELS;
            localparam FIRST_BLOCK = blocks_before(p);
            localparam RUNS        = (TAP_BLOCKS != 0) ? PHASE_COUNT : 1;  // of word lines that start a row block
            if (PHASE_COUNT != 0) begin : driven
                for (g = 0; g < GROUPS; g = g + 1) begin : group
                    wire [ROWS-1:0] rows;
                    for (t = 0; t < PHASE_COUNT; t = t + 1) begin : tap
                        localparam PIXEL = {16'd0, TAP_PIXELS[(FIRST_TAP+t)*16+:16]};
                        assign rows[t*GROUP_CHANNELS+:GROUP_CHANNELS] =
                            bits[PIXEL*CHANNELS+g*GROUP_CHANNELS+:GROUP_CHANNELS];
                    end
                    for (b = 0; b < BLOCKS; b = b + 1) begin : block
                        localparam RUN   = b / (BLOCKS / RUNS);
                        localparam FIRST = b % (BLOCKS / RUNS) * CROSSBAR_ROWS;  // word line of its run
                        localparam REST  = ROWS / RUNS - FIRST;
                        localparam COUNT = (REST < CROSSBAR_ROWS) ? REST : CROSSBAR_ROWS;
                        localparam PLACE = (FIRST_BLOCK + g * BLOCKS + b) * LINE_WORDS * 64;
                        wire driven_now = (FOLD == 1) || (turn == 6'(RUN % FOLD));
                        assign wordlines[PLACE+:COUNT] = rows[RUN*(ROWS/RUNS)+FIRST+:COUNT] & {COUNT{driven_now}};
                        if (COUNT < LINE_WORDS * 64) begin : padding
                            assign wordlines[PLACE+COUNT+:LINE_WORDS*64-COUNT] = {(LINE_WORDS*64-COUNT){1'b0}};
                        end
                    end
                end
            end
        end
    endgenerate
endmodule
`default_nettype wire
