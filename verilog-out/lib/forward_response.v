// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// forward_response: sums of a layer to its output words, in three cycles that stall together.
//
//   sum  = array sum + bias * 2^input_exponent
//   word = saturate(sum / 2^(input_exponent + WEIGHT_FRACTION - exponent)), halves to even
//   out  = word where it is positive or the response linear; 0, or word / 2^LEAK, elsewhere
//        = table[word], where the exponent of the word is TABLE_EXPONENT, for RESPONSE = 3
//
// It notes the largest magnitude of a step's sums, from which later exponents follow, and counts words that saturate.
`default_nettype none
module forward_response #(
    parameter CHANNELS        = 1,   // channels of a pixel
    parameter SUM_BITS        = 48,  // bits of a sum
    parameter OUT_BITS        = 16,  // bits of an output word
    parameter WEIGHT_FRACTION = 13,  // exponent of weights and biases
    parameter RESPONSE        = 0,   // 0 linear, 1 ReLU, 2 leaky ReLU, 3 table
    parameter LEAK            = 2,   // shift of negative words, for a leaky ReLU
    parameter TABLE_EXPONENT  = 9,   // exponent of the index of a table
    parameter BIAS_SETS       = 1,   // biases of a channel: 1, or one per output pixel
    parameter SET_W           = (BIAS_SETS > 1) ? $clog2(BIAS_SETS) : 1,  // bits of a set's number
    parameter IMAGES          = ""   // prefix of the memory images below +images=DIR
) (
    input  wire                         clk,
    input  wire                         reset,
    input  wire                         clear,          // a training step begins
    input  wire [4:0]                   input_exponent, // of the layer's input words
    input  wire [4:0]                   exponent,       // of the output words; not used with a table
    output reg  [SET_W-1:0]             bias_set,       // of the next pixel
    input  wire [CHANNELS*16-1:0]       biases,         // of that set
    // pixels, channel 0 in the least significant bits
    input  wire                         in_valid,
    output wire                         in_ready,
    input  wire [CHANNELS*SUM_BITS-1:0] in_data,
    output wire                         out_valid,
    input  wire                         out_ready,
    output reg  [CHANNELS*OUT_BITS-1:0] out_data,
    // of this training step
    output reg  [52:0]                  largest,        // magnitude of a sum
    output reg  [31:0]                  saturated       // words beyond their range
);
`include "fixed_point.vh"
    localparam RELU       = 1;
    localparam LEAKY      = 2;
    localparam TABLE      = 3;
    localparam TABLE_BITS = 12;
    localparam WORD_BITS  = (RESPONSE == TABLE) ? TABLE_BITS : OUT_BITS;
    localparam [31:0] LAST_SET = BIAS_SETS - 1;

    reg  valid_1, valid_2, valid_3;
    wire advance = !valid_3 || out_ready;
    wire take    = in_valid && advance;
    assign in_ready  = advance;
    assign out_valid = valid_3;

    always @(posedge clk) begin
        if (reset) begin
            valid_1 <= 1'b0;
            valid_2 <= 1'b0;
            valid_3 <= 1'b0;
        end else if (advance) begin
            valid_1 <= in_valid;
            valid_2 <= valid_1;
            valid_3 <= valid_2;
        end
    end
    always @(posedge clk) begin
        if (reset) bias_set <= 0;
        else if (take) bias_set <= (32'(bias_set) == LAST_SET) ? 0 : bias_set + 1'b1;
    end

    // Stage 1: bias.
    reg [CHANNELS*64-1:0] sums;
    always @(posedge clk) begin
        if (take) begin : add_bias
            reg [31:0] c;
            for (c = 0; c < CHANNELS; c = c + 1)
                sums[c*64+:64] <= 64'($signed(in_data[c*SUM_BITS+:SUM_BITS]))
                    + (64'($signed(biases[c*16+:16])) <<< input_exponent);
        end
    end

    // Stage 2: words.
    wire signed [7:0] to_exponent = (RESPONSE == TABLE) ? 8'(TABLE_EXPONENT) : {3'd0, exponent};
    wire signed [7:0] shift       = {3'd0, input_exponent} + 8'(WEIGHT_FRACTION) - to_exponent;
    reg [CHANNELS*WORD_BITS-1:0] words;
    always @(posedge clk) begin
        if (clear) begin
            largest   <= 53'd0;
            saturated <= 32'd0;
        end else if (valid_1 && advance) begin : round
            reg [31:0] c, beyond;
            reg signed [63:0] sum, value, word;
            reg [52:0] magnitude, most;
            beyond = 32'd0;
            most   = largest;
            for (c = 0; c < CHANNELS; c = c + 1) begin
                sum       = $signed(sums[c*64+:64]);
                magnitude = (sum < 64'sd0) ? 53'(-sum) : 53'(sum);
                most      = (magnitude > most) ? magnitude : most;
                value     = scaled(sum, shift);
                word      = saturated_to(value, WORD_BITS);
                beyond    = beyond + 32'(word != value);
                words[c*WORD_BITS+:WORD_BITS] <= word[WORD_BITS-1:0];
            end
            largest <= most;
            // A curve is flat beyond its table: that is no saturation of an exponent.
            if (RESPONSE != TABLE) saturated <= saturated + beyond;
        end
    end

    // Stage 3: response.
    generate
        if (RESPONSE == TABLE) begin : tabled
            reg [OUT_BITS-1:0] entries [0:(1<<TABLE_BITS)-1];  // of the indices from the lowest one on
`ifndef SYNTHESIS
            reg [8*1024-1:0] folder;
            initial
                if ($value$plusargs("images=%s", folder)) $readmemh({folder, IMAGES, "_table.hex"}, entries);
`endif
            always @(posedge clk) begin
                if (valid_2 && advance) begin : look_up
                    reg [31:0] c;
                    for (c = 0; c < CHANNELS; c = c + 1)
                        out_data[c*OUT_BITS+:OUT_BITS] <=
                            entries[words[c*WORD_BITS+:WORD_BITS] ^ WORD_BITS'(1 << (TABLE_BITS - 1))];
                end
            end
        end else begin : sloped
            always @(posedge clk) begin
                if (valid_2 && advance) begin : rectify
                    reg [31:0] c;
                    reg signed [63:0] word;
                    for (c = 0; c < CHANNELS; c = c + 1) begin
                        word = 64'($signed(words[c*WORD_BITS+:WORD_BITS]));
                        if (word < 64'sd0 && RESPONSE == RELU) word = 64'sd0;
                        if (word < 64'sd0 && RESPONSE == LEAKY) word = round_half_even(word, 6'(LEAK));
                        out_data[c*OUT_BITS+:OUT_BITS] <= word[OUT_BITS-1:0];
                    end
                end
            end
            if (IMAGES != "") begin : images_unused
            end
        end
    endgenerate
endmodule
`default_nettype wire
