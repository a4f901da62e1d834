// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// requantizer: accumulators of LANES neighbouring pixels to output words, three cycles.
//
//   q    = clamp(round_half_even((accumulator + bias) * multiplier / 2^shift), low, high)
//   word = q                                                     FINISH = 0, bounded
//        = clamp(round_half_even(q * factor / 2^slope_shift))    FINISH = 1, slope by sign and channel
//        = table[q - low]                                        FINISH = 2
// All of it is loaded data; EXACT = 1 leaves the multiplication out, EXACT = 2 everything.
`default_nettype none
module requantizer #(
    parameter CHANNELS   = 1,   // channels of a pixel
    parameter LANES      = 1,   // pixels at a time; 1 where there are several sets of scales
    parameter SETS       = 1,   // sets of scales, selected per pixel
    parameter ACC_BITS   = 24,  // bits of an accumulator
    parameter Q_BITS     = 8,   // bits of a requantised value
    parameter OUT_BITS   = 8,   // bits of an output word
    parameter OUT_SIGNED = 1,   // 1: output words are signed
    parameter EXACT      = 0,   // 1: bias only; 2: accumulators as they are
    parameter FINISH     = 0,   // 0 bounded, 1 slope, 2 table
    parameter IMAGES     = ""   // prefix of the memory images below +images=DIR
) (
    input  wire                               clk,
    input  wire                               reset,
    input  wire                               in_valid,
    input  wire [$clog2(SETS+1)-1:0]          in_set,         // set of scales of this pixel
    input  wire [LANES*CHANNELS*ACC_BITS-1:0] in_data,
    output reg                                out_valid,
    output reg  [LANES*CHANNELS*OUT_BITS-1:0] out_data,
    // program port: scales (bias, multiplier), shifts (slope, shift), table, bounds
    input  wire                               program_scale,
    input  wire                               program_shift,
    input  wire                               program_table,
    input  wire                               program_bound,
    input  wire [15:0]                        program_line,   // scale entry, table entry, or which bound
    input  wire [15:0]                        program_word,   // upper half of the entry number
    input  wire [63:0]                        program_data
);
    localparam FINISH_SLOPE = 1;
    localparam FINISH_TABLE = 2;

    localparam WORDS        = LANES * CHANNELS;
    localparam BOUNDED_BITS = Q_BITS + 1;  // a requantised value, signed or not
    localparam ENTRIES      = SETS * CHANNELS;
    localparam ENTRY_W      = (ENTRIES > 1) ? $clog2(ENTRIES) : 1;
    localparam LOW          = 0;           // entries of the bounds
    localparam HIGH         = 1;
    localparam SLOPE        = 2;
    localparam signed [63:0] OUT_LOW  = (OUT_SIGNED != 0) ? -(64'sd1 <<< (OUT_BITS - 1)) : 64'sd0;
    localparam signed [63:0] OUT_HIGH = OUT_LOW + (64'sd1 <<< OUT_BITS) - 64'sd1;

    // ---- loaded data --------------------------------------------------------------------------------------------
    reg [63:0] scales [0:(1<<ENTRY_W)-1];  // {bias[47:0], multiplier[15:0]}
    reg [63:0] shifts [0:(1<<ENTRY_W)-1];  // {42'd0, slope[15:0], shift[5:0]}
    reg [63:0] bounds [0:3];               // low, high, {42'd0, slope shift[5:0], positive slope[15:0]}, unused

`ifndef SYNTHESIS
    reg [8*1024-1:0] folder;
    integer          file;
    initial begin
        if ($value$plusargs("images=%s", folder)) begin
            file = $fopen({folder, IMAGES, "_scales.hex"}, "r");
            if (file != 0) begin
                $fclose(file);
                $readmemh({folder, IMAGES, "_scales.hex"}, scales, 0, ENTRIES - 1);
                $readmemh({folder, IMAGES, "_shifts.hex"}, shifts, 0, ENTRIES - 1);
                $readmemh({folder, IMAGES, "_bounds.hex"}, bounds, 0, 3);
            end
        end
    end
