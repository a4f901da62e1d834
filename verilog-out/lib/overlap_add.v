// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// overlap_add: adds up overlapping outputs of a padding-free transposed convolution and hands out finished blocks.
//
// A read of the arrays gives one kernel of outputs, KERNEL_Y x KERNEL_X pixels, a stride further than the one before.
// A slot takes it, adds what earlier input pixels left there, and finishes the STRIDE_Y x STRIDE_X pixels that no later
// pixel adds to. What is left to the right waits in registers for the next slot, what is left below in a memory for the
// next row of slots. Slots beyond the input (READS_X, READS_Y) follow no read; they only empty what is left.
`default_nettype none
module overlap_add #(
    parameter GROUPS     = 1,   // channel groups with arrays of their own
    parameter OUTPUTS    = 1,   // output channels of a group
    parameter KERNEL_Y   = 1,   // kernel rows
    parameter KERNEL_X   = 1,   // kernel columns
    parameter DILATION_Y = 1,   // distance of kernel rows
    parameter DILATION_X = 1,   // distance of kernel columns
    parameter STRIDE_Y   = 1,   // rows of a block
    parameter STRIDE_X   = 1,   // columns of a block
    parameter READS_Y    = 1,   // rows of slots that follow reads
    parameter READS_X    = 1,   // columns of slots that follow reads
    parameter BLOCKS_Y   = 1,   // rows of slots of a frame
    parameter BLOCKS_X   = 1,   // columns of slots of a frame
    parameter FIRST_Y    = 0,   // first row of slots that lies in the output
    parameter LAST_Y     = 0,   // last row of slots that lies in the output
    parameter ACC_BITS   = 24   // bits of an accumulator
) (
    input  wire                                                clk,
    input  wire                                                reset,
    input  wire                                                take,               // the slot is done in this cycle
    input  wire [GROUPS*KERNEL_Y*KERNEL_X*OUTPUTS*ACC_BITS-1:0] kernels,           // of a read: group, tap, channel
    output wire                                                follows_read,       // the slot needs a read
    output wire                                                next_follows_read,  // that of the next cycle does
    output wire                                                silent,             // the slot lies outside the output
    output reg  [STRIDE_Y*STRIDE_X*GROUPS*OUTPUTS*ACC_BITS-1:0] block              // of the last slot not silent
);
    localparam EXTENT_Y = DILATION_Y * (KERNEL_Y - 1) + 1;
    localparam EXTENT_X = DILATION_X * (KERNEL_X - 1) + 1;
    localparam ROWS     = (EXTENT_Y > STRIDE_Y) ? EXTENT_Y : STRIDE_Y;  // that a slot adds up
    localparam COLUMNS  = (EXTENT_X > STRIDE_X) ? EXTENT_X : STRIDE_X;
    localparam BELOW    = (ROWS > STRIDE_Y) ? ROWS - STRIDE_Y : 1;      // rows left to the next row of slots
    localparam BESIDE   = (COLUMNS > STRIDE_X) ? COLUMNS - STRIDE_X : 1;  // columns left to the next slot
    localparam CHANNELS = GROUPS * OUTPUTS;
    localparam WORD     = BELOW * STRIDE_X * CHANNELS * ACC_BITS;       // what a slot leaves below
    localparam SLOT_W   = (BLOCKS_X > 1) ? $clog2(BLOCKS_X) : 1;

    // ---- slots of a frame, in raster order ----------------------------------------------------------------------
    reg  [31:0] slot_y, slot_x;
    wire        row_end = (slot_x == BLOCKS_X - 1);
    wire [31:0] next_x  = row_end ? 32'd0 : slot_x + 32'd1;
    wire [31:0] next_y  = !row_end ? slot_y : (slot_y == BLOCKS_Y - 1) ? 32'd0 : slot_y + 32'd1;

    assign follows_read      = (slot_x < READS_X) && (slot_y < READS_Y);
    assign next_follows_read = take ? (next_x < READS_X) && (next_y < READS_Y) : follows_read;
    assign silent            = (FIRST_Y != 0 && slot_y < FIRST_Y) || (slot_y > LAST_Y);

    always @(posedge clk) begin
        if (reset) begin
            slot_y <= 32'd0;
            slot_x <= 32'd0;
        end else if (take) begin
            slot_y <= next_y;
            slot_x <= next_x;
        end
    end

    // ---- sums ---------------------------------------------------------------------------------------------------
    reg [BESIDE*ROWS*CHANNELS*ACC_BITS-1:0] beside;              // column, row, channel
    reg [WORD-1:0]                          below [0:BLOCKS_X-1];  // row, column, channel

    always @(posedge clk) begin : add_up
        reg [COLUMNS*ROWS*CHANNELS*ACC_BITS-1:0] sums;           // column, row, channel
        reg [WORD-1:0]                           above, left;
        integer                                  c, r, g, m;
        if (take) begin
            // what earlier slots left
            above = below[slot_x[SLOT_W-1:0]];
            sums  = {COLUMNS*ROWS*CHANNELS*ACC_BITS{1'b0}};
            if (slot_x != 32'd0 && COLUMNS > STRIDE_X)
                sums[0+:BESIDE*ROWS*CHANNELS*ACC_BITS] = beside;
            if (slot_y != 32'd0) begin
                for (c = 0; c < STRIDE_X; c = c + 1)
                    for (r = 0; r < ROWS - STRIDE_Y; r = r + 1)
                        for (m = 0; m < CHANNELS; m = m + 1)
                            sums[((c*ROWS+r)*CHANNELS+m)*ACC_BITS+:ACC_BITS] =
                                sums[((c*ROWS+r)*CHANNELS+m)*ACC_BITS+:ACC_BITS]
                                + above[((r*STRIDE_X+c)*CHANNELS+m)*ACC_BITS+:ACC_BITS];
            end
            // the kernel of this slot
            if (follows_read) begin
                for (c = 0; c < KERNEL_X; c = c + 1)
                    for (r = 0; r < KERNEL_Y; r = r + 1)
                        for (g = 0; g < GROUPS; g = g + 1)
                            for (m = 0; m < OUTPUTS; m = m + 1)
                                sums[((c*DILATION_X*ROWS+r*DILATION_Y)*CHANNELS+g*OUTPUTS+m)*ACC_BITS+:ACC_BITS] =
                                    sums[((c*DILATION_X*ROWS+r*DILATION_Y)*CHANNELS+g*OUTPUTS+m)*ACC_BITS+:ACC_BITS]
                                    + kernels[(((g*KERNEL_Y+r)*KERNEL_X+c)*OUTPUTS+m)*ACC_BITS+:ACC_BITS];
            end
            // finished pixels go out, the others stay for slots to the right and below
            left = {WORD{1'b0}};
            for (c = 0; c < STRIDE_X; c = c + 1) begin
                for (r = 0; r < STRIDE_Y; r = r + 1)
                    if (!silent)
                        block[(r*STRIDE_X+c)*CHANNELS*ACC_BITS+:CHANNELS*ACC_BITS] <=
                            sums[(c*ROWS+r)*CHANNELS*ACC_BITS+:CHANNELS*ACC_BITS];
                for (r = STRIDE_Y; r < ROWS; r = r + 1)
                    left[((r-STRIDE_Y)*STRIDE_X+c)*CHANNELS*ACC_BITS+:CHANNELS*ACC_BITS] =
                        sums[(c*ROWS+r)*CHANNELS*ACC_BITS+:CHANNELS*ACC_BITS];
            end
            below[slot_x[SLOT_W-1:0]] <= left;
            if (COLUMNS > STRIDE_X)
                beside <= sums[(COLUMNS-BESIDE)*ROWS*CHANNELS*ACC_BITS+:BESIDE*ROWS*CHANNELS*ACC_BITS];
        end
    end
endmodule
`default_nettype wire
