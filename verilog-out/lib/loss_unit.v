// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// loss_unit: errors and losses of the discriminator's scores, in two cycles that stall together.
//
// The scores of a training step are of a batch of real images, with REALS, of a batch of generated images, and of a
// batch of generated images that are to be taken for real. With SHARED, a score of a generated image gives two errors
// instead, one after the other: the discriminator's, and that of a generator whose image is to be taken for real.
`default_nettype none
module loss_unit #(
    parameter WORD_BITS  = 16,  // bits of a score
    parameter ERROR_BITS = 16,  // bits of an error
    parameter EXPONENT   = 14,  // exponent of an error
    parameter LOSS       = 0,   // 0 hinge, 1 binary cross entropy, 2 least squares
    parameter REALS      = 1,   // 1: real images come first; 0: there are none
    parameter SHARED     = 0,   // 1: two errors of each generated image
    parameter IMAGES     = ""   // prefix of the memory images below +images=DIR
) (
    input  wire                  clk,
    input  wire                  reset,
    input  wire                  clear,           // a training step begins
    input  wire [15:0]           batch,           // images of a batch
    input  wire [4:0]            score_exponent,  // of the scores
    input  wire                  in_valid,
    output wire                  in_ready,
    input  wire [WORD_BITS-1:0]  in_data,         // a score
    output wire                  out_valid,
    input  wire                  out_ready,
    output reg  [ERROR_BITS-1:0] out_error,       // of a score
    output reg  [WORD_BITS-1:0]  out_score,       // that score
    // of this training step; losses with exponent 16
    output reg  [63:0]           real_loss,
    output reg  [63:0]           fake_loss,
    output reg  [63:0]           generator_loss,
    output reg  [31:0]           saturated        // errors beyond their range
);
`include "fixed_point.vh"
    localparam HINGE         = 0;
    localparam CROSS_ENTROPY = 1;
    localparam TABLE_BITS    = 12;
    localparam SIGMOID_BITS  = ERROR_BITS;  // up to 1 with EXPONENT, which leaves the sign
    localparam LOSS_FRACTION = 16;
    localparam TABLE_EXPONENT = 8;          // of the index of both tables
    localparam [1:0] REAL      = 2'd0;
    localparam [1:0] FAKE      = 2'd1;
    localparam [1:0] GENERATOR = 2'd2;
    localparam signed [63:0] ONE      = 64'sd1 <<< EXPONENT;
    localparam signed [63:0] LOSS_ONE = 64'sd1 <<< LOSS_FRACTION;

    reg  [15:0] scores;  // so far, in this training step
    reg         valid_1, valid_2;
    wire        advance = !valid_2 || out_ready;
    wire        enter   = in_valid && advance;
    reg         again;   // the score has given its first error
    wire [15:0] reals   = (REALS != 0) ? batch : 16'd0;
    wire [15:0] both    = reals + batch;
    wire        is_real = (REALS != 0) && (scores < batch);
    wire        twice   = (SHARED != 0) && !is_real;
    wire [1:0]  side    = is_real ? REAL : (scores < both && !again) ? FAKE : GENERATOR;
    assign in_ready  = advance && (again || !twice);
    assign out_valid = valid_2;

    always @(posedge clk) begin
        if (reset || clear) begin
            scores <= 16'd0;
            again  <= 1'b0;
        end else if (enter) begin
            again <= twice && !again;
            if (in_ready) scores <= scores + 16'd1;
        end
    end
    always @(posedge clk) begin
        if (reset) begin
            valid_1 <= 1'b0;
            valid_2 <= 1'b0;
        end else if (advance) begin
            valid_1 <= in_valid;
            valid_2 <= valid_1;
        end
    end

    // Stage 1: the score as the error, the loss and the tables take it.
    wire signed [63:0] score = 64'($signed(in_data));
    wire signed [7:0]  from  = {3'd0, score_exponent};
    reg  [1:0]            side_1;
    reg  [WORD_BITS-1:0]  score_1;
    reg  signed [63:0]    unit, in_errors, in_losses;
    reg  [TABLE_BITS-1:0] index, opposite;  // of the score, of its negative
    always @(posedge clk) begin
        if (enter) begin
            side_1    <= side;
            score_1   <= in_data;
            unit      <= 64'sd1 <<< score_exponent;
            in_errors <= scaled(score, from - 8'(EXPONENT));
            in_losses <= scaled(score, from - 8'(LOSS_FRACTION));
            index     <= TABLE_BITS'(saturated_to(scaled(score, from - 8'(TABLE_EXPONENT)), TABLE_BITS));
            opposite  <= TABLE_BITS'(saturated_to(scaled(-score, from - 8'(TABLE_EXPONENT)), TABLE_BITS));
        end
    end

    // Stage 2: error and loss.
    wire signed [63:0] curve, softplus;
    generate
        if (LOSS == CROSS_ENTROPY) begin : tables
            localparam [TABLE_BITS-1:0] HALF = TABLE_BITS'(1 << (TABLE_BITS - 1));
            reg [SIGMOID_BITS-1:0] sigmoids   [0:(1<<TABLE_BITS)-1];  // of the indices from the lowest one on
            reg [31:0]             softpluses [0:(1<<TABLE_BITS)-1];