`endif

    wire [31:0] program_entry = {program_word, program_line};
    always @(posedge clk) begin
        if (program_scale) scales[program_entry[ENTRY_W-1:0]] <= program_data;
        if (program_shift) shifts[program_entry[ENTRY_W-1:0]] <= program_data;
        if (program_bound) bounds[program_entry[1:0]] <= program_data;
    end

    // Half of 2^shift is the first bit that is cut off. It rounds up, unless it is the only one and the result even.
    function automatic signed [63:0] round_half_even(input signed [63:0] value, input [5:0] shift);
        reg [63:0] half, others;
        begin
            half            = (64'd1 << shift) >> 1;
            others          = (half << 1) | (half - 64'd1);
            round_half_even = value >>> shift;
            if ((value & half) != 64'd0 && (value & others) != 64'd0) round_half_even = round_half_even + 64'sd1;
        end
    endfunction

    function automatic [31:0] channel_of(input [31:0] word);
        channel_of = (LANES == 1) ? word : word % CHANNELS;
    endfunction

    // ---- lanes --------------------------------------------------------------------------------------------------
    // Entry of channel 0 of the selected set; SETS is 1 for all but dense layers.
    wire [ENTRY_W-1:0] entry_0 = (SETS > 1) ? ENTRY_W'(in_set) * ENTRY_W'(CHANNELS) : {ENTRY_W{1'b0}};

    reg                             valid_1, valid_2;
    reg [ENTRY_W-1:0]               entry_1, entry_2;
    reg [WORDS*64-1:0]              product;
    reg [WORDS*BOUNDED_BITS-1:0]    bounded;

    always @(posedge clk) begin
        valid_1   <= !reset && in_valid;
        valid_2   <= !reset && valid_1;
        out_valid <= !reset && valid_2;
        entry_1   <= entry_0;
        entry_2   <= entry_1;
    end

    // Stage 1: bias and multiplier.
    always @(posedge clk) begin : scale
        reg [31:0] c;
        reg [63:0] entry;
        reg signed [63:0] sum;
        if (in_valid) begin
            for (c = 0; c < WORDS; c = c + 1) begin
                entry = scales[entry_0+ENTRY_W'(channel_of(c))];
                sum   = 64'($signed(in_data[c*ACC_BITS+:ACC_BITS])) + 64'($signed(entry[63:16]));
                if (EXACT == 2) sum = 64'($signed(in_data[c*ACC_BITS+:ACC_BITS]));
                product[c*64+:64] <= (EXACT != 0) ? sum : sum * $signed({48'd0, entry[15:0]});
            end
        end
    end

    // Stage 2: shift, round, clamp.
    always @(posedge clk) begin : round
        reg [31:0] c;
        reg signed [63:0] value;
        if (valid_1) begin
            for (c = 0; c < WORDS; c = c + 1) begin
                value = $signed(product[c*64+:64]);
                if (EXACT == 0) value = round_half_even(value, shifts[entry_1+ENTRY_W'(channel_of(c))][5:0]);
                bounded[c*BOUNDED_BITS+:BOUNDED_BITS] <= (EXACT == 2) ? value[BOUNDED_BITS-1:0] :
                    (value < $signed(bounds[LOW])) ? bounds[LOW][BOUNDED_BITS-1:0] :
                    (value > $signed(bounds[HIGH])) ? bounds[HIGH][BOUNDED_BITS-1:0] : value[BOUNDED_BITS-1:0];
            end
        end
    end

    // Stage 3: activation.
    generate
        if (FINISH == FINISH_TABLE) begin : activation_table
            reg [OUT_BITS-1:0] words [0:(1<<Q_BITS)-1];
`ifndef SYNTHESIS
            reg [8*1024-1:0] table_folder;
            integer          table_file;
            initial begin
                if ($value$plusargs("images=%s", table_folder)) begin
                    table_file = $fopen({table_folder, IMAGES, "_table.hex"}, "r");
                    if (table_file != 0) begin
                        $fclose(table_file);
                        $readmemh({table_folder, IMAGES, "_table.hex"}, words, 0, (1 << Q_BITS) - 1);
                    end
                end
            end
`endif
            always @(posedge clk) if (program_table) words[program_entry[Q_BITS-1:0]] <= program_data[OUT_BITS-1:0];
            always @(posedge clk) begin : look_up
                reg [31:0] c;
                if (valid_2)
                    for (c = 0; c < WORDS; c = c + 1)
                        out_data[c*OUT_BITS+:OUT_BITS] <=
                            words[bounded[c*BOUNDED_BITS+:Q_BITS]-bounds[LOW][Q_BITS-1:0]];
            end
        end else if (FINISH == FINISH_SLOPE) begin : activation_slope
            always @(posedge clk) begin : slope
                reg [31:0] c;
                reg [15:0] negative, factor;
                reg signed [63:0] value;
                if (valid_2)
                    for (c = 0; c < WORDS; c = c + 1) begin
                        negative = shifts[entry_2+ENTRY_W'(channel_of(c))][21:6];
                        value    = 64'($signed(bounded[c*BOUNDED_BITS+:BOUNDED_BITS]));
                        factor   = (value < 64'sd0) ? negative : bounds[SLOPE][15:0];
                        value    = round_half_even(value * 64'($signed(factor)), bounds[SLOPE][21:16]);
                        out_data[c*OUT_BITS+:OUT_BITS] <=
                            (value < OUT_LOW) ? OUT_LOW[OUT_BITS-1:0] :
                            (value > OUT_HIGH) ? OUT_HIGH[OUT_BITS-1:0] : value[OUT_BITS-1:0];
                    end
            end
        end else begin : activation_bounds
            always @(posedge clk) begin : pass
                reg [31:0] c;
                if (valid_2)
                    for (c = 0; c < WORDS; c = c + 1)
                        out_data[c*OUT_BITS+:OUT_BITS] <= bounded[c*BOUNDED_BITS+:OUT_BITS];
            end
        end
    endgenerate

    wire unused = &{1'b0, program_entry, program_table, in_set, entry_2};
endmodule
`default_nettype wire
