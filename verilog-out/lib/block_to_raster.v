// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// block_to_raster: blocks of BLOCK_Y x BLOCK_X pixels back to raster order (pixel shuffle), through a ring of blocks.
//
// A block is reserved before its pixels arrive, so that none of them ever waits. A pixel can be read once its whole
// block is written; a block is free again once its last pixel is read. Pixels of border blocks outside the frame are
// dropped; block rows that lie outside as a whole must not be written. Block numbers are relative to the block row that
// is being read. A pixel here may be several neighbouring ones that travel together.
`default_nettype none
module block_to_raster #(
    parameter PIXEL_BITS = 8,  // bits of a pixel
    parameter OUT_HEIGHT = 1,  // rows of a frame
    parameter OUT_WIDTH  = 1,  // pixels of a row
    parameter BLOCK_Y    = 1,  // rows of a block
    parameter BLOCK_X    = 1,  // columns of a block
    parameter CROP_Y     = 0,  // rows of the first block row that lie before the frame
    parameter CROP_X     = 0,  // columns of the first blocks that lie before the frame
    parameter STEPS_X    = 1,  // blocks across a frame
    parameter BLOCKS     = 2   // blocks of the ring
) (
    input  wire                  clk,
    input  wire                  reset,
    // blocks in, row by row
    output wire                  room,          // a block can be reserved
    output wire                  room_for_two,  // one more can be reserved after that
    input  wire                  reserve,
    input  wire                  in_valid,
    input  wire [PIXEL_BITS-1:0] in_data,
    // raster out
    output reg                   out_valid,
    input  wire                  out_ready,
    output wire [PIXEL_BITS-1:0] out_data,
    output wire                  write_event,   // one pixel was stored
    output wire                  read_event     // one pixel was read
);
    localparam PIXELS   = BLOCK_Y * BLOCK_X;
    localparam DEPTH    = BLOCKS * PIXELS;
    localparam FIRST_Y  = CROP_Y / BLOCK_Y;                     // block row of the first row of the frame
    localparam LAST_Y   = (CROP_Y + OUT_HEIGHT - 1) / BLOCK_Y;  // block row of the last one
    localparam FIRST_X  = CROP_X / BLOCK_X;                     // block of the first column
    localparam START_PY = CROP_Y % BLOCK_Y;                     // place of the first row in its block
    localparam START_PX = CROP_X % BLOCK_X;
    localparam START    = FIRST_X * PIXELS + START_PX;          // address of the first column in its row of blocks
    localparam ROW_SPAN = (STEPS_X % BLOCKS) * PIXELS;  // addresses from a block row to the next one, round the ring

    // Widths, and constants in them.
    localparam ADDRESS_W = (DEPTH > 1) ? $clog2(DEPTH) : 1;
    localparam Y_W       = $clog2(OUT_HEIGHT + 1);
    localparam X_W       = $clog2(OUT_WIDTH + 1);
    localparam PY_W      = $clog2(BLOCK_Y + 1);
    localparam PX_W      = $clog2(BLOCK_X + 1);
    localparam STEP_Y_W  = $clog2(LAST_Y + 2);
    localparam STEP_X_W  = $clog2(STEPS_X + 1);
    localparam COUNT_W   = $clog2(BLOCKS + STEPS_X + 1);
    localparam [PY_W-1:0]      LAST_PY     = PY_W'(BLOCK_Y - 1);
    localparam [PX_W-1:0]      LAST_PX     = PX_W'(BLOCK_X - 1);
    localparam [STEP_Y_W-1:0]  LAST_STEP_Y = STEP_Y_W'(LAST_Y);
    localparam [STEP_X_W-1:0]  LAST_STEP_X = STEP_X_W'(STEPS_X - 1);
    localparam [COUNT_W-1:0]   RETIRED     = COUNT_W'(STEPS_X);  // blocks of a block row

    // An address of the ring, some way after another one.
    function automatic [ADDRESS_W-1:0] address_after(input [ADDRESS_W-1:0] address, input [ADDRESS_W:0] distance);
        reg [ADDRESS_W:0] sum;
        begin
            sum           = {1'b0, address} + distance;
            address_after = ADDRESS_W'((sum >= (ADDRESS_W+1)'(DEPTH)) ? sum - (ADDRESS_W+1)'(DEPTH) : sum);
        end
    endfunction

    reg [PIXEL_BITS-1:0] memory [0:DEPTH-1];
    reg [PIXEL_BITS-1:0] data;

    // ---- writer: position in the block, block in the frame ------------------------------------------------------
    reg [ADDRESS_W-1:0] write_address;
    reg [PY_W-1:0]      write_py;
    reg [PX_W-1:0]      write_px;
    reg [STEP_Y_W-1:0]  write_step_y;
    reg [STEP_X_W-1:0]  write_step_x;
    wire [31:0] write_y = 32'(write_step_y) * BLOCK_Y + 32'(write_py);
    wire [31:0] write_x = 32'(write_step_x) * BLOCK_X + 32'(write_px);
    wire write_row_end = (write_px == LAST_PX);
    wire block_end     = write_row_end && (write_py == LAST_PY);
    wire block_done    = in_valid && block_end;
    wire in_frame      = (CROP_Y == 0 || write_y >= CROP_Y) && (write_y < CROP_Y + OUT_HEIGHT)
                      && (CROP_X == 0 || write_x >= CROP_X) && (write_x < CROP_X + OUT_WIDTH);
    assign write_event = in_valid && in_frame;

    always @(posedge clk) begin
        if (reset) begin
            write_address <= 0;
            write_py      <= 0;
            write_px      <= 0;
            write_step_y  <= STEP_Y_W'(FIRST_Y);
            write_step_x  <= 0;
        end else if (in_valid) begin
            write_address <= address_after(write_address, 1);
            write_px      <= write_row_end ? 0 : write_px + 1'b1;
            if (write_row_end) write_py <= block_end ? 0 : write_py + 1'b1;
            if (block_end) begin
                write_step_x <= (write_step_x == LAST_STEP_X) ? 0 : write_step_x + 1'b1;
                if (write_step_x == LAST_STEP_X)
                    write_step_y <= (write_step_y == LAST_STEP_Y) ? STEP_Y_W'(FIRST_Y) : write_step_y + 1'b1;
            end
        end
    end

    // ---- reader: position in the frame and in the block ---------------------------------------------------------
    reg [Y_W-1:0]       read_y;
    reg [X_W-1:0]       read_x;
    reg [PY_W-1:0]      read_py;
    reg [PX_W-1:0]      read_px;
    reg [STEP_X_W-1:0]  read_block;         // block of the block row
    reg [ADDRESS_W-1:0] read_address;
    reg [ADDRESS_W-1:0] row_address;        // of the first pixel of the row being read
    reg [ADDRESS_W-1:0] block_row_address;  // of the first pixel of the block row
    reg [COUNT_W-1:0]   written, reserved;  // blocks since the first block of the block row

    wire row_end   = (read_x == X_W'(OUT_WIDTH - 1));
    wire frame_end = (read_y == Y_W'(OUT_HEIGHT - 1));
    wire last_row  = (read_py == LAST_PY) || frame_end;
    wire advance   = !out_valid || out_ready;
    wire available = (written > COUNT_W'(read_block));
    wire read      = advance && available;
    wire retire    = read && row_end && last_row;  // the block row is finished

    // Blocks of the last row of a block row are free as soon as the next one is being read.
    wire [COUNT_W-1:0] limit = COUNT_W'(BLOCKS) + (last_row ? COUNT_W'(read_block) : 0);
    assign room         = (reserved < limit);
    assign room_for_two = (reserved < limit - 1'b1);
    assign read_event   = read;
    assign out_data     = data;

    always @(posedge clk) begin
        if (write_event) memory[write_address] <= in_data;
        if (read) data <= memory[read_address];
    end

    always @(posedge clk) begin
        if (reset) begin
            out_valid <= 1'b0;
            written   <= 0;
            reserved  <= 0;
        end else begin
            if (advance) out_valid <= available;
            written  <= written + (block_done ? 1 : 0) - (retire ? RETIRED : 0);
            reserved <= reserved + (reserve ? 1 : 0) - (retire ? RETIRED : 0);
        end
    end

    wire [ADDRESS_W-1:0] next_row       = address_after(row_address, (ADDRESS_W+1)'(BLOCK_X));
    wire [ADDRESS_W-1:0] next_block_row = address_after(block_row_address, (ADDRESS_W+1)'(ROW_SPAN));
    wire [ADDRESS_W-1:0] next_frame     = address_after(next_block_row, (ADDRESS_W+1)'(START_PY * BLOCK_X));
    wire [ADDRESS_W-1:0] next_row_start = frame_end ? next_frame : last_row ? next_block_row : next_row;
    wire [ADDRESS_W-1:0] next_start     = address_after(next_row_start, (ADDRESS_W+1)'(START));
    wire                 block_row_end  = (read_px == LAST_PX);  // the pixel is the last one of its row and block

    always @(posedge clk) begin
        if (reset) begin
            read_y            <= 0;
            read_x            <= 0;
            read_py           <= PY_W'(START_PY);
            read_px           <= PX_W'(START_PX);
            read_block        <= STEP_X_W'(FIRST_X);
            read_address      <= ADDRESS_W'(START_PY * BLOCK_X + START);
            row_address       <= ADDRESS_W'(START_PY * BLOCK_X);
            block_row_address <= 0;
        end else if (read && row_end) begin
            read_y       <= frame_end ? 0 : read_y + 1'b1;
            read_x       <= 0;
            read_py      <= frame_end ? PY_W'(START_PY) : last_row ? 0 : read_py + 1'b1;
            read_px      <= PX_W'(START_PX);
            read_block   <= STEP_X_W'(FIRST_X);
            read_address <= next_start;
            row_address  <= next_row_start;
            if (last_row) block_row_address <= next_block_row;
        end else if (read) begin
            read_x       <= read_x + 1'b1;
            read_px      <= block_row_end ? 0 : read_px + 1'b1;
            read_block   <= read_block + (block_row_end ? 1 : 0);
            read_address <= address_after(read_address,
                                          block_row_end ? (ADDRESS_W+1)'(PIXELS - BLOCK_X + 1) : 1);
        end
    end
endmodule
`default_nettype wire
