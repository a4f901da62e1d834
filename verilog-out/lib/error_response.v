// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// error_response: sums of the errors of a layer's outputs to errors of that layer's sums, in two cycles that stall
// together.
//
//   error = saturate(sum / 2^(in_exponent + WEIGHT_FRACTION - exponent)), halves to even
//   out   = error where the output word is positive or the response linear; 0, or error / 2^LEAK, elsewhere
//         = error * slope / 2^(2 * WORD_EXPONENT) for RESPONSE = 3, with the slope of the curve at the output word
//
// It notes the largest magnitude of a step's sums, from which later exponents follow, and counts errors that saturate.
// A sum waits for the output word that tells its slope.
`default_nettype none
module error_response #(
    parameter CHANNELS        = 1,   // channels of a pixel
    parameter SUM_BITS        = 48,  // bits of a sum
    parameter OUT_BITS        = 16,  // bits of an error
    parameter WORD_BITS       = 16,  // bits of an output word of the layer; 1: only whether it is positive
    parameter WORD_EXPONENT   = 14,  // exponent of an output word, of a table
    parameter WEIGHT_FRACTION = 13,  // exponent of weights; 0 where errors come in as they are
    parameter RESPONSE        = 0,   // 0 linear, 1 ReLU, 2 leaky ReLU, 3 table
    parameter LEAK            = 2,   // shift of errors of negative words, for a leaky ReLU
    parameter LOGISTIC        = 0    // 1: the table is the logistic function, 0: tanh
) (
    input  wire                          clk,
    input  wire                          reset,
    input  wire                          clear,       // a training step begins
    input  wire [4:0]                    in_exponent, // of the errors whose sums come in
    input  wire [4:0]                    exponent,    // of the errors
    // sums, channel 0 in the least significant bits
    input  wire                          in_valid,
    output wire                          in_ready,
    input  wire [CHANNELS*SUM_BITS-1:0]  in_data,
    // output words of the layer; never taken where the response is linear
    input  wire                          word_valid,
    output wire                          word_ready,
    input  wire [CHANNELS*WORD_BITS-1:0] word_data,
    output wire                          out_valid,
    input  wire                          out_ready,
    output reg  [CHANNELS*OUT_BITS-1:0]  out_data,
    // of this training step
    output reg  [52:0]                   largest,     // magnitude of a sum
    output reg  [31:0]                   saturated    // errors beyond their range
);
`include "fixed_point.vh"
    localparam LINEAR = 0;
    localparam LEAKY  = 2;
    localparam TABLE  = 3;
    localparam signed [63:0] ONE = 64'sd1 <<< WORD_EXPONENT;

    reg  valid_1, valid_2;
    wire advance = !valid_2 || out_ready;
    wire met     = in_valid && (RESPONSE == LINEAR || word_valid);
    wire take    = met && advance;
    assign in_ready   = advance && (RESPONSE == LINEAR || word_valid);
    assign word_ready = advance && in_valid && (RESPONSE != LINEAR);
    assign out_valid  = valid_2;

    always @(posedge clk) begin
        if (reset) begin
            valid_1 <= 1'b0;
            valid_2 <= 1'b0;
        end else if (advance) begin
            valid_1 <= met;
            valid_2 <= valid_1;
        end
    end

    // Stage 1: errors of the outputs.
    wire signed [7:0] shift = {3'd0, in_exponent} + 8'(WEIGHT_FRACTION) - {3'd0, exponent};
    reg [CHANNELS*OUT_BITS-1:0]  errors;
    reg [CHANNELS*WORD_BITS-1:0] words;
    always @(posedge clk) if (take) words <= word_data;
    always @(posedge clk) begin
        if (clear) begin
            largest   <= 53'd0;
            saturated <= 32'd0;
        end else if (take) begin : round
            reg [31:0] c, beyond;
            reg signed [63:0] sum, value, word;
            reg [52:0] magnitude, most;
            beyond = 32'd0;
            most   = largest;
            for (c = 0; c < CHANNELS; c = c + 1) begin
                sum       = 64'($signed(in_data[c*SUM_BITS+:SUM_BITS]));
                magnitude = (sum < 64'sd0) ? 53'(-sum) : 53'(sum);
                most      = (magnitude > most) ? magnitude : most;
                value     = scaled(sum, shift);
                word      = saturated_to(value, OUT_BITS);
                beyond    = beyond + 32'(word != value);
                errors[c*OUT_BITS+:OUT_BITS] <= word[OUT_BITS-1:0];
            end
            largest   <= most;
            saturated <= saturated + beyond;
        end
    end

    // Stage 2: slope.
    always @(posedge clk) begin
        if (valid_1 && advance) begin : back
            reg [31:0] c;
            reg signed [63:0] error, word, slope;
            for (c = 0; c < CHANNELS; c = c + 1) begin
                error = 64'($signed(errors[c*OUT_BITS+:OUT_BITS]));
                if (WORD_BITS == 1) word = {63'd0, words[c]};
                else word = 64'($signed(words[c*WORD_BITS+:WORD_BITS]));
                slope = (LOGISTIC != 0) ? word * (ONE - word) : ONE * ONE - word * word;
                if (RESPONSE == TABLE) error = round_half_even(error * slope, 6'(2 * WORD_EXPONENT));
                else if (RESPONSE == LEAKY && word <= 64'sd0) error = round_half_even(error, 6'(LEAK));
                else if (RESPONSE != LINEAR && word <= 64'sd0) error = 64'sd0;
                out_data[c*OUT_BITS+:OUT_BITS] <= error[OUT_BITS-1:0];
            end
        end
    end
endmodule
`default_nettype wire
