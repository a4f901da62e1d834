// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.

// block_to_raster: blocks of BLOCK_Y x BLOCK_X pixels back to raster order (pixel shuffle), through a ring of blocks.
//
// A block is reserved before its pixels arrive, so that none of them ever waits. A pixel can be read once its whole
// block is written; a block is free again once its last pixel is read. Pixels of border blocks beyond the frame are
// dropped. Block numbers are relative to the block row that is being read.
`default_nettype none
module block_to_raster #(
    parameter PIXEL_BITS = 8,  // bits of a pixel
    parameter OUT_HEIGHT = 1,  // rows of a frame
    parameter OUT_WIDTH  = 1,  // pixels of a row
    parameter BLOCK_Y    = 1,  // rows of a block
    parameter BLOCK_X    = 1,  // columns of a block
    parameter STEPS_Y    = 1,  // blocks down a frame
    parameter STEPS_X    = 1,  // blocks across a frame
    parameter BLOCKS     = 2   // blocks of the ring
) (
    input  wire                  clk,
    input  wire                  reset,
    // blocks in
    output wire                  room,         // a block can be reserved
    output wire                  room_for_two, // one more can be reserved after that
    input  wire                  reserve,
    input  wire                  in_valid,
    input  wire [PIXEL_BITS-1:0] in_data,
    // raster out
    output reg                   out_valid,
    input  wire                  out_ready,
    output wire [PIXEL_BITS-1:0] out_data,
    output wire                  write_event,
    output wire                  read_event
);
    localparam PIXELS    = BLOCK_Y * BLOCK_X;
    localparam DEPTH     = BLOCKS * PIXELS;
    localparam ADDRESS_W = (DEPTH > 1) ? $clog2(DEPTH) : 1;

    reg [PIXEL_BITS-1:0] memory [0:DEPTH-1];
    reg [PIXEL_BITS-1:0] data;

    // ---- writer: position in the block, block in the frame ----------------------------------------------
    reg [31:0] write_pixel, write_py, write_px, write_step_y, write_step_x, write_slot;
    wire block_end   = (write_pixel == PIXELS - 1);
    wire block_done  = in_valid && block_end;
    wire in_frame      = (write_step_y * BLOCK_Y + write_py < OUT_HEIGHT) && (write_step_x * BLOCK_X + write_px < OUT_WIDTH);
    wire [31:0] write_address = write_slot * PIXELS + write_pixel;
    assign write_event = in_valid && in_frame;

    always @(posedge clk) begin
        if (reset) begin
            write_pixel  <= 0;
            write_py     <= 0;
            write_px     <= 0;
            write_step_y <= 0;
            write_step_x <= 0;
            write_slot   <= 0;
        end else if (in_valid) begin
            write_pixel <= block_end ? 0 : write_pixel + 1;
            write_px    <= (write_px == BLOCK_X - 1) ? 0 : write_px + 1;
            if (write_px == BLOCK_X - 1) write_py <= block_end ? 0 : write_py + 1;
            if (block_end) begin
                write_slot   <= (write_slot == BLOCKS - 1) ? 0 : write_slot + 1;
                write_step_x <= (write_step_x == STEPS_X - 1) ? 0 : write_step_x + 1;
                if (write_step_x == STEPS_X - 1)
                    write_step_y <= (write_step_y == STEPS_Y - 1) ? 0 : write_step_y + 1;
            end
        end
    end

    // ---- reader -------------------------------------------------------------------------------------------------
    reg [31:0] read_y, read_py, read_block, read_px, read_x, row_slot, block_slot;
    reg [31:0] written, reserved;  // blocks since the first block of the block row being read
    wire row_end   = (read_x == OUT_WIDTH - 1);
    wire last_row  = (read_py == BLOCK_Y - 1) || (read_y == OUT_HEIGHT - 1);
    wire advance   = !out_valid || out_ready;
    wire available = (written > read_block);
    wire read      = advance && available;
    wire retire    = read && row_end && last_row;  // the block row is finished
    wire [31:0] freed = last_row ? read_block : 32'd0;
    wire [31:0] read_address = block_slot * PIXELS + read_py * BLOCK_X + read_px;

    assign room         = (reserved - freed < BLOCKS);
    assign room_for_two = (reserved - freed + 1 < BLOCKS);
    assign read_event   = read;
    assign out_data     = data;

    wire unused = &{1'b0, write_address, read_address};

    always @(posedge clk) begin
        if (write_event) memory[write_address[ADDRESS_W-1:0]] <= in_data;
        if (read) data <= memory[read_address[ADDRESS_W-1:0]];
    end

    always @(posedge clk) begin
        if (reset) begin
            out_valid <= 1'b0;
            written   <= 0;
            reserved  <= 0;
        end else begin
            if (advance) out_valid <= available;
            written  <= written + (block_done ? 1 : 0) - (retire ? STEPS_X : 0);
            reserved <= reserved + (reserve ? 1 : 0) - (retire ? STEPS_X : 0);
        end
    end

    wire [31:0] next_slot     = (block_slot == BLOCKS - 1) ? 0 : block_slot + 1;
    wire [31:0] next_row_slot = (row_slot + STEPS_X) % BLOCKS;
    always @(posedge clk) begin
        if (reset) begin
            read_y     <= 0;
            read_py    <= 0;
            read_block <= 0;
            read_px    <= 0;
            read_x     <= 0;
            row_slot   <= 0;
            block_slot <= 0;
        end else if (read) begin
            if (row_end) begin
                read_x     <= 0;
                read_px    <= 0;
                read_block <= 0;
                read_y     <= (read_y == OUT_HEIGHT - 1) ? 0 : read_y + 1;
                read_py    <= last_row ? 0 : read_py + 1;
                block_slot <= last_row ? next_row_slot : row_slot;
                if (last_row) row_slot <= next_row_slot;
            end else begin
                read_x <= read_x + 1;
                if (read_px == BLOCK_X - 1) begin
                    read_px    <= 0;
                    read_block <= read_block + 1;
                    block_slot <= next_slot;
                end else begin
                    read_px <= read_px + 1;
                end
            end
        end
    end
endmodule
`default_nettype wire

