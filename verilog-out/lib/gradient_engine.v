// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// gradient_engine: the gradient of one layer's weights and biases over a batch of frames.
//
//   line_buffer -> window_register --.
//                                     gradient_lanes -> gradient_accumulators -> read-out
//   line_buffer -> window_register --'
//
// A step takes a window of one operand and a block of the other. Each pair of pixels that meet at a kernel index gives
// one product per weight at that index; the products of all useful pairs follow each other, LANES a cycle, so that a
// step takes ceil(products / LANES) cycles. Within a step no accumulator gets two products. With SKIP, a pair is useful
// if both of its pixels lie in their frames; without, every pair is multiplied, zeros and all.
//
// After the last frame of a batch the accumulators are read out and cleared: rows of LANES weights in the order of
// their addresses, then the biases one by one.
`default_nettype none
module gradient_engine #(
    parameter STEPS_Y         = 1,   // steps down a frame
    parameter STEPS_X         = 1,   // steps across a frame
    // operand of the windows
    parameter WINDOW_CHANNELS = 1,   // channels
    parameter WINDOW_BITS     = 8,   // bits of a word
    parameter WINDOW_SIGNED   = 0,   // 1: words are signed
    parameter WINDOW_HEIGHT   = 1,   // rows of a frame
    parameter WINDOW_WIDTH    = 1,   // columns of a frame
    parameter WINDOW_ROWS     = 1,   // rows of its line buffer
    parameter ADVANCE_Y       = 1,   // rows a step row advances
    parameter ADVANCE_X       = 1,   // columns a step advances
    parameter WINDOW_Y        = 1,   // rows of a window
    parameter WINDOW_X        = 1,   // columns of a window
    parameter ORIGIN_Y        = 0,   // first row of the first window
    parameter ORIGIN_X        = 0,   // first column of the first window
    parameter SPREAD_Y        = 1,   // distance of real rows; above 1 only without SKIP
    parameter SPREAD_X        = 1,   // distance of real columns; above 1 only without SKIP
    // operand of the blocks
    parameter BLOCK_CHANNELS  = 1,   // channels
    parameter BLOCK_BITS      = 8,   // bits of a word
    parameter BLOCK_SIGNED    = 1,   // 1: words are signed
    parameter BLOCK_HEIGHT    = 1,   // rows of a frame
    parameter BLOCK_WIDTH     = 1,   // columns of a frame
    parameter BLOCK_ROWS      = 1,   // rows of its line buffer
    parameter BLOCK_Y         = 1,   // rows of a block
    parameter BLOCK_X         = 1,   // columns of a block
    parameter STRETCH_Y       = 1,   // distance of real rows; above 1 only without SKIP
    parameter STRETCH_X       = 1,   // distance of real columns; above 1 only without SKIP
    // products
    parameter GROUPS          = 1,   // channel groups
    parameter KERNELS         = 1,   // kernel indices
    parameter PAIRS           = 1,   // pairs of pixels of a step
    parameter [PAIRS*16-1:0] PAIR_WINDOW_Y = 16'd0,  // row of the window, of each pair
    parameter [PAIRS*16-1:0] PAIR_WINDOW_X = 16'd0,  // column of the window
    parameter [PAIRS*16-1:0] PAIR_BLOCK_Y  = 16'd0,  // row of the block
    parameter [PAIRS*16-1:0] PAIR_BLOCK_X  = 16'd0,  // column of the block
    parameter [PAIRS*16-1:0] PAIR_KERNELS  = 16'd0,  // kernel index
    parameter SKIP            = 1,   // 1: multiply useful pairs only
    parameter LANES           = 1,   // products of a cycle
    parameter ACC_BITS        = 32,  // bits of an accumulator
    // biases
    parameter ERROR_IN_WINDOW = 0,   // 1: the error is the operand of the windows
    parameter BIAS_SETS       = 1    // biases of a channel: 1, or one per pixel of the error
) (
    input  wire                                   clk,
    input  wire                                   reset,
    input  wire                                   enable,        // started
    input  wire                                   running,       // counters run
    input  wire [63:0]                            cycle,         // number of this cycle
    input  wire [31:0]                            batch,         // frames of a batch; constant while enabled
    // pixels of both operands in raster order, channel 0 in the least significant bits
    input  wire                                   window_valid,
    output wire                                   window_ready,
    input  wire [WINDOW_CHANNELS*WINDOW_BITS-1:0] window_data,
    input  wire                                   block_valid,
    output wire                                   block_ready,
    input  wire [BLOCK_CHANNELS*BLOCK_BITS-1:0]   block_data,
    // gradient
    output reg                                    out_valid,
    input  wire                                   out_ready,
    output wire [LANES*ACC_BITS-1:0]              out_data,      // LANES weights, or one bias
    output wire                                   out_last,      // last bias of a batch
    output wire [16*64-1:0]                       counters       // in the order of the list at the end
);
    localparam PER_PAIR     = BLOCK_CHANNELS * WINDOW_CHANNELS / GROUPS;  // products of a pair
    localparam WEIGHTS      = KERNELS * PER_PAIR;
    localparam ALIGNED      = (PER_PAIR % LANES == 0);
    localparam DEPTH        = (WEIGHTS + LANES - 1) / LANES;
    localparam CHANNELS     = ERROR_IN_WINDOW ? WINDOW_CHANNELS : BLOCK_CHANNELS;  // of the error
    localparam BITS         = ERROR_IN_WINDOW ? WINDOW_BITS : BLOCK_BITS;
    localparam SIGNED       = ERROR_IN_WINDOW ? WINDOW_SIGNED : BLOCK_SIGNED;
    localparam ERRORS       = ERROR_IN_WINDOW ? WINDOW_HEIGHT * WINDOW_WIDTH : BLOCK_HEIGHT * BLOCK_WIDTH;
    localparam BEATS        = DEPTH + BIAS_SETS * CHANNELS;  // of a read-out
    localparam WINDOW_PIXEL = WINDOW_CHANNELS * WINDOW_BITS;
    localparam BLOCK_PIXEL  = BLOCK_CHANNELS * BLOCK_BITS;
    localparam PRODUCT_BITS = WINDOW_BITS + BLOCK_BITS + 1;
    localparam FAR_Y        = (ORIGIN_Y < 0) ? -ORIGIN_Y : ORIGIN_Y;
    localparam FAR_X        = (ORIGIN_X < 0) ? -ORIGIN_X : ORIGIN_X;

    // Widths. The first row and column of a window are signed: it may start before the frame.
    localparam LEFT_W   = $clog2(PAIRS * PER_PAIR + LANES + 1);
    localparam COUNT_W  = $clog2(PAIRS + 1);
    localparam STEP_Y_W = $clog2(STEPS_Y + 1);
    localparam STEP_X_W = $clog2(STEPS_X + 1);
    localparam REACH_Y  = STEPS_Y * (ADVANCE_Y + BLOCK_Y) + WINDOW_Y + WINDOW_HEIGHT + BLOCK_HEIGHT + FAR_Y;
    localparam REACH_X  = STEPS_X * (ADVANCE_X + BLOCK_X) + WINDOW_X + WINDOW_WIDTH + BLOCK_WIDTH + FAR_X;
    localparam TOP_W    = 1 + $clog2(REACH_Y);
    localparam SIDE_W   = 1 + $clog2(REACH_X);
    localparam BEAT_W   = $clog2(BEATS + 1);
    localparam ROW_W    = (DEPTH > 1) ? $clog2(DEPTH) : 1;
    localparam WORD_W   = $clog2(WEIGHTS + LANES + 1);
    localparam SET_W    = (BIAS_SETS > 1) ? $clog2(BIAS_SETS) : 1;

    localparam [1:0] CLEAR      = 2'd0;
    localparam [1:0] ACCUMULATE = 2'd1;
    localparam [1:0] READ       = 2'd2;

    reg  [1:0] state;
    wire       start, handed_over;

    // ---- operands -----------------------------------------------------------------------------------------------
    // A pixel passes its line buffer as one word: nothing here needs bit planes. It is shown to the buffer only when it
    // is taken, so that a simulator does not unpack one that waits again and again. Errors of the next batch wait until
    // the biases of this one are read out.
    wire all_errors;
    wire window_room, window_filled, window_column, window_write;
    wire block_room, block_filled, block_column, block_write;
    wire [$clog2(WINDOW_Y+1)-1:0]              window_reads;
    wire [$clog2(BLOCK_Y+1)-1:0]               block_reads;
    wire [WINDOW_Y*WINDOW_PIXEL-1:0]           window_column_data;
    wire [BLOCK_Y*BLOCK_PIXEL-1:0]             block_column_data;
    wire [WINDOW_X*WINDOW_Y*WINDOW_PIXEL-1:0]  window;
    wire [BLOCK_X*BLOCK_Y*BLOCK_PIXEL-1:0]     block;

    assign window_ready = window_room && !(ERROR_IN_WINDOW != 0 && all_errors);
    assign block_ready  = block_room && !(ERROR_IN_WINDOW == 0 && all_errors);

    line_buffer #(
        .CHANNELS(1), .BITS(WINDOW_PIXEL), .IN_HEIGHT(WINDOW_HEIGHT), .IN_WIDTH(WINDOW_WIDTH), .ROWS(WINDOW_ROWS),
        .STEPS_Y(STEPS_Y), .STEPS_X(STEPS_X), .ADVANCE_Y(ADVANCE_Y), .ADVANCE_X(ADVANCE_X),
        .WINDOW_Y(WINDOW_Y), .WINDOW_X(WINDOW_X), .ORIGIN_Y(ORIGIN_Y), .ORIGIN_X(ORIGIN_X),
        .STRETCH_Y(SPREAD_Y), .STRETCH_X(SPREAD_X)
    ) window_lines (
        .clk(clk), .reset(reset), .enable(enable),
        .in_valid(window_valid && window_ready), .in_ready(window_room), .in_data(window_data),
        .column_valid(window_column), .column_data(window_column_data),
        .window_ready(window_filled), .window_taken(start),
        .write_event(window_write), .read_words(window_reads)
    );

    window_register #(.COLUMN_BITS(WINDOW_Y * WINDOW_PIXEL), .COLUMNS(WINDOW_X)) window_register (
        .clk(clk), .column_valid(window_column), .column_data(window_column_data), .take(start), .window(window)
    );

    line_buffer #(
        .CHANNELS(1), .BITS(BLOCK_PIXEL), .IN_HEIGHT(BLOCK_HEIGHT), .IN_WIDTH(BLOCK_WIDTH), .ROWS(BLOCK_ROWS),
        .STEPS_Y(STEPS_Y), .STEPS_X(STEPS_X), .ADVANCE_Y(BLOCK_Y), .ADVANCE_X(BLOCK_X),
        .WINDOW_Y(BLOCK_Y), .WINDOW_X(BLOCK_X), .ORIGIN_Y(0), .ORIGIN_X(0),
        .STRETCH_Y(STRETCH_Y), .STRETCH_X(STRETCH_X)
    ) block_lines (
        .clk(clk), .reset(reset), .enable(enable),
        .in_valid(block_valid && block_ready), .in_ready(block_room), .in_data(block_data),
        .column_valid(block_column), .column_data(block_column_data),
        .window_ready(block_filled), .window_taken(start),
        .write_event(block_write), .read_words(block_reads)
    );

    window_register #(.COLUMN_BITS(BLOCK_Y * BLOCK_PIXEL), .COLUMNS(BLOCK_X)) block_register (
        .clk(clk), .column_valid(block_column), .column_data(block_column_data), .take(start), .window(block)
    );

    // ---- steps --------------------------------------------------------------------------------------------------
    reg         [LEFT_W-1:0]   left;  // products of this step, those of this cycle included
    reg         [STEP_Y_W-1:0] step_y;
    reg         [STEP_X_W-1:0] step_x;
    reg         [31:0]         frame;
    reg                        all_started;  // every step of the batch
    reg  signed [TOP_W-1:0]    window_top, block_top;    // first rows of the next step
    reg  signed [SIDE_W-1:0]   window_side, block_side;  // first columns of the next step

    wire busy        = (left != 0);
    wire last_cycle  = (left <= LEFT_W'(LANES));
    wire last_column = (step_x == STEP_X_W'(STEPS_X - 1));
    wire last_row    = (step_y == STEP_Y_W'(STEPS_Y - 1));
    wire last_frame  = (frame == batch - 1);
    wire finished    = (state == ACCUMULATE) && all_started && !busy;
    assign start = (state == ACCUMULATE) && !all_started && last_cycle && window_filled && block_filled;

    always @(posedge clk) begin
        if (reset) begin
            step_y      <= 0;
            step_x      <= 0;
            frame       <= 0;
            all_started <= 1'b0;
            window_top  <= TOP_W'(ORIGIN_Y);
            block_top   <= 0;
            window_side <= SIDE_W'(ORIGIN_X);
            block_side  <= 0;
        end else begin
            if (start) begin
                step_x      <= last_column ? 0 : step_x + 1'b1;
                window_side <= last_column ? SIDE_W'(ORIGIN_X) : window_side + SIDE_W'(ADVANCE_X);
                block_side  <= last_column ? 0 : block_side + SIDE_W'(BLOCK_X);
            end
            if (start && last_column) begin
                step_y     <= last_row ? 0 : step_y + 1'b1;
                window_top <= last_row ? TOP_W'(ORIGIN_Y) : window_top + TOP_W'(ADVANCE_Y);
                block_top  <= last_row ? 0 : block_top + TOP_W'(BLOCK_Y);
            end
            if (start && last_column && last_row) frame <= last_frame ? 0 : frame + 1;
            if (start && last_column && last_row && last_frame) all_started <= 1'b1;
            else if (handed_over) all_started <= 1'b0;
        end
    end

    // Which rows and columns of the next step lie in their frames.
    wire [WINDOW_Y-1:0] window_rows_real;
    wire [WINDOW_X-1:0] window_columns_real;
    wire [BLOCK_Y-1:0]  block_rows_real;
    wire [BLOCK_X-1:0]  block_columns_real;
    genvar g;
    generate
        for (g = 0; g < WINDOW_Y; g = g + 1) begin : window_row
            assign window_rows_real[g] =
                (window_top + TOP_W'(g) >= 0) && (window_top + TOP_W'(g) < $signed(TOP_W'(WINDOW_HEIGHT)));
        end
        for (g = 0; g < WINDOW_X; g = g + 1) begin : window_side_column
            assign window_columns_real[g] =
                (window_side + SIDE_W'(g) >= 0) && (window_side + SIDE_W'(g) < $signed(SIDE_W'(WINDOW_WIDTH)));
        end
        for (g = 0; g < BLOCK_Y; g = g + 1) begin : block_row
            assign block_rows_real[g] = (block_top + TOP_W'(g) < $signed(TOP_W'(BLOCK_HEIGHT)));
        end
        for (g = 0; g < BLOCK_X; g = g + 1) begin : block_side_column
            assign block_columns_real[g] = (block_side + SIDE_W'(g) < $signed(SIDE_W'(BLOCK_WIDTH)));
        end
    endgenerate

    // The useful pairs of this step, in order. Each moves down by as many places as there are useless ones before it:
    // by one place if that number is odd, then by two, by four and so on, on which ways no two meet.
    reg [PAIRS*16-1:0] chosen;
    always @(posedge clk) begin
        if (reset) left <= 0;
        else if (start) begin : choose
            integer p, s;
            reg [PAIRS-1:0]         useful, moves;
            reg [PAIRS*COUNT_W-1:0] gaps;  // useless ones before each
            reg [PAIRS*16-1:0]      pairs;
            reg [COUNT_W-1:0]       count, gap;
            count = 0;
            gap   = 0;
            for (p = 0; p < PAIRS; p = p + 1) begin
                useful[p] = (SKIP == 0) || (window_rows_real[32'(PAIR_WINDOW_Y[p*16+:16])]
                                            && window_columns_real[32'(PAIR_WINDOW_X[p*16+:16])]
                                            && block_rows_real[32'(PAIR_BLOCK_Y[p*16+:16])]
                                            && block_columns_real[32'(PAIR_BLOCK_X[p*16+:16])]);
                pairs[p*16+:16]          = 16'(p);
                gaps[p*COUNT_W+:COUNT_W] = gap;
                count = count + COUNT_W'(useful[p]);
                gap   = gap + COUNT_W'(!useful[p]);
            end
            left <= LEFT_W'(count) * LEFT_W'(PER_PAIR);
            for (s = 0; s < COUNT_W; s = s + 1) begin
                for (p = 0; p < PAIRS; p = p + 1) moves[p] = useful[p] && gaps[p*COUNT_W+s];
                for (p = 0; p < PAIRS - (1 << s); p = p + 1)
                    if (moves[p+(1<<s)]) begin
                        pairs[p*16+:16]          = pairs[(p+(1<<s))*16+:16];
                        gaps[p*COUNT_W+:COUNT_W] = gaps[(p+(1<<s))*COUNT_W+:COUNT_W];
                    end
                useful = (useful & ~moves) | (moves >> (1 << s));
            end
            chosen <= pairs;
        end else left <= last_cycle ? 0 : left - LEFT_W'(LANES);
    end

    // ---- products and their sums --------------------------------------------------------------------------------
    wire [LANES*PRODUCT_BITS-1:0] products;
    wire [LANES-1:0]              live;
    wire [LANES*WORD_W-1:0]       addresses;
    wire [ROW_W-1:0]              busy_row;

    gradient_lanes #(
        .WINDOW_CHANNELS(WINDOW_CHANNELS), .WINDOW_BITS(WINDOW_BITS), .WINDOW_SIGNED(WINDOW_SIGNED),
        .WINDOW_Y(WINDOW_Y), .WINDOW_X(WINDOW_X), .BLOCK_CHANNELS(BLOCK_CHANNELS), .BLOCK_BITS(BLOCK_BITS),
        .BLOCK_SIGNED(BLOCK_SIGNED), .BLOCK_Y(BLOCK_Y), .BLOCK_X(BLOCK_X), .GROUPS(GROUPS), .PAIRS(PAIRS),
        .PAIR_WINDOW_Y(PAIR_WINDOW_Y), .PAIR_WINDOW_X(PAIR_WINDOW_X), .PAIR_BLOCK_Y(PAIR_BLOCK_Y),
        .PAIR_BLOCK_X(PAIR_BLOCK_X), .PAIR_KERNELS(PAIR_KERNELS), .LANES(LANES), .ALIGNED(ALIGNED), .LEFT_W(LEFT_W),
        .ROW_W(ROW_W), .WORD_W(WORD_W), .PRODUCT_BITS(PRODUCT_BITS)
    ) gradient_lanes (
        .clk(clk), .start(start), .busy(busy), .left(left), .chosen(chosen), .window(window), .block(block),
        .row(busy_row), .products(products), .live(live), .addresses(addresses)
    );

    reg  [BEAT_W-1:0]         read_beat;  // next one to read
    reg  [ROW_W-1:0]          row;        // to clear, or to read out
    wire [LANES*ACC_BITS-1:0] read_data;
    wire last_row_of_all = (row == ROW_W'(DEPTH - 1));
    wire reads_weights   = (read_beat < BEAT_W'(DEPTH));
    wire issue           = (state == READ) && (read_beat != BEAT_W'(BEATS)) && (!out_valid || out_ready);
    wire clear           = (state == CLEAR && enable) || (issue && reads_weights);

    gradient_accumulators #(
        .WORDS(WEIGHTS), .BITS(ACC_BITS), .PRODUCT_BITS(PRODUCT_BITS), .LANES(LANES), .ALIGNED(ALIGNED),
        .WORD_W(WORD_W)
    ) gradient_accumulators (
        .clk(clk), .reset(reset), .busy(busy), .busy_row(busy_row), .products(products), .live(live),
        .addresses(addresses), .row(row), .read(issue), .clear(clear), .data(read_data)
    );

    // ---- biases -------------------------------------------------------------------------------------------------
    wire [CHANNELS*BITS-1:0]     error;
    wire [CHANNELS*ACC_BITS-1:0] biases;
    reg  [SET_W-1:0]             bias_set;  // to read out
    generate
        if (ERROR_IN_WINDOW) begin : error_of_windows
            assign error = window_data;
        end else begin : error_of_blocks
            assign error = block_data;
        end
    endgenerate

    gradient_biases #(
        .CHANNELS(CHANNELS), .BITS(BITS), .SIGNED(SIGNED), .PIXELS(ERRORS), .SETS(BIAS_SETS), .ACC_BITS(ACC_BITS)
    ) gradient_biases (
        .clk(clk), .reset(reset), .batch(batch), .taken(ERROR_IN_WINDOW ? window_write : block_write), .error(error),
        .complete(all_errors), .next_batch(handed_over), .set(bias_set), .sums_of_set(biases)
    );

    // ---- read-out -----------------------------------------------------------------------------------------------
    localparam CHANNEL_W = $clog2(CHANNELS + 1);
    reg  [CHANNEL_W-1:0] bias_channel;
    reg  [ACC_BITS-1:0]  bias;
    reg                  out_weights;  // weights are offered, else a bias
    wire last_channel = (bias_channel == CHANNEL_W'(CHANNELS - 1));

    assign out_last    = (read_beat == BEAT_W'(BEATS));
    assign handed_over = out_valid && out_ready && out_last;
    assign out_data    = out_weights ? read_data : (LANES * ACC_BITS)'(bias);

    always @(posedge clk) begin
        if (reset) begin
            state     <= CLEAR;
            out_valid <= 1'b0;
            read_beat <= 0;
        end else begin
            if (state == CLEAR && enable && last_row_of_all) state <= ACCUMULATE;
            else if (finished) state <= READ;
            else if (handed_over) state <= ACCUMULATE;
            if (issue) out_valid <= 1'b1;
            else if (out_ready) out_valid <= 1'b0;
            if (finished) read_beat <= 0;
            else if (issue) read_beat <= read_beat + 1'b1;
        end
    end
    always @(posedge clk) begin
        if (reset || finished) row <= 0;
        else if (clear) row <= last_row_of_all ? 0 : row + 1'b1;
    end
    always @(posedge clk) begin
        if (finished) begin
            bias_set     <= 0;
            bias_channel <= 0;
        end else if (issue && !reads_weights) begin
            bias_channel <= last_channel ? 0 : bias_channel + 1'b1;
            if (last_channel) bias_set <= bias_set + 1'b1;
        end
    end
    always @(posedge clk) begin
        if (issue) out_weights <= reads_weights;
        if (issue) bias <= biases[bias_channel*ACC_BITS+:ACC_BITS];
    end

    // ---- counters -----------------------------------------------------------------------------------------------
    reg [63:0] clearing, multiplying, starved, reading, sums_made, words_read, words_written, steps;
    reg [63:0] window_writes, window_read_pixels, block_writes, block_read_pixels, first_output, last_output;
    reg        any_output;
    wire [63:0] made        = !busy ? 64'd0 : last_cycle ? 64'(left) : 64'(LANES);
    wire [63:0] row_words   = last_row_of_all ? 64'(WEIGHTS - (DEPTH - 1) * LANES) : 64'(LANES);
    wire        output_word = out_valid && out_ready;

    always @(posedge clk) begin
        if (reset) begin
            clearing           <= 64'd0;
            multiplying        <= 64'd0;
            starved            <= 64'd0;
            reading            <= 64'd0;
            sums_made          <= 64'd0;
            words_read         <= 64'd0;
            words_written      <= 64'd0;
            steps              <= 64'd0;
            window_writes      <= 64'd0;
            window_read_pixels <= 64'd0;
            block_writes       <= 64'd0;
            block_read_pixels  <= 64'd0;
            first_output       <= 64'd0;
            last_output        <= 64'd0;
            any_output         <= 1'b0;
        end else if (running) begin
            if (state == CLEAR) clearing <= clearing + 64'd1;
            else if (state == READ) reading <= reading + 64'd1;
            else if (busy) multiplying <= multiplying + 64'd1;
            else starved <= starved + 64'd1;
            sums_made     <= sums_made + made;
            words_read    <= words_read + made + ((issue && reads_weights) ? row_words : 64'd0);
            words_written <= words_written + made + (clear ? row_words : 64'd0);
            if (start) steps <= steps + 64'd1;
            if (window_write) window_writes <= window_writes + 64'd1;
            if (block_write) block_writes <= block_writes + 64'd1;
            window_read_pixels <= window_read_pixels + 64'(window_reads);
            block_read_pixels  <= block_read_pixels + 64'(block_reads);
            if (output_word && !any_output) first_output <= cycle;
            if (output_word) last_output <= cycle;
            if (output_word) any_output <= 1'b1;
        end
    end

    // clearing, busy, starved and reading cycles; products; accumulators read and written; steps; pixels written to and
    // read from the line buffer of the windows and of the blocks; cycle of the first and of the last output; and what
    // is under way: {busy or clearing, frames of the batch all of whose steps have begun}
    wire working = busy || (state == CLEAR);
    assign counters = {64'd0, 31'd0, working, all_started ? batch : frame, last_output, first_output,
                       block_read_pixels, block_writes, window_read_pixels, window_writes, steps, words_written,
                       words_read, sums_made, reading, starved, multiplying, clearing};
endmodule
`default_nettype wire
