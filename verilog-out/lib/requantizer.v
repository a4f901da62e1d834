// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.

// requantizer: accumulators of one pixel to output words, CHANNELS lanes, three cycles.
//
//   q    = clamp(round_half_even((accumulator + bias) * multiplier / 2^shift), low, high)
//   word = q                                                     FINISH = 0, bounded
//        = clamp(round_half_even(q * factor / 2^slope_shift))    FINISH = 1, slope by sign and channel
//        = table[q - low]                                        FINISH = 2
// All of it is loaded data; EXACT = 1 leaves the multiplication out.
`default_nettype none
module requantizer #(
    parameter CHANNELS   = 1,   // channels of a pixel
    parameter SETS       = 1,   // sets of scales, selected per pixel
    parameter ACC_BITS   = 24,  // bits of an accumulator
    parameter Q_BITS     = 8,   // bits of a requantised value
    parameter OUT_BITS   = 8,   // bits of an output word
    parameter OUT_SIGNED = 1,   // 1: output words are signed
    parameter EXACT      = 0,   // 1: bias only
    parameter FINISH     = 0,   // 0 bounded, 1 slope, 2 table
    parameter IMAGES     = ""   // prefix of the memory images below +images=DIR
) (
    input  wire                         clk,
    input  wire                         reset,
    input  wire                         in_valid,
    input  wire [15:0]                  in_set,
    input  wire [CHANNELS*ACC_BITS-1:0] in_data,
    output reg                          out_valid,
    output reg  [CHANNELS*OUT_BITS-1:0] out_data,
    // program port: scales (bias, multiplier), shifts (slope, shift), table, bounds
    input  wire                         program_scale,
    input  wire                         program_shift,
    input  wire                         program_table,
    input  wire                         program_bound,
    input  wire [15:0]                  program_line,  // scale entry, table entry, or which bound
    input  wire [15:0]                  program_word,  // upper half of the entry number
    input  wire [63:0]                  program_data
);
    localparam ENTRIES   = SETS * CHANNELS;
    localparam ENTRY_W   = (ENTRIES > 1) ? $clog2(ENTRIES) : 1;
    localparam signed [63:0] OUT_LOW  = (OUT_SIGNED != 0) ? -(64'sd1 <<< (OUT_BITS - 1)) : 64'sd0;
    localparam signed [63:0] OUT_HIGH =
        (OUT_SIGNED != 0) ? (64'sd1 <<< (OUT_BITS - 1)) - 64'sd1 : (64'sd1 <<< OUT_BITS) - 64'sd1;

    reg [63:0]         scales [0:(1<<ENTRY_W)-1];  // {bias[47:0], multiplier[15:0]}
    reg [63:0]         shifts [0:(1<<ENTRY_W)-1];  // {42'd0, slope[15:0], shift[5:0]}
    reg [63:0]         bounds [0:3];               // low, high, {slope shift, positive slope}, unused

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

    function automatic signed [63:0] round_half_even(input signed [63:0] value, input [5:0] shift);
        reg signed [63:0] floor;
        reg        [63:0] rest, half;
        begin
            floor = value >>> shift;
            rest  = $unsigned(value - (floor <<< shift));
            half  = (64'd1 << shift) >> 1;
            round_half_even = floor;
            if (shift != 6'd0 && (rest > half || (rest == half && floor[0]))) round_half_even = floor + 64'sd1;
        end
    endfunction

    function automatic signed [63:0] clamp(input signed [63:0] value, input signed [63:0] low,
                                           input signed [63:0] high);
        clamp = (value < low) ? low : (value > high) ? high : value;
    endfunction

    wire unused = &{1'b0, program_entry, program_table, entry_1};

    // Entry of channel 0 of the selected set; SETS is 1 for all but dense layers.
    wire [31:0] first_entry = (SETS > 1) ? {16'd0, in_set} * CHANNELS : 32'd0;

    reg                    valid_1, valid_2;
    reg [31:0]             entry_1;
    reg [CHANNELS*64-1:0]  product;
    reg [CHANNELS*64-1:0]  bounded;

    always @(posedge clk) begin
        valid_1   <= !reset && in_valid;
        valid_2   <= !reset && valid_1;
        out_valid <= !reset && valid_2;
        entry_1   <= first_entry;
    end

    // Stage 1: bias and multiplier.
    always @(posedge clk) begin : scale
        reg [31:0] c;
        reg [63:0] entry;
        reg signed [63:0] sum;
        if (in_valid) begin
            for (c = 0; c < CHANNELS; c = c + 1) begin
                entry = scales[first_entry[ENTRY_W-1:0]+c[ENTRY_W-1:0]];
                sum   = {{(64-ACC_BITS) {in_data[c*ACC_BITS+ACC_BITS-1]}}, in_data[c*ACC_BITS+:ACC_BITS]};
                sum   = sum + {{16{entry[63]}}, entry[63:16]};
                product[c*64+:64] <= (EXACT != 0) ? sum : sum * $signed({48'd0, entry[15:0]});
            end
        end
    end

    // Stage 2: shift, round, clamp.
    always @(posedge clk) begin : round
        reg [31:0] c;
        reg signed [63:0] value;
        if (valid_1) begin
            for (c = 0; c < CHANNELS; c = c + 1) begin
                value = $signed(product[c*64+:64]);
                if (EXACT == 0) value = round_half_even(value, shifts[entry_1[ENTRY_W-1:0]+c[ENTRY_W-1:0]][5:0]);
                bounded[c*64+:64] <= clamp(value, $signed(bounds[0]), $signed(bounds[1]));
            end
        end
    end

    // Stage 3: activation.
    generate
        if (FINISH == 2) begin : activation_table
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
                reg [63:0] index;
                if (valid_2)
                    for (c = 0; c < CHANNELS; c = c + 1) begin
                        index = bounded[c*64+:64] - bounds[0];
                        out_data[c*OUT_BITS+:OUT_BITS] <= words[index[Q_BITS-1:0]];
                    end
            end
        end else if (FINISH == 1) begin : activation_slope
            reg [31:0] entry_2;
            always @(posedge clk) entry_2 <= entry_1;
            always @(posedge clk) begin : slope
                reg [31:0] c;
                reg signed [63:0] value, factor;
                reg [63:0] entry;
                if (valid_2)
                    for (c = 0; c < CHANNELS; c = c + 1) begin
                        value  = $signed(bounded[c*64+:64]);
                        entry  = shifts[entry_2[ENTRY_W-1:0]+c[ENTRY_W-1:0]];
                        factor = (value < 64'sd0) ? {{48{entry[21]}}, entry[21:6]} : {48'd0, bounds[2][15:0]};
                        value  = round_half_even(value * factor, bounds[2][21:16]);
                        value  = clamp(value, OUT_LOW, OUT_HIGH);
                        out_data[c*OUT_BITS+:OUT_BITS] <= value[OUT_BITS-1:0];
                    end
            end
        end else begin : activation_bounds
            always @(posedge clk) begin : pass
                reg [31:0] c;
                if (valid_2)
                    for (c = 0; c < CHANNELS; c = c + 1)
                        out_data[c*OUT_BITS+:OUT_BITS] <= bounded[c*64+:OUT_BITS];
            end
        end
    endgenerate
endmodule
`default_nettype wire

