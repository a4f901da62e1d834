// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// layer_engine: one layer. Windows in, blocks of output pixels out, in raster order.
//
//   line_buffer -> window_register -> wordline_driver -> crossbar_bank [-> overlap_add]
//   -> requantizer -> block_to_raster
//
// A step takes INPUT_BITS * FOLD * ADC_SHARE cycles. The next step starts without a gap when its window is complete and
// the block of this step can leave the accumulators in the cycle after its last read.
//
// With WEIGHT_PORT, for training, the cells of a weight can be written in a cycle; reads see them from the next one on.
`default_nettype none
module layer_engine #(
    parameter CHANNELS      = 1,    // input channels
    parameter INPUT_BITS    = 8,    // bits of an input word
    parameter INPUT_SIGNED  = 0,    // 1: input words are signed
    parameter IN_HEIGHT     = 1,    // input rows
    parameter IN_WIDTH      = 1,    // input columns
    parameter OUT_CHANNELS  = 1,    // output channels
    parameter OUT_BITS      = 8,    // bits of an output word
    parameter OUT_SIGNED    = 0,    // 1: output words are signed
    parameter OUT_HEIGHT    = 1,    // output rows
    parameter OUT_WIDTH     = 1,    // output columns
    parameter STEPS_Y       = 1,    // steps down a frame
    parameter STEPS_X       = 1,    // steps across a frame
    parameter ADVANCE_Y     = 1,    // virtual input rows a step row advances
    parameter ADVANCE_X     = 1,    // virtual input columns a step advances
    parameter PHASES        = 1,    // output phases with arrays of their own
    parameter BLOCK_Y       = 1,    // output rows of a block
    parameter BLOCK_X       = 1,    // output columns of a block
    parameter BLOCKS_X      = 1,    // blocks across a frame
    parameter LANES         = 1,    // neighbouring pixels that leave in one cycle; divides BLOCK_X and OUT_WIDTH
    parameter OVERLAP       = 0,    // 1: padding-free, outputs of neighbouring steps overlap (see overlap_add)
    parameter BLOCKS_Y      = 1,    // blocks down a frame, with OVERLAP
    parameter CROP_Y        = 0,    // output rows before the frame, with OVERLAP
    parameter CROP_X        = 0,    // output columns before the frame, with OVERLAP
    parameter KERNEL_Y      = 1,    // kernel rows, with OVERLAP
    parameter KERNEL_X      = 1,    // kernel columns, with OVERLAP
    parameter DILATION_Y    = 1,    // distance of kernel rows, with OVERLAP
    parameter DILATION_X    = 1,    // distance of kernel columns, with OVERLAP
    parameter WINDOW_Y      = 1,    // window rows
    parameter WINDOW_X      = 1,    // window columns
    parameter ORIGIN_Y      = 0,    // first virtual row of the first window
    parameter ORIGIN_X      = 0,    // first virtual column of the first window
    parameter STRETCH_Y     = 1,    // distance of real rows; above 1 where zeros are inserted
    parameter STRETCH_X     = 1,    // distance of real columns
    parameter LINE_ROWS     = 1,    // rows of the line buffer
    parameter RASTER_BLOCKS = 2,    // blocks of the block-to-raster buffer
    parameter GROUPS        = 1,    // channel groups with arrays of their own
    parameter TAPS          = 1,    // taps of all phases
    parameter ROW_BLOCKS    = 1,    // row blocks of all sub-kernels
    parameter TAP_BLOCKS    = 0,    // row blocks of a tap; 0: taps are stacked
    parameter FOLD          = 1,    // turns in which the taps are read
    parameter FOLD_CROSSBARS = 0,   // 1: the taps of a fold share a crossbar
    parameter [PHASES*16-1:0] PHASE_TAPS   = 16'd1,  // taps of each phase
    parameter [PHASES*16-1:0] PHASE_BLOCKS = 16'd1,  // row blocks of the sub-kernels of each phase
    parameter [TAPS*16-1:0]   TAP_PIXELS   = 16'd0,  // window pixel (column * WINDOW_Y + row) of each tap
    parameter CROSSBAR_ROWS = 128,  // word lines of a crossbar
    parameter CROSSBAR_COLS = 128,  // physical bit lines of a crossbar
    parameter WEIGHT_BITS   = 8,    // bits of a weight
    parameter CELL_BITS     = 2,    // bits of a cell's code
    parameter VALUE_BITS    = 2,    // bits of a cell's value
    parameter FRACTION_BITS = 0,    // fraction bits of a cell's value
    parameter DIFFERENTIAL  = 0,    // 1: positive and negative bit lines
    parameter LINES         = 4,    // bit lines of a weight
    parameter ADC_BITS      = 9,    // resolution of a converter
    parameter ADC_LSB       = 0,    // right shift of a sum before conversion
    parameter ADC_OFFSETS   = 0,    // 1: an offset per bit line
    parameter ADC_SHARE     = 1,    // bit lines of one converter
    parameter ACC_BITS      = 24,   // bits of an accumulator
    parameter SCALE_SETS    = 1,    // sets of scales
    parameter Q_BITS        = 8,    // bits between requantiser and activation
    parameter EXACT         = 0,    // 1: the requantiser only adds the bias; 2: sums as they are
    parameter FINISH        = 0,    // activation: 0 bounded, 1 slope, 2 table
    parameter WEIGHT_PORT   = 0,    // 1: the write port of weights is used
    parameter IMAGES        = ""    // prefix of the memory images below +images=DIR
) (
    input  wire                             clk,
    input  wire                             reset,
    input  wire                             enable,             // pixels may enter
    input  wire                             running,            // counters run
    input  wire [63:0]                      cycle,              // number of this cycle
    // pixels in and out, channel 0 in the least significant bits
    input  wire                             in_valid,
    output wire                             in_ready,
    input  wire [CHANNELS*INPUT_BITS-1:0]   in_data,
    output wire                             out_valid,
    input  wire                             out_ready,
    output wire [LANES*OUT_CHANNELS*OUT_BITS-1:0] out_data,
    // program port
    input  wire                             program_valid,
    input  wire [3:0]                       program_kind,       // KIND_...
    input  wire [15:0]                      program_subkernel,
    input  wire [15:0]                      program_block,
    input  wire [15:0]                      program_line,
    input  wire [15:0]                      program_word,
    input  wire [63:0]                      program_data,
    // write port of weights: the cells of one weight that change
    input  wire                             weight_valid,
    input  wire [15:0]                      weight_subkernel,
    input  wire [15:0]                      weight_block,       // row block of the sub-kernel
    input  wire [15:0]                      weight_row,         // word line of the row block
    input  wire [15:0]                      weight_column,      // weight column of the sub-kernel
    input  wire [LINES*VALUE_BITS-1:0]      weight_cells,       // values of its cells, by bit line
    input  wire [LINES-1:0]                 weight_changed,     // by bit line: the cell is written
    output wire [16*64-1:0]                 counters            // in the order of the register map (csr.v)
);
    localparam SHARES        = BLOCK_Y * BLOCK_X / LANES;  // groups of pixels of a block
    localparam PHASE_W       = $clog2(SHARES + 1);
    localparam SET_W         = $clog2(SCALE_SETS + 1);
    localparam LINE_WORDS    = (CROSSBAR_ROWS + 63) / 64;
    localparam COLUMN_BITS   = WINDOW_Y * CHANNELS * INPUT_BITS;
    localparam PIXEL_BITS    = LANES * OUT_CHANNELS * ACC_BITS;  // of pixels that go together to the requantiser
    localparam PER_CROSSBAR  = CROSSBAR_COLS / LINES;
    localparam GROUP_OUTPUTS = OUT_CHANNELS / GROUPS;
    localparam COLUMNS       = (OVERLAP != 0) ? KERNEL_Y * KERNEL_X * GROUP_OUTPUTS : GROUP_OUTPUTS;  // of weights
    localparam CROSSBARS     = ROW_BLOCKS / FOLD * ((COLUMNS + PER_CROSSBAR - 1) / PER_CROSSBAR);  // read in a turn
    localparam CONVERSIONS   = ROW_BLOCKS * COLUMNS * LINES * INPUT_BITS;  // of a step
    localparam [5:0]         LAST_PLANE = 6'(INPUT_BITS - 1);
    localparam [7:0]         LAST_SHARE = 8'(ADC_SHARE - 1);
    localparam [5:0]         LAST_TURN  = 6'(FOLD - 1);
    localparam [PHASE_W-1:0] LAST_PHASE = PHASE_W'(SHARES - 1);

    // What a program write is for.
    localparam [3:0] KIND_CELLS   = 4'd0;
    localparam [3:0] KIND_OFFSETS = 4'd1;
    localparam [3:0] KIND_SCALES  = 4'd2;
    localparam [3:0] KIND_SHIFTS  = 4'd3;
    localparam [3:0] KIND_TABLE   = 4'd4;
    localparam [3:0] KIND_BOUNDS  = 4'd5;

    // ---- windows --------------------------------------------------------------------------------------------------
    wire                            window_ready, start, column_valid, line_write;
    wire [COLUMN_BITS-1:0]          column_data;
    wire [WINDOW_X*COLUMN_BITS-1:0] window;
    wire [$clog2(WINDOW_Y+1)-1:0]   line_reads;

    line_buffer #(
        .CHANNELS(CHANNELS), .BITS(INPUT_BITS), .IN_HEIGHT(IN_HEIGHT), .IN_WIDTH(IN_WIDTH), .ROWS(LINE_ROWS),
        .STEPS_Y(STEPS_Y), .STEPS_X(STEPS_X), .ADVANCE_Y(ADVANCE_Y), .ADVANCE_X(ADVANCE_X),
        .WINDOW_Y(WINDOW_Y), .WINDOW_X(WINDOW_X), .ORIGIN_Y(ORIGIN_Y), .ORIGIN_X(ORIGIN_X),
        .STRETCH_Y(STRETCH_Y), .STRETCH_X(STRETCH_X)
    ) line_buffer (
        .clk(clk), .reset(reset), .enable(enable),
        .in_valid(in_valid), .in_ready(in_ready), .in_data(in_data),
        .column_valid(column_valid), .column_data(column_data),
        .window_ready(window_ready), .window_taken(start),
        .write_event(line_write), .read_words(line_reads)
    );

    window_register #(.COLUMN_BITS(COLUMN_BITS), .COLUMNS(WINDOW_X)) window_register (
        .clk(clk), .column_valid(column_valid), .column_data(column_data), .take(start), .window(window)
    );

    // ---- sequencer: step, plane, turn, share; hand-over of finished blocks ------------------------------------------
    reg                reading, finished, draining;
    reg  [5:0]         plane;
    reg  [5:0]         turn;
    reg  [7:0]         share;
    reg  [PHASE_W-1:0] drain_phase;
    wire               room, room_for_two;
    wire               follows_read, next_follows_read;  // whether the block of this and of the next cycle needs a read
    wire               silent;                           // whether the block lies outside the frame

    wire first_read = (plane == 6'd0) && (share == 8'd0);
    wire last_share = (share == LAST_SHARE);
    wire last_turn  = (turn == LAST_TURN);
    wire last_read  = reading && (plane == LAST_PLANE) && last_turn && last_share;
    wire drain_last = draining && (drain_phase == LAST_PHASE);
    wire drain_ends = drain_last || (draining && drain_phase == PHASE_W'(SHARES - 2));  // now or in the next cycle
    wire transfer   = (finished || !follows_read) && (silent || ((!draining || drain_last) && room));
    wire taken      = transfer && follows_read;  // the accumulators are free
    wire drain      = transfer && !silent;       // the block goes to the requantiser
    // In the next cycle the block register will be free, and there will be room for the block now being read.
    wire drain_busy = drain ? (SHARES > 1) : (draining && !drain_ends);
    wire overlap    = next_follows_read && !drain_busy && (drain ? room_for_two : room);
    assign start = window_ready && (reading ? (last_read && overlap) : (!finished || taken));

    always @(posedge clk) begin
        if (reset) begin
            reading     <= 1'b0;
            finished    <= 1'b0;
            draining    <= 1'b0;
            plane       <= 6'd0;
            turn        <= 6'd0;
            share       <= 8'd0;
            drain_phase <= {PHASE_W{1'b0}};
        end else begin
            if (start) reading <= 1'b1;
            else if (last_read) reading <= 1'b0;
            if (last_read) finished <= 1'b1;
            else if (taken) finished <= 1'b0;
            if (start) begin
                plane <= 6'd0;
                turn  <= 6'd0;
                share <= 8'd0;
            end else if (reading) begin
                share <= last_share ? 8'd0 : share + 8'd1;
                if (last_share) turn <= last_turn ? 6'd0 : turn + 6'd1;
                if (last_share && last_turn) plane <= plane + 6'd1;
            end
            if (drain) draining <= 1'b1;
            else if (drain_last) draining <= 1'b0;
            if (drain) drain_phase <= {PHASE_W{1'b0}};
            else if (draining) drain_phase <= drain_phase + 1'b1;
        end
    end

    // ---- arrays -------------------------------------------------------------------------------------------------
    wire [ROW_BLOCKS*LINE_WORDS*64-1:0] wordlines;
    wire [PHASES*GROUPS*COLUMNS*ACC_BITS-1:0]         result;  // by phase, group, weight column
    wire [BLOCK_Y*BLOCK_X*OUT_CHANNELS*ACC_BITS-1:0]  block;   // by output pixel, channel
    wire [63:0]                         activations, clipped;

    wordline_driver #(
        .CHANNELS(CHANNELS), .BITS(INPUT_BITS), .PIXELS(WINDOW_Y * WINDOW_X), .PHASES(PHASES), .GROUPS(GROUPS),
        .CROSSBAR_ROWS(CROSSBAR_ROWS), .TAPS(TAPS), .ROW_BLOCKS(ROW_BLOCKS), .TAP_BLOCKS(TAP_BLOCKS),
        .FOLD(FOLD), .PHASE_TAPS(PHASE_TAPS), .TAP_PIXELS(TAP_PIXELS), .LINE_WORDS(LINE_WORDS)
    ) wordline_driver (
        .window(window), .plane(plane), .turn(turn), .wordlines(wordlines)
    );

    crossbar_bank #(
        .PHASES(PHASES), .GROUPS(GROUPS), .OUTPUTS(COLUMNS), .ROW_BLOCKS(ROW_BLOCKS),
        .PHASE_BLOCKS(PHASE_BLOCKS), .TAP_BLOCKS(TAP_BLOCKS), .FOLD(FOLD), .FOLD_CROSSBARS(FOLD_CROSSBARS),
        .HOLD(OVERLAP == 0), .INPUT_BITS(INPUT_BITS), .INPUT_SIGNED(INPUT_SIGNED),
        .CROSSBAR_COLS(CROSSBAR_COLS), .WEIGHT_BITS(WEIGHT_BITS), .CELL_BITS(CELL_BITS), .VALUE_BITS(VALUE_BITS),
        .FRACTION_BITS(FRACTION_BITS), .DIFFERENTIAL(DIFFERENTIAL), .LINES(LINES), .ADC_BITS(ADC_BITS),
        .ADC_LSB(ADC_LSB), .ADC_OFFSETS(ADC_OFFSETS), .ADC_SHARE(ADC_SHARE), .ACC_BITS(ACC_BITS),
        .LINE_WORDS(LINE_WORDS), .WEIGHT_PORT(WEIGHT_PORT), .IMAGES(IMAGES)
    ) crossbar_bank (
        .clk(clk), .reset(reset), .read(reading), .first(first_read), .plane(plane), .turn(turn),
        .share(share), .wordlines(wordlines), .take(taken), .block(result),
        .activations(activations), .clipped(clipped),
        .program_cells(program_valid && program_kind == KIND_CELLS),
        .program_offset(program_valid && program_kind == KIND_OFFSETS),
        .program_subkernel(program_subkernel), .program_block(program_block), .program_line(program_line),
        .program_word(program_word), .program_data(program_data),
        .weight_valid(weight_valid), .weight_subkernel(weight_subkernel), .weight_block(weight_block),
        .weight_row(weight_row), .weight_column(weight_column), .weight_cells(weight_cells),
        .weight_changed(weight_changed)
    );

    generate
        if (OVERLAP != 0) begin : overlapping
            overlap_add #(
                .GROUPS(GROUPS), .OUTPUTS(GROUP_OUTPUTS), .KERNEL_Y(KERNEL_Y), .KERNEL_X(KERNEL_X),
                .DILATION_Y(DILATION_Y), .DILATION_X(DILATION_X), .STRIDE_Y(BLOCK_Y), .STRIDE_X(BLOCK_X),
                .READS_Y(STEPS_Y), .READS_X(STEPS_X), .BLOCKS_Y(BLOCKS_Y), .BLOCKS_X(BLOCKS_X),
                .FIRST_Y(CROP_Y / BLOCK_Y), .LAST_Y((CROP_Y + OUT_HEIGHT - 1) / BLOCK_Y), .ACC_BITS(ACC_BITS)
            ) overlap_add (
                .clk(clk), .reset(reset), .take(transfer), .kernels(result), .follows_read(follows_read),
                .next_follows_read(next_follows_read), .silent(silent), .block(block)
            );
        end else begin : aligned
            assign follows_read      = 1'b1;
            assign next_follows_read = 1'b1;
            assign silent            = 1'b0;
            assign block             = result;
        end
    endgenerate

    // ---- blocks out ---------------------------------------------------------------------------------------------
    wire                                   word_valid, raster_write, raster_read;
    wire [LANES*OUT_CHANNELS*OUT_BITS-1:0] words;

    requantizer #(
        .CHANNELS(OUT_CHANNELS), .LANES(LANES), .SETS(SCALE_SETS), .ACC_BITS(ACC_BITS), .Q_BITS(Q_BITS),
        .OUT_BITS(OUT_BITS),
        .OUT_SIGNED(OUT_SIGNED), .EXACT(EXACT), .FINISH(FINISH), .IMAGES(IMAGES)
    ) requantizer (
        .clk(clk), .reset(reset), .in_valid(draining), .in_set(SET_W'(drain_phase)),
        .in_data(block[drain_phase*PIXEL_BITS+:PIXEL_BITS]),
        .out_valid(word_valid), .out_data(words),
        .program_scale(program_valid && program_kind == KIND_SCALES),
        .program_shift(program_valid && program_kind == KIND_SHIFTS),
        .program_table(program_valid && program_kind == KIND_TABLE),
        .program_bound(program_valid && program_kind == KIND_BOUNDS),
        .program_line(program_line), .program_word(program_word), .program_data(program_data)
    );

    block_to_raster #(
        .PIXEL_BITS(LANES * OUT_CHANNELS * OUT_BITS), .OUT_HEIGHT(OUT_HEIGHT), .OUT_WIDTH(OUT_WIDTH / LANES),
        .BLOCK_Y(BLOCK_Y), .BLOCK_X(BLOCK_X / LANES), .CROP_Y(CROP_Y), .CROP_X(CROP_X / LANES), .STEPS_X(BLOCKS_X),
        .BLOCKS(RASTER_BLOCKS)
    ) block_to_raster (
        .clk(clk), .reset(reset), .room(room), .room_for_two(room_for_two), .reserve(drain),
        .in_valid(word_valid), .in_data(words),
        .out_valid(out_valid), .out_ready(out_ready), .out_data(out_data),
        .write_event(raster_write), .read_event(raster_read)
    );

    // ---- counters -----------------------------------------------------------------------------------------------
    reg [63:0] busy, starved, stalled;                             // cycles, of one of three kinds each
    reg [63:0] array_reads, conversions, cell_writes;
    reg [63:0] line_writes, line_read_words, raster_writes, raster_reads;
    reg [63:0] first_output, last_output, first_busy, last_busy;   // cycle numbers
    reg        any_output, any_busy;
    wire       blocked      = !reading && window_ready && finished;
    wire       output_event = out_valid && out_ready;
    wire       cell_event   = program_valid && program_kind == KIND_CELLS;

    always @(posedge clk) begin
        if (reset) begin
            busy            <= 64'd0;
            starved         <= 64'd0;
            stalled         <= 64'd0;
            array_reads     <= 64'd0;
            conversions     <= 64'd0;
            line_writes     <= 64'd0;
            line_read_words <= 64'd0;
            raster_writes   <= 64'd0;
            raster_reads    <= 64'd0;
            first_output    <= 64'd0;
            last_output     <= 64'd0;
            first_busy      <= 64'd0;
            last_busy       <= 64'd0;
            any_output      <= 1'b0;
            any_busy        <= 1'b0;
        end else if (running) begin
            if (reading) busy <= busy + 64'd1;
            else if (blocked) stalled <= stalled + 64'd1;
            else starved <= starved + 64'd1;
            if (reading && share == 8'd0) array_reads <= array_reads + 64'(CROSSBARS);
            if (last_read) conversions <= conversions + 64'(CONVERSIONS);
            if (line_write) line_writes <= line_writes + 64'd1;
            line_read_words <= line_read_words + 64'(line_reads);
            if (raster_write) raster_writes <= raster_writes + 64'd1;
            if (raster_read) raster_reads <= raster_reads + 64'd1;
            if (output_event) last_output <= cycle;
            if (output_event && !any_output) first_output <= cycle;
            if (output_event) any_output <= 1'b1;
            if (reading) last_busy <= cycle;
            if (reading && !any_busy) first_busy <= cycle;
            if (reading) any_busy <= 1'b1;
        end
    end

    reg [63:0] weight_cells_written;
    always @* begin : count_written
        integer l;
        weight_cells_written = 64'd0;
        for (l = 0; l < LINES; l = l + 1) weight_cells_written = weight_cells_written + 64'(weight_changed[l]);
    end

    always @(posedge clk)
        if (reset) cell_writes <= 64'd0;
        else if (cell_event) cell_writes <= cell_writes + 64'd64;
        else if (WEIGHT_PORT != 0 && weight_valid) cell_writes <= cell_writes + weight_cells_written;

    assign counters = {last_busy, first_busy, last_output, first_output,
                       raster_reads, raster_writes, line_read_words, line_writes,
                       cell_writes, clipped, conversions, activations,
                       array_reads, stalled, starved, busy};
endmodule
`default_nettype wire
