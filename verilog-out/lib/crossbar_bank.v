// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// crossbar_bank: all crossbars of an engine with their converters and shift-add, one read per cycle.
//
// A bank holds SUBKERNELS arrays (output phase, channel group). Each has OUTPUTS weight columns, a weight takes LINES
// adjacent bit lines of one crossbar, and the word lines are cut into row blocks of one crossbar each. Sums over row
// blocks are digital, after conversion. With FOLD above 1 the taps of a sub-kernel, TAP_BLOCKS row blocks each, are
// read in turns; where they fit (FOLD_CROSSBARS), the FOLD row blocks of a fold lie on one crossbar.
//
// Two forms of the same function, held equal by tests:
//  - EMAT_STRUCTURAL, for synthesis: one crossbar_tile per crossbar;
//  - otherwise, for simulation at real sizes: one memory and one rolled loop over sub-kernels, columns, row blocks and
//    bit lines, so that the simulator's code does not grow with the number of crossbars.
`default_nettype none
module crossbar_bank #(
    parameter PHASES        = 1,    // output phases
    parameter GROUPS        = 1,    // channel groups with arrays of their own
    parameter OUTPUTS       = 1,    // weight columns of a sub-kernel
    parameter ROW_BLOCKS    = 1,    // row blocks of all sub-kernels
    parameter [PHASES*16-1:0] PHASE_BLOCKS = 16'd1,  // row blocks of the sub-kernels of each phase
    parameter TAP_BLOCKS    = 0,    // row blocks of a tap; 0: taps are stacked
    parameter FOLD          = 1,    // turns in which the taps are read
    parameter FOLD_CROSSBARS = 0,   // 1: the taps of a fold share a crossbar
    parameter HOLD          = 1,    // 1: a register holds the result; 0: the result is what the accumulators are
    parameter INPUT_BITS    = 8,    // bit planes of an input
    parameter INPUT_SIGNED  = 0,    // 1: the last plane subtracts
    parameter CROSSBAR_COLS = 128,  // physical bit lines of a crossbar
    parameter WEIGHT_BITS   = 8,    // bits of a weight
    parameter CELL_BITS     = 2,    // bits of a cell's code
    parameter VALUE_BITS    = 2,    // bits of a cell's value
    parameter FRACTION_BITS = 0,    // fraction bits of a cell's value
    parameter DIFFERENTIAL  = 0,    // 1: positive and negative bit lines; 0: offset codes
    parameter LINES         = 4,    // bit lines of a weight
    parameter ADC_BITS      = 9,    // resolution of a converter
    parameter ADC_LSB       = 0,    // right shift of a sum before conversion
    parameter ADC_OFFSETS   = 0,    // 1: an offset per bit line
    parameter ADC_SHARE     = 1,    // bit lines of one converter
    parameter ACC_BITS      = 24,   // bits of an accumulator
    parameter LINE_WORDS    = 2,    // 64-bit words of a row block
    parameter WEIGHT_PORT   = 0,    // 1: the write port of weights is used
    parameter IMAGES        = ""    // prefix of the memory images below +images=DIR
) (
    input  wire                                      clk,
    input  wire                                      reset,
    // read
    input  wire                                      read,
    input  wire                                      first,       // first read of a turn of a step
    input  wire [5:0]                                plane,       // bit plane on the word lines
    input  wire [5:0]                                turn,        // which taps are read
    input  wire [7:0]                                share,       // which bit lines of each converter
    input  wire [ROW_BLOCKS*LINE_WORDS*64-1:0]       wordlines,
    // result: the accumulators as they were in the cycle of `take`, by sub-kernel, weight column
    input  wire                                      take,
    output wire [PHASES*GROUPS*OUTPUTS*ACC_BITS-1:0] block,
    // events, running sums
    output wire [63:0]                               activations, // word lines driven with 1
    output wire [63:0]                               clipped,     // conversions outside the converter's range
    // program port: 64 cells' value bit, or a converter's offset
    input  wire                                      program_cells,
    input  wire                                      program_offset,
    input  wire [15:0]                               program_subkernel,
    input  wire [15:0]                               program_block,
    input  wire [15:0]                               program_line,  // weight column * LINES + line
    input  wire [15:0]                               program_word,  // value bit * LINE_WORDS + word
    input  wire [63:0]                               program_data,
    // write port of weights: the cells of one weight that change
    input  wire                                      weight_valid,
    input  wire [15:0]                               weight_subkernel,
    input  wire [15:0]                               weight_block,
    input  wire [15:0]                               weight_row,    // word line of the row block
    input  wire [15:0]                               weight_column, // weight column of the sub-kernel
    input  wire [LINES*VALUE_BITS-1:0]               weight_cells,  // values of its cells, by bit line
    input  wire [LINES-1:0]                          weight_changed // by bit line: the cell is written
);
    localparam SUBKERNELS    = PHASES * GROUPS;
    localparam PER_CROSSBAR  = CROSSBAR_COLS / LINES;  // weights on a word line of one crossbar
    localparam COLUMN_BLOCKS = (OUTPUTS + PER_CROSSBAR - 1) / PER_CROSSBAR;

    wire unused_take = &{1'b0, take};  // without HOLD

    function automatic integer blocks_of(input integer subkernel);
        blocks_of = {16'd0, PHASE_BLOCKS[(subkernel/GROUPS)*16+:16]};
    endfunction

    function automatic integer blocks_before(input integer subkernel);
        integer i;
        begin
            blocks_before = 0;
            for (i = 0; i < subkernel; i = i + 1) blocks_before = blocks_before + blocks_of(i);
        end
    endfunction

`ifdef EMAT_STRUCTURAL
    // ---- one tile per crossbar ---------------------------------------------------------------------------------
    localparam LINES_PER_CROSSBAR = PER_CROSSBAR * LINES;
    localparam SEGMENTS           = (FOLD_CROSSBARS != 0) ? FOLD : 1;  // row blocks of one crossbar
    localparam TILE_WORDS         = SEGMENTS * LINE_WORDS;             // 64-bit words of its word lines
    localparam DRIVEN_BITS        = $clog2(TILE_WORDS * 64 + 1);
    localparam CLIPPED_BITS       = $clog2(LINES_PER_CROSSBAR + 1);
    localparam RUN_BLOCKS         = (TAP_BLOCKS != 0) ? TAP_BLOCKS : 1;
    localparam TILES              = ROW_BLOCKS / SEGMENTS * COLUMN_BLOCKS;

    wire [TILES*DRIVEN_BITS-1:0]  tile_activations;
    wire [TILES*CLIPPED_BITS-1:0] tile_clipped;

    // A program write's value bit. The words of a crossbar's value bit are those of its row blocks one after another.
    reg [15:0] value_bit;
    always @* begin : find_value_bit
        integer v;
        value_bit = 16'd0;
        for (v = 1; v < VALUE_BITS; v = v + 1) if (program_word >= 16'(v * LINE_WORDS)) value_bit = 16'(v);
    end

    genvar s, c, b;
    generate
        for (s = 0; s < SUBKERNELS; s = s + 1) begin : subkernel
            localparam BLOCKS      = blocks_of(s) / SEGMENTS;
            localparam FIRST_BLOCK = blocks_before(s) / SEGMENTS;
            for (c = 0; c < COLUMN_BLOCKS; c = c + 1) begin : column_block
                localparam REST  = OUTPUTS - c * PER_CROSSBAR;
                localparam COUNT = (REST < PER_CROSSBAR) ? REST : PER_CROSSBAR;
                localparam PLACE = (s * OUTPUTS + c * PER_CROSSBAR) * ACC_BITS;
                if (BLOCKS == 0) begin : empty
                    assign block[PLACE+:COUNT*ACC_BITS] = 0;
                end else begin : arrays
                    // A program write's bit line of this column block; far beyond it for those of the blocks before.
                    wire [15:0] tile_line = program_line - 16'(c * LINES_PER_CROSSBAR);
                    wire        my_column = (tile_line < 16'(LINES_PER_CROSSBAR));
                    // The same of a weight write.
                    wire [15:0] tile_column = weight_column - 16'(c * PER_CROSSBAR);
                    wire        my_weights  = (tile_column < 16'(PER_CROSSBAR));
                    wire [BLOCKS*COUNT*ACC_BITS-1:0] partial;
                    wire [COUNT*ACC_BITS-1:0]        sum;
                    for (b = 0; b < BLOCKS; b = b + 1) begin : row_block
                        localparam TILE = (FIRST_BLOCK + b) * COLUMN_BLOCKS + c;
                        wire [$clog2(COUNT*LINES+1)-1:0] clips;
                        // Its turn, where row blocks of a fold lie on crossbars of their own.
                        wire my_turn = (FOLD == 1) || (FOLD_CROSSBARS != 0) || (turn == 6'(b / RUN_BLOCKS % FOLD));
                        wire plane_begins = (FOLD_CROSSBARS == 0) || (turn == 6'd0);
                        wire [15:0] segment   = (SEGMENTS == 1) ? 16'd0 : program_block - 16'(b * SEGMENTS);
                        wire [15:0] tile_word = (SEGMENTS == 1) ? program_word :
                            program_word + (value_bit * 16'(SEGMENTS - 1) + segment) * 16'(LINE_WORDS);
                        wire        my_block  = (SEGMENTS == 1) ? (program_block == b) : (segment < 16'(SEGMENTS));
                        wire        here      = (program_subkernel == s) && my_block && my_column;
                        wire [15:0] weight_segment = weight_block - 16'(b * SEGMENTS);
                        wire        weight_here    = (WEIGHT_PORT != 0) && weight_valid && (weight_subkernel == s)
                            && my_weights && (weight_segment < 16'(SEGMENTS));
                        crossbar_tile #(
                            .WEIGHTS(COUNT), .INPUT_BITS(INPUT_BITS), .INPUT_SIGNED(INPUT_SIGNED),
                            .WEIGHT_BITS(WEIGHT_BITS), .CELL_BITS(CELL_BITS), .VALUE_BITS(VALUE_BITS),
                            .FRACTION_BITS(FRACTION_BITS), .DIFFERENTIAL(DIFFERENTIAL), .LINES(LINES),
                            .ADC_BITS(ADC_BITS), .ADC_LSB(ADC_LSB), .ADC_OFFSETS(ADC_OFFSETS),
                            .ADC_SHARE(ADC_SHARE), .ACC_BITS(ACC_BITS), .LINE_WORDS(TILE_WORDS),
                            .WEIGHT_PORT(WEIGHT_PORT)
                        ) tile (
                            .clk(clk), .reset(reset), .read(read && my_turn), .first(first && plane_begins),
                            .plane_begins(plane_begins), .plane(plane), .share(share),
                            .wordlines(wordlines[(FIRST_BLOCK+b)*TILE_WORDS*64+:TILE_WORDS*64]),
                            .accumulators(partial[b*COUNT*ACC_BITS+:COUNT*ACC_BITS]),
                            .activations(tile_activations[TILE*DRIVEN_BITS+:DRIVEN_BITS]), .clipped(clips),
                            .program_cells(program_cells && here), .program_offset(program_offset && here),
                            .program_line(tile_line), .program_word(tile_word), .program_data(program_data),
                            .weight_valid(weight_here),
                            .weight_row(weight_row + weight_segment * 16'(LINE_WORDS * 64)),
                            .weight_column(tile_column), .weight_cells(weight_cells), .weight_changed(weight_changed)
                        );
                        assign tile_clipped[TILE*CLIPPED_BITS+:CLIPPED_BITS] = my_turn ? CLIPPED_BITS'(clips) : 0;
                    end
                    row_adder #(.BLOCKS(BLOCKS), .COUNT(COUNT), .ACC_BITS(ACC_BITS)) row_adder (
                        .partial(partial), .sum(sum)
                    );
                    if (HOLD != 0) begin : holding
                        reg [COUNT*ACC_BITS-1:0] held;
                        always @(posedge clk) if (take) held <= sum;
                        assign block[PLACE+:COUNT*ACC_BITS] = held;
                    end else begin : passing
                        assign block[PLACE+:COUNT*ACC_BITS] = sum;
                    end
                end
            end
        end
    endgenerate

    event_sum #(.COUNT(TILES), .BITS(DRIVEN_BITS)) activation_sum (
        .clk(clk), .reset(reset), .add(read && share == 8'd0), .events(tile_activations), .sum(activations)
    );
    event_sum #(.COUNT(TILES), .BITS(CLIPPED_BITS)) clip_sum (
        .clk(clk), .reset(reset), .add(read), .events(tile_clipped), .sum(clipped)
    );

    // Images are for the simulation model below; these arrays are written through the program port.
    generate
        if (IMAGES != "") begin : images_unused
        end
    endgenerate
`else
    // ---- one memory, one loop ----------------------------------------------------------------------------------
    // Whether taps share a crossbar changes no sum.
    generate
        if (FOLD_CROSSBARS != 0) begin : crossbars_shared
        end
    endgenerate
`include "popcount.vh"
`include "adc.vh"
    localparam CELL_WORDS  = VALUE_BITS * LINE_WORDS;         // words of a bit line of a row block
    localparam LINE_COUNT  = ROW_BLOCKS * OUTPUTS * LINES;    // bit lines of all row blocks
    localparam WORDS       = LINE_COUNT * CELL_WORDS;
    localparam WORDLINES   = ROW_BLOCKS * LINE_WORDS;         // words of all row blocks' word lines
    localparam OFFSETS     = (ADC_OFFSETS != 0) ? LINE_COUNT : 1;
    localparam TOTAL_BITS  = (ACC_BITS <= 32) ? 32 : 64;      // what a simulator adds fastest
    localparam ADDRESS_W   = $clog2(WORDS + 1);
    localparam OFFSET_W    = $clog2(LINE_COUNT + 1);
    localparam WORDLINE_W  = $clog2(WORDLINES + 1);
    localparam RUN_BLOCKS  = (TAP_BLOCKS != 0) ? TAP_BLOCKS : 1;
    localparam LAST_WEIGHT = (PER_CROSSBAR - 1) * LINES;      // first bit line of a crossbar's last weight
    localparam [ADDRESS_W-1:0]  LINE_STEP = ADDRESS_W'(CELL_WORDS);   // cell words of a bit line
    localparam [ADDRESS_W-1:0]  BIT_STEP  = ADDRESS_W'(LINE_WORDS);   // cell words of a value bit
    localparam [WORDLINE_W-1:0] ROW_STEP  = WORDLINE_W'(LINE_WORDS);  // word-line words of a row block
    localparam [WORDLINE_W-1:0] ROW_END   = WORDLINE_W'(WORDLINES);

    // Word order: sub-kernel, weight column, row block, bit line, value bit, 64 rows.
    reg [63:0] cells   [0:(1<<ADDRESS_W)-1];
    reg [15:0] offsets [0:(1<<OFFSET_W)-1];  // read only with ADC_OFFSETS
    reg [SUBKERNELS*OUTPUTS*ACC_BITS-1:0] accumulators;
    reg [63:0] activation_count, clip_count;
    wire       restart = first && (turn == 6'd0);
    assign activations = activation_count;
    assign clipped     = clip_count;

`ifndef SYNTHESIS
    reg [8*1024-1:0] folder;
    integer          file;
    initial begin
        if ($value$plusargs("images=%s", folder)) begin
            file = $fopen({folder, IMAGES, "_cells.hex"}, "r");
            if (file != 0) begin
                $fclose(file);
                $readmemh({folder, IMAGES, "_cells.hex"}, cells, 0, WORDS - 1);
                if (ADC_OFFSETS != 0) $readmemh({folder, IMAGES, "_offsets.hex"}, offsets, 0, OFFSETS - 1);
            end
        end
    end
`endif

    // Where a program write goes: which bit line of all row blocks, which word of it.
    wire [31:0] program_weight = blocks_before({16'd0, program_subkernel}) * OUTPUTS
        + {16'd0, program_line} / LINES * blocks_of({16'd0, program_subkernel}) + {16'd0, program_block};
    wire [31:0] program_bit_line = program_weight * LINES + {16'd0, program_line} % LINES;
    wire [31:0] program_cell     = program_bit_line * CELL_WORDS + {16'd0, program_word};
    wire        unused           = &{1'b0, program_cell, program_bit_line};

    always @(posedge clk) if (program_offset) offsets[program_bit_line[OFFSET_W-1:0]] <= program_data[15:0];

    generate
        if (WEIGHT_PORT != 0) begin : weights
            // The lines of a weight in one or two parts: a simulator unrolls loops of up to 16 turns only.
            localparam HALF = (LINES > 16) ? LINES / 2 : LINES;
            always @(posedge clk) begin : write
                reg [ADDRESS_W-1:0] start;  // cell word of the weight's first bit line and value bit
                integer half, l, v;
                start = ADDRESS_W'(((blocks_before({16'd0, weight_subkernel}) * OUTPUTS
                    + {16'd0, weight_column} * blocks_of({16'd0, weight_subkernel}) + {16'd0, weight_block}) * LINES)
                    * CELL_WORDS + {22'd0, weight_row[15:6]});
                if (program_cells) cells[program_cell[ADDRESS_W-1:0]] <= program_data;
                if (weight_valid)
                    for (half = 0; half < LINES; half = half + HALF)
                        for (l = half; l < half + HALF; l = l + 1)
                            for (v = 0; v < VALUE_BITS; v = v + 1)
                                if (weight_changed[l])
                                    cells[start+ADDRESS_W'((l*VALUE_BITS+v)*LINE_WORDS)][weight_row[5:0]]
                                        <= weight_cells[l*VALUE_BITS+v];
            end
        end else begin : no_weights
            always @(posedge clk) if (program_cells) cells[program_cell[ADDRESS_W-1:0]] <= program_data;
            wire unused_weight = &{1'b0, weight_valid, weight_subkernel, weight_block, weight_row, weight_column,
                                   weight_cells, weight_changed};
        end
    endgenerate

    generate
        if (HOLD != 0) begin : holding
            reg [SUBKERNELS*OUTPUTS*ACC_BITS-1:0] held;
            always @(posedge clk) if (take) held <= accumulators;
            assign block = held;
        end else begin : passing
            assign block = accumulators;
        end
    endgenerate

    always @(posedge clk) begin : convert
        reg [63:0] row_bits [0:(1<<WORDLINE_W)-1];
        reg [ADDRESS_W-1:0]  word, l_word, i;  // cell words: of a weight in a row block, of one of its lines, of a bit
        reg [WORDLINE_W-1:0] base, row, w;     // word-line words: of a sub-kernel, of a row block, one of them
        reg [OFFSET_W-1:0]   line, l_line;     // bit lines: first of a weight in a row block, one of them
        reg [TOTAL_BITS-1:0] total, slice;
        reg [31:0] sum, driven, driven_all, clips, position, blocks;
        reg [31:0] s, m, b, l, v;
        reg [ADC_BITS:0] code;
        if (reset) begin
            accumulators     <= 0;
            activation_count <= 64'd0;
            clip_count       <= 64'd0;
        end else if (read) begin
            for (w = 0; w < ROW_END; w = w + 1) row_bits[w] = wordlines[32'(w)*64+:64];
            driven_all = 32'd0;
            clips      = 32'd0;
            base       = {WORDLINE_W{1'b0}};
            word       = {ADDRESS_W{1'b0}};
            line       = {OFFSET_W{1'b0}};
            for (s = 0; s < SUBKERNELS; s = s + 1) begin
                blocks = blocks_of(s);
                driven = 32'd0;
                row    = base;
                for (b = 0; b < blocks * LINE_WORDS; b = b + 1) begin
                    driven = driven + 32'(popcount64(row_bits[row]));
                    row    = row + 1;
                end
                driven_all = driven_all + driven;
                position   = 32'd0;
                if (blocks != 32'd0) begin
                    for (m = 0; m < OUTPUTS; m = m + 1) begin
                        total = {TOTAL_BITS{1'b0}};
                        if (DIFFERENTIAL == 0 && share == 8'd0) total = -(TOTAL_BITS'(driven) << (WEIGHT_BITS - 1));
                        row = base;
                        for (b = 0; b < blocks; b = b + 1) begin
                            l_word = word;
                            l_line = line;
                            for (l = 0; l < LINES; l = l + 1) begin
                                if ((ADC_SHARE == 1 || (position + l) % ADC_SHARE == 32'(share))
                                    && (FOLD == 1 || b / RUN_BLOCKS % FOLD == 32'(turn))) begin
                                    sum = 32'd0;
                                    i   = l_word;
                                    for (v = 0; v < VALUE_BITS; v = v + 1) begin
                                        for (w = 0; w < ROW_STEP; w = w + 1)
                                            sum = sum + (32'(popcount64(
                                                cells[i+ADDRESS_W'(w)] & row_bits[row+w])) << v);
                                        i = i + BIT_STEP;
                                    end
                                    code  = adc_convert(sum, (ADC_OFFSETS != 0) ? offsets[l_line] : 16'd0);
                                    clips = clips + 32'(code[ADC_BITS]);
                                    slice = TOTAL_BITS'(code[ADC_BITS-1:0])
                                        << (ADC_LSB + CELL_BITS * (l >> DIFFERENTIAL));
                                    total = (DIFFERENTIAL != 0 && l[0]) ? total - slice : total + slice;
                                end
                                l_word = l_word + LINE_STEP;
                                l_line = l_line + 1;
                            end
                            word = l_word;
                            line = l_line;
                            row  = row + ROW_STEP;
                        end
                        total = total << plane;
                        if (INPUT_SIGNED != 0 && plane == INPUT_BITS - 1) total = -total;
                        accumulators[(s*OUTPUTS+m)*ACC_BITS+:ACC_BITS] <= total[ACC_BITS-1:0]
                            + (restart ? {ACC_BITS{1'b0}} : accumulators[(s*OUTPUTS+m)*ACC_BITS+:ACC_BITS]);
                        position = (position == LAST_WEIGHT) ? 32'd0 : position + LINES;
                    end
                end
                base = row;
            end
            clip_count <= clip_count + 64'(clips);
            if (share == 8'd0) activation_count <= activation_count + 64'(driven_all * COLUMN_BLOCKS);
        end
    end
`endif
endmodule
`default_nettype wire
