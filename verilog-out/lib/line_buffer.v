// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
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
    parameter STRETCH_Y  = 1,  // distance of real rows on the virtual axis; above 1 only where ADVANCE_Y is 1
    parameter STRETCH_X  = 1   // distance of real columns; above 1 only where ADVANCE_X is 1
) (
    input  wire                              clk,
    input  wire                              reset,
    input  wire                              enable,        // pixels may enter
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
    output wire [$clog2(WINDOW_Y+1)-1:0]     read_words     // pixels read in this cycle
);
    // First real position at or after a virtual one.
    function automatic integer real_after(input integer position, input integer stretch);
        real_after = (position > 0) ? (position + stretch - 1) / stretch : -(-position / stretch);
    endfunction

    localparam PIXEL   = CHANNELS * BITS;
    localparam COLUMNS = (ADVANCE_X < WINDOW_X) ? ADVANCE_X : WINDOW_X;  // new columns of a step inside a row
    localparam FAR_Y   = (ORIGIN_Y < 0) ? -ORIGIN_Y : ORIGIN_Y;
    localparam FAR_X   = (ORIGIN_X < 0) ? -ORIGIN_X : ORIGIN_X;

    // Widths, and constants in them. Rows and columns are signed: a window may start before the frame.
    localparam ROW_W    = 1 + $clog2(2 * ROWS + IN_HEIGHT + STEPS_Y * ADVANCE_Y + WINDOW_Y + FAR_Y);
    localparam COLUMN_W = 1 + $clog2(IN_WIDTH + STEPS_X * ADVANCE_X + WINDOW_X + FAR_X);
    localparam REST_Y_W = $clog2(STRETCH_Y + 1);
    localparam REST_X_W = $clog2(STRETCH_X + 1);
    localparam STEP_Y_W = $clog2(STEPS_Y + 1);
    localparam STEP_X_W = $clog2(STEPS_X + 1);
    localparam LEFT_W   = $clog2(WINDOW_X + 1);
    localparam BANK_W   = $clog2(ROWS + 1);
    localparam READ_W   = $clog2(WINDOW_Y + 1);
    localparam signed [ROW_W-1:0]    HEIGHT   = ROW_W'(IN_HEIGHT);
    localparam signed [ROW_W-1:0]    FIRST_Y  = ROW_W'(real_after(ORIGIN_Y, STRETCH_Y));
    localparam signed [COLUMN_W-1:0] WIDTH    = COLUMN_W'(IN_WIDTH);
    localparam signed [COLUMN_W-1:0] FIRST_X  = COLUMN_W'(real_after(ORIGIN_X, STRETCH_X));
    localparam signed [COLUMN_W-1:0] SKIPPED  = COLUMN_W'(ADVANCE_X - COLUMNS);  // columns between two windows
    localparam [REST_Y_W-1:0] REST_Y      = REST_Y_W'(real_after(ORIGIN_Y, STRETCH_Y) * STRETCH_Y - ORIGIN_Y);
    localparam [REST_X_W-1:0] REST_X      = REST_X_W'(real_after(ORIGIN_X, STRETCH_X) * STRETCH_X - ORIGIN_X);
    localparam [STEP_Y_W-1:0] LAST_STEP_Y = STEP_Y_W'(STEPS_Y - 1);
    localparam [STEP_X_W-1:0] LAST_STEP_X = STEP_X_W'(STEPS_X - 1);
    localparam [BANK_W-1:0]   LAST_BANK   = BANK_W'(ROWS - 1);

    // ---- where the window is ------------------------------------------------------------------------------------
    // A virtual position is kept as the first real one at or after it and the distance to that.
    reg        [STEP_Y_W-1:0] step_y;
    reg        [STEP_X_W-1:0] step_x;
    reg signed [ROW_W-1:0]    real_y;        // of the top row of the window
    reg        [REST_Y_W-1:0] rest_y;
    reg signed [COLUMN_W-1:0] real_x;        // of the next column to issue
    reg        [REST_X_W-1:0] rest_x;
    reg        [LEFT_W-1:0]   columns_left;  // columns of this window still to issue
    reg signed [ROW_W-1:0]    rows_ahead;    // complete rows since the first row of the frame being read
    reg        [COLUMN_W-2:0] write_column;  // pixels of the row being written
    reg        [BANK_W-1:0]   write_bank;
    reg        [BANK_W-1:0]   lowest_bank;   // bank of the lowest row

    wire last_row    = (step_y == LAST_STEP_Y);
    wire last_column = (step_x == LAST_STEP_X);
    wire row_taken   = window_taken && last_column;
    wire frame_taken = row_taken && last_row;

    // The window of the next step row.
    wire                    real_row  = (rest_y == 0);
    wire signed [ROW_W-1:0] next_y    = last_row ? FIRST_Y : real_row ? real_y + ROW_W'(ADVANCE_Y) : real_y;
    wire [REST_Y_W-1:0]     next_rest = last_row ? REST_Y : real_row ? REST_Y_W'(STRETCH_Y - 1) : rest_y - 1'b1;

    function automatic signed [ROW_W-1:0] in_frame(input signed [ROW_W-1:0] y);
        in_frame = (y < 0) ? 0 : (y > HEIGHT) ? HEIGHT : y;
    endfunction

    // Rows of the frame: the lowest that this window or a later one reads, and how many must have arrived for this one.
    wire signed [ROW_W-1:0] lowest      = in_frame(real_y);
    wire signed [ROW_W-1:0] next_lowest = in_frame(next_y) + (last_row ? HEIGHT : 0);
    wire                    one_less    = (rest_y > REST_Y_W'((WINDOW_Y - 1) % STRETCH_Y));
    wire signed [ROW_W-1:0] needed      = in_frame(real_y + ROW_W'((WINDOW_Y - 1) / STRETCH_Y + 1) - ROW_W'(one_less));

    // ---- writer -------------------------------------------------------------------------------------------------
    wire row_written = write_event && (write_column == (COLUMN_W-1)'(IN_WIDTH - 1));
    assign in_ready    = enable && (rows_ahead - lowest < ROW_W'(ROWS));
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

    // The bank of a row, some rows after one whose bank is known; never more than a round.
    function automatic [BANK_W-1:0] bank_after(input [BANK_W-1:0] from, input [BANK_W-1:0] rows);
        reg [BANK_W:0] sum;
        begin
            sum        = {1'b0, from} + {1'b0, rows};
            bank_after = (sum > {1'b0, LAST_BANK}) ? BANK_W'(sum - (BANK_W+1)'(ROWS)) : sum[BANK_W-1:0];
        end
    endfunction

    always @(posedge clk) begin
        if (reset) begin
            rows_ahead   <= 0;
            write_column <= 0;
            write_bank   <= 0;
            lowest_bank  <= BANK_W'(in_frame(FIRST_Y) % ROW_W'(ROWS));
        end else begin
            if (write_event) write_column <= row_written ? 0 : write_column + 1'b1;
            if (row_written) write_bank <= bank_after(write_bank, 1);
            rows_ahead <= rows_ahead + (row_written ? 1 : 0) - (frame_taken ? HEIGHT : 0);
            if (row_taken) lowest_bank <= bank_after(lowest_bank, BANK_W'(next_lowest - lowest));
        end
    end

    // ---- loader -------------------------------------------------------------------------------------------------
    wire real_column = (rest_x == 0) && (real_x >= 0) && (real_x < WIDTH);
    wire arrived     = (rows_ahead >= needed)
                    || (rows_ahead == needed - 1 && $signed({1'b0, write_column}) > real_x);
    wire frame_ready = !(last_row && last_column) || (rows_ahead >= HEIGHT);
    wire begun       = (rows_ahead > 0) || (write_column != 0);
    wire issue       = enable && (columns_left != 0) && begun && frame_ready && (!real_column || arrived);

    assign window_ready = (columns_left == 0) && !column_valid;

    always @(posedge clk) begin
        if (reset) begin
            step_y       <= 0;
            step_x       <= 0;
            real_y       <= FIRST_Y;
            rest_y       <= REST_Y;
            real_x       <= FIRST_X;
            rest_x       <= REST_X;
            columns_left <= LEFT_W'(WINDOW_X);
            column_valid <= 1'b0;
        end else begin
            column_valid <= issue;
            if (issue) begin
                columns_left <= columns_left - 1'b1;
                rest_x       <= (rest_x == 0) ? REST_X_W'(STRETCH_X - 1) : rest_x - 1'b1;
                if (rest_x == 0) real_x <= real_x + 1;
            end
            if (row_taken) begin
                step_y       <= last_row ? 0 : step_y + 1'b1;
                step_x       <= 0;
                real_y       <= next_y;
                rest_y       <= next_rest;
                real_x       <= FIRST_X;
                rest_x       <= REST_X;
                columns_left <= LEFT_W'(WINDOW_X);
            end else if (window_taken) begin
                step_x       <= step_x + 1'b1;
                real_x       <= real_x + SKIPPED;
                columns_left <= LEFT_W'(COLUMNS);
            end
        end
    end

    // ---- row banks ----------------------------------------------------------------------------------------------
    localparam ADDRESS_W = (IN_WIDTH > 1) ? $clog2(IN_WIDTH) : 1;

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
    wire signed [ROW_W-1:0] above = (real_y < 0) ? real_y : 0;  // the lowest row is so many rows down the window
    wire [WINDOW_Y-1:0]     row_real;
    generate
        for (k = 0; k < WINDOW_Y; k = k + 1) begin : row
            localparam signed [ROW_W-1:0] DOWN = ROW_W'(k / STRETCH_Y);  // real rows below the first one
            reg [BANK_W-1:0] holder;
            reg              shown;
            assign row_real[k] = (rest_y == REST_Y_W'(k % STRETCH_Y)) && (real_y + DOWN >= 0)
                              && (real_y + DOWN < HEIGHT);
            always @(posedge clk) begin
                if (issue) begin
                    holder <= bank_after(lowest_bank, BANK_W'(above + DOWN));
                    shown  <= row_real[k] && real_column;
                end
            end
            assign column_data[k*PIXEL+:PIXEL] = shown ? bank_data[holder*PIXEL+:PIXEL] : {PIXEL{1'b0}};
        end
    endgenerate

    reg [READ_W-1:0] real_rows;
    always @* begin : count
        integer r;
        real_rows = {READ_W{1'b0}};
        for (r = 0; r < WINDOW_Y; r = r + 1) real_rows = real_rows + READ_W'(row_real[r]);
    end
    assign read_words = (issue && real_column) ? real_rows : {READ_W{1'b0}};
endmodule
`default_nettype wire