`ifndef SYNTHESIS
            reg [8*1024-1:0] folder;
            initial begin
                if ($value$plusargs("images=%s", folder)) begin
                    $readmemh({folder, IMAGES, "_sigmoid.hex"}, sigmoids);
                    $readmemh({folder, IMAGES, "_softplus.hex"}, softpluses);
                end
            end
`endif
            assign curve    = {{64 - SIGMOID_BITS{1'b0}}, sigmoids[index^HALF]};
            assign softplus = {32'd0, softpluses[((side_1 == FAKE) ? index : opposite)^HALF]};
        end else begin : no_tables
            if (IMAGES != "") begin : images_unused
            end
            assign curve    = 64'sd0;
            assign softplus = 64'sd0;
        end
    endgenerate

    wire signed [63:0] score_2  = 64'($signed(score_1));
    wire signed [63:0] wanted   = (side_1 == FAKE) ? 64'sd0 : ONE;
    reg  signed [63:0] error, loss, cut;
    always @* begin : judge
        if (LOSS == HINGE) begin
            error = (side_1 == REAL) ? ((score_2 < unit) ? -ONE : 64'sd0)
                  : (side_1 == FAKE) ? ((score_2 > -unit) ? ONE : 64'sd0) : -ONE;
            loss  = (side_1 == REAL) ? LOSS_ONE - in_losses : (side_1 == FAKE) ? LOSS_ONE + in_losses : -in_losses;
            if (side_1 != GENERATOR && loss < 64'sd0) loss = 64'sd0;
            cut   = saturated_to(error, ERROR_BITS);
        end else if (LOSS == CROSS_ENTROPY) begin
            error = curve - wanted;
            loss  = softplus;
            cut   = saturated_to(error, ERROR_BITS);
        end else begin
            error = in_errors - wanted;
            cut   = saturated_to(error, ERROR_BITS);
            loss  = scaled(cut * cut, 8'(2 * EXPONENT + 1 - LOSS_FRACTION));
        end
    end

    always @(posedge clk) begin
        if (clear) begin
            real_loss      <= 64'd0;
            fake_loss      <= 64'd0;
            generator_loss <= 64'd0;
            saturated      <= 32'd0;
        end else if (valid_1 && advance) begin
            if (side_1 == REAL) real_loss <= real_loss + loss;
            if (side_1 == FAKE) fake_loss <= fake_loss + loss;
            if (side_1 == GENERATOR) generator_loss <= generator_loss + loss;
            saturated <= saturated + 32'(cut != error);
        end
    end
    always @(posedge clk) begin
        if (valid_1 && advance) begin
            out_error <= cut[ERROR_BITS-1:0];
            out_score <= score_1;
        end
    end
    wire unused = &{1'b0, curve, softplus, in_errors, in_losses, index, opposite, unit, cut};
endmodule
`default_nettype wire
