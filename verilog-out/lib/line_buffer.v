// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.

// line_buffer: the rows that a window needs, as a ring of row banks, and the loader that walks the windows of a frame
// and hands out one window column per cycle.
//
// Pixels arrive in raster order and are stored as bit planes. A column is issued when every real pixel in it has
// arrived; its pixels appear one cycle later with `column_valid`. Positions outside the input, and positions between
// the real pixels of a zero-inserted input (STRETCH > 1), read as zero. The windows of the last step of a frame wait
// for the whole frame, and none is read before the first pixel of its frame, so that the reader never runs ahead of
// the writer even where windows hold nothing but padding. All row numbers are relative to the frame
// that is being read.
`default_nettype none
module line_buffer #(
    parameter CHANNELS   = 1,  // channels of a pixel
    parameter BITS       = 8,  // bits of a channel
    parameter IN_HEIGHT  = 1,  // rows of a frame
    parameter IN_WIDTH   = 1,  // pixels of a row
    parameter ROWS       = 1,  // row banks
    parameter STEPS_Y    = 1,  // step rows of a frame
    parameter STEPS_X    = 1,  // steps of a step row
    parameter ADVANCE_Y  = 1,  // virtual rows a step row advances
    parameter ADVANCE_X  = 1,  // virtual columns a step advances
    parameter WINDOW_Y   = 1,  // rows of a window
    parameter WINDOW_X   = 1,  // columns of a window
    parameter ORIGIN_Y   = 0,  // first virtual row of the first window
    parameter ORIGIN_X   = 0,  // first virtual column of the first window
    parameter STRETCH_Y  = 1,  // distance of real rows on the virtual axis
    parameter STRETCH_X  = 1   // distance of real columns on the virtual axis
) (
    input  wire                              clk,
    input  wire                              reset,
    input  wire                              enable,
    // pixels, channel 0 in the least significant bits
    input  wire                              in_valid,
    output wire                              in_ready,
    input  wire [CHANNELS*BITS-1:0]          in_data,
    // window columns, the top pixel in the least significant bits, each as BITS planes of CHANNELS bits
    output reg                               column_valid,
    output wire [WINDOW_Y*CHANNELS*BITS-1:0] column_data,
    output wire                              window_ready,  // every column of the window has been handed out
    input  wire                              window_taken,  // move on to the next window
    output wire                              write_event,   // one pixel was stored
    output wire [31:0]                       read_words     // pixels read in this cycle
);
    localparam PIXEL     = CHANNELS * BITS;
    localparam COLUMNS   = (ADVANCE_X < WINDOW_X) ? ADVANCE_X : WINDOW_X;  // new columns of a step inside a row
    localparam ADDRESS_W = (IN_WIDTH > 1) ? $clog2(IN_WIDTH) : 1;

    // ---- writer -----------------------------------------------------------------------------------------------
    reg signed [31:0] rows_ahead;    // complete rows since the first row of the frame being read
    reg        [31:0] write_column;  // pixels of the row being written
    reg        [31:0] write_bank;
    reg        [31:0] base_bank;     // bank of row 0 of the frame being read
    reg signed [31:0] step_y;
    reg signed [31:0] step_x;
    reg signed [31:0] virtual_x;     // next column to issue
    reg        [31:0] columns_left;  // columns of this window still to issue

    wire signed [31:0] top    = step_y * ADVANCE_Y + ORIGIN_Y;
    wire signed [31:0] bottom = top + WINDOW_Y - 1;
    wire signed [31:0] first  = (top <= 0) ? 0 : (top + STRETCH_Y - 1) / STRETCH_Y;
    wire signed [31:0] lowest = (first < IN_HEIGHT) ? first : IN_HEIGHT;
    wire signed [31:0] past   = (bottom < 0) ? 0 : bottom / STRETCH_Y + 1;
    wire signed [31:0] needed = (past < IN_HEIGHT) ? past : IN_HEIGHT;

    assign in_ready    = enable && (rows_ahead - lowest < ROWS);
    assign write_event = in_valid && in_ready;

    reg [PIXEL-1:0] planes;  // the arriving pixel as bit planes
    always @* begin : transpose
        integer c, b;
        planes = {PIXEL{1'b0}};
        if (in_valid) begin
            for (c = 0; c < CHANNELS; c = c + 1)
                for (b = 0; b < BITS; b = b + 1)
                    planes[b*CHANNELS+c] = in_data[c*BITS+b];
        end
    end

    // ---- loader -----------------------------------------------------------------------------------------------
    wire last_row   = (step_y == STEPS_Y - 1);
    wire last_step  = last_row && (step_x == STEPS_X - 1);
    wire signed [31:0] real_x = virtual_x / STRETCH_X;
    wire real_column = (virtual_x >= 0) && (virtual_x % STRETCH_X == 0) && (real_x < IN_WIDTH);
    wire arrived     = (rows_ahead >= needed) || (rows_ahead == needed - 1 && $signed(write_column) > real_x);
    wire frame_ready = !last_step || (rows_ahead >= IN_HEIGHT);
    wire begun       = (rows_ahead > 0) || (write_column != 0);
    wire issue       = enable && (columns_left != 0) && begun && frame_ready && (!real_column || arrived);
    wire frame_taken = window_taken && last_step;

    assign window_ready = (columns_left == 0) && !column_valid;

    always @(posedge clk) begin
        if (reset) begin
            step_y       <= 0;
            step_x       <= 0;
            virtual_x    <= ORIGIN_X;
            columns_left <= WINDOW_X;
            column_valid <= 1'b0;
        end else begin
            column_valid <= issue;
            if (issue) begin
                virtual_x    <= virtual_x + 1;
                columns_left <= columns_left - 1;
            end
            if (window_taken) begin
                if (step_x == STEPS_X - 1) begin
                    step_x       <= 0;
                    step_y       <= last_row ? 0 : step_y + 1;
                    virtual_x    <= ORIGIN_X;
                    columns_left <= WINDOW_X;
                end else begin
                    step_x       <= step_x + 1;
                    virtual_x    <= (step_x + 1) * ADVANCE_X + ORIGIN_X + WINDOW_X - COLUMNS;
                    columns_left <= COLUMNS;
                end
            end
        end
    end

    wire row_written = write_event && (write_column == IN_WIDTH - 1);
    always @(posedge clk) begin
        if (reset) begin
            rows_ahead   <= 0;
            write_column <= 0;
            write_bank   <= 0;
            base_bank    <= 0;
        end else begin
            if (write_event) write_column <= row_written ? 0 : write_column + 1;
            if (row_written) write_bank <= (write_bank == ROWS - 1) ? 0 : write_bank + 1;
            rows_ahead <= rows_ahead + (row_written ? 1 : 0) - (frame_taken ? IN_HEIGHT : 0);
            if (frame_taken) base_bank <= (base_bank + IN_HEIGHT) % ROWS;
        end
    end

    // ---- row banks --------------------------------------------------------------------------------------------
    wire [ROWS*PIXEL-1:0] bank_data;
    genvar k;
    generate
        for (k = 0; k < ROWS; k = k + 1) begin : bank
            reg [PIXEL-1:0] memory [0:IN_WIDTH-1];
            reg [PIXEL-1:0] data;
            always @(posedge clk) begin
                if (write_event && write_bank == k) memory[write_column[ADDRESS_W-1:0]] <= planes;
                if (issue && real_column) data <= memory[real_x[ADDRESS_W-1:0]];
            end
            assign bank_data[k*PIXEL+:PIXEL] = data;
        end
    endgenerate

    // Which bank holds each row of the window, noted at the issue for the cycle in which the data appear.
    reg  [WINDOW_Y*32-1:0] row_bank;
    reg  [WINDOW_Y-1:0]    row_real;
    wire [WINDOW_Y-1:0]    row_real_now;
    generate
        for (k = 0; k < WINDOW_Y; k = k + 1) begin : row
            wire signed [31:0] virtual_y = top + k;
            wire signed [31:0] real_y    = virtual_y / STRETCH_Y;
            wire        [31:0] bank_now  = (base_bank + $unsigned(real_y)) % ROWS;
            assign row_real_now[k] = (virtual_y >= 0) && (virtual_y % STRETCH_Y == 0) && (real_y < IN_HEIGHT);
            always @(posedge clk) begin
                if (issue) begin
                    row_bank[k*32+:32] <= bank_now;
                    row_real[k]        <= row_real_now[k] && real_column;
                end
            end
            assign column_data[k*PIXEL+:PIXEL] =
                row_real[k] ? bank_data[row_bank[k*32+:32]*PIXEL+:PIXEL] : {PIXEL{1'b0}};
        end
    endgenerate

    reg [31:0] real_rows;
    always @* begin : count
        integer r;
        real_rows = 32'd0;
        for (r = 0; r < WINDOW_Y; r = r + 1) real_rows = real_rows + {31'd0, row_real_now[r]};
    end
    assign read_words = (issue && real_column) ? real_rows : 32'd0;
endmodule
`default_nettype wire

