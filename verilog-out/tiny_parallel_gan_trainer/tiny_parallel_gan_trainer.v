// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// tiny_parallel_gan_trainer: trains a generator of 2 layers from 2x1x1 to 1x4x4 and a discriminator of 2
//
// Images pass a network forward from layer to layer; a buffer keeps each layer's inputs. Errors pass it back; on their
// way they meet the kept inputs in the gradient engines, and the slopes of the kept outputs. Streams are whole pixels
// in raster order, channel 0 in the least significant bits. What a training step is: batch_sequencer.
`default_nettype none
module tiny_parallel_gan_trainer (
    input  wire        clk,
    input  wire        reset,            // synchronous
    // a training step
    input  wire        start,            // while not busy
    output wire        busy,
    output wire        done,             // for one cycle, at the end of a step
    input  wire [14:0] momentum,         // factors of the update, see update_unit
    input  wire [14:0] decay,
    input  wire signed [6:0] decay_shift,
    input  wire [14:0] rate,
    input  wire [6:0]  rate_shift,
    // images in
    input  wire        latent_valid,
    output wire        latent_ready,
    input  wire [32-1:0] latent_data,
    input  wire        real_valid,
    output wire        real_ready,
    input  wire [16-1:0] real_data,
    // state in and out, between two steps
    input  wire        load_maximum,     // of a tensor: by layer, of its sums, then of the errors of its outputs
    input  wire        load_parameters,  // the next parameter of a layer
    input  wire        load_rounding,    // the shift register of a layer
    input  wire [7:0]  load_place,       // which tensor or layer; the generator's first
    input  wire [63:0] load_data,        // a maximum; {momentum[31:0], parameter[15:0]}; or a register
    input  wire        state_read,
    input  wire [7:0]  state_layer,
    input  wire [31:0] state_index,      // number of a parameter
    output wire [47:0] state_data,       // {momentum, parameter}, a cycle later
    output reg  [191:0] state_scales,    // of state_layer: {shift register, maximum of errors, maximum of sums}
    // report of the last step: list at the end
    input  wire [15:0] report_place,
    output reg  [63:0] report_data
);
    localparam GENERATOR     = 2;  // layers of it
    localparam DISCRIMINATOR = 4;  // layers of it, of all copies
    localparam LAYERS        = GENERATOR + DISCRIMINATOR;
    localparam LEARNERS      = 4;  // layers with parameters of their own
    localparam [15:0] BATCH  = 16'd2;

    // ---- streams and what goes with them, by layer ---------------------------------------------------------------
    wire        image_valid, image_ready;
    wire [16-1:0] image_data;
    wire [4:0]  loss_exponent = 5'd14;
    wire        d_score_valid, d_score_ready, d_loss_valid, d_loss_ready;
    wire [16-1:0]  d_score_data, d_loss_score;
    wire [16-1:0] d_loss_data;
    wire        e_score_valid, e_score_ready, e_loss_valid, e_loss_ready;
    wire [16-1:0]  e_score_data, e_loss_score;
    wire [16-1:0] e_loss_data;
    wire       g0_in_valid, g0_in_ready;
    wire [32-1:0] g0_in_data;
    wire [1:0] g0_copy_valid, g0_copy_ready;
    wire       g0_sum_valid, g0_sum_ready;
    wire [2*35-1:0] g0_sum_data;
    wire [1023:0] g0_forward_counters;
    wire [1-1:0] g0_bias_set;
    wire [2*16-1:0] g0_biases;
    wire [52:0] g0_largest;
    wire [31:0] g0_saturated;
    wire [1-1:0] g0_kept_valid, g0_kept_ready;
    wire [1*32-1:0] g0_kept_data;
    wire [31:0] g0_written, g0_read, g0_peak;
    wire        g0_error_valid, g0_error_ready;
    wire [32-1:0] g0_error_data;
    wire [1:0]  g0_errors_valid, g0_errors_ready;
    wire [52:0] g0_error_largest;
    wire        g0_word_ready;
    wire [31:0] g0_error_saturated;
    wire       g0_gradient_valid, g0_gradient_ready, g0_gradient_last;
    wire [66-1:0] g0_gradient_data;
    wire [1023:0] g0_gradient_counters;
    wire [1023:0] g0_back_counters;
    wire       g1_in_valid, g1_in_ready;
    wire [32-1:0] g1_in_data;
    wire [1:0] g1_copy_valid, g1_copy_ready;
    wire       g1_sum_valid, g1_sum_ready;
    wire [1*37-1:0] g1_sum_data;
    wire [1023:0] g1_forward_counters;
    wire [1-1:0] g1_bias_set;
    wire [1*16-1:0] g1_biases;
    wire [52:0] g1_largest;
    wire [31:0] g1_saturated;
    wire [1-1:0] g1_kept_valid, g1_kept_ready;
    wire [1*32-1:0] g1_kept_data;
    wire [31:0] g1_written, g1_read, g1_peak;
    wire [1-1:0] g1_signs_valid, g1_signs_ready;
    wire [1*2-1:0] g1_signs_data;
    wire [31:0] g1_signs_written, g1_signs_read, g1_signs_peak;
    wire        g1_error_valid, g1_error_ready;
    wire [16-1:0] g1_error_data;
    wire [1:0]  g1_errors_valid, g1_errors_ready;
    wire [52:0] g1_error_largest;
    wire        g1_word_ready;
    wire [31:0] g1_error_saturated;
    wire       g1_gradient_valid, g1_gradient_ready, g1_gradient_last;
    wire [70-1:0] g1_gradient_data;
    wire [1023:0] g1_gradient_counters;
    wire [1023:0] g1_back_counters;
    wire       g1_back_valid, g1_back_ready;
    wire [2*38-1:0] g1_back_data;
    wire       d0_in_valid, d0_in_ready;
    wire [16-1:0] d0_in_data;
    wire [1:0] d0_copy_valid, d0_copy_ready;
    wire       d0_sum_valid, d0_sum_ready;
    wire [2*38-1:0] d0_sum_data;
    wire [1023:0] d0_forward_counters;
    wire [1-1:0] d0_bias_set;
    wire [2*16-1:0] d0_biases;
    wire [52:0] d0_largest;
    wire [31:0] d0_saturated;
    wire [1-1:0] d0_kept_valid, d0_kept_ready;
    wire [1*16-1:0] d0_kept_data;
    wire [31:0] d0_written, d0_read, d0_peak;
    wire        d0_error_valid, d0_error_ready;
    wire [32-1:0] d0_error_data;
    wire [1:0]  d0_errors_valid, d0_errors_ready;
    wire [52:0] d0_error_largest;
    wire        d0_word_ready;
    wire [31:0] d0_error_saturated;
    wire       d0_gradient_valid, d0_gradient_ready, d0_gradient_last;
    wire [72-1:0] d0_gradient_data;
    wire [1023:0] d0_gradient_counters;
    wire [1023:0] d0_back_counters;
    wire       d1_in_valid, d1_in_ready;
    wire [32-1:0] d1_in_data;
    wire [1:0] d1_copy_valid, d1_copy_ready;
    wire       d1_sum_valid, d1_sum_ready;
    wire [1*37-1:0] d1_sum_data;
    wire [1023:0] d1_forward_counters;
    wire [1-1:0] d1_bias_set;
    wire [1*16-1:0] d1_biases;
    wire [52:0] d1_largest;
    wire [31:0] d1_saturated;
    wire [1-1:0] d1_kept_valid, d1_kept_ready;
    wire [1*32-1:0] d1_kept_data;
    wire [31:0] d1_written, d1_read, d1_peak;
    wire [1-1:0] d1_signs_valid, d1_signs_ready;
    wire [1*2-1:0] d1_signs_data;
    wire [31:0] d1_signs_written, d1_signs_read, d1_signs_peak;
    wire        d1_error_valid, d1_error_ready;
    wire [16-1:0] d1_error_data;
    wire [1:0]  d1_errors_valid, d1_errors_ready;
    wire [52:0] d1_error_largest;
    wire        d1_word_ready;
    wire [31:0] d1_error_saturated;
    wire       d1_gradient_valid, d1_gradient_ready, d1_gradient_last;
    wire [68-1:0] d1_gradient_data;
    wire [1023:0] d1_gradient_counters;
    wire [1023:0] d1_back_counters;
    wire       d1_back_valid, d1_back_ready;
    wire [2*34-1:0] d1_back_data;
    wire       e0_in_valid, e0_in_ready;
    wire [16-1:0] e0_in_data;
    wire [1:0] e0_copy_valid, e0_copy_ready;
    wire       e0_sum_valid, e0_sum_ready;
    wire [2*38-1:0] e0_sum_data;
    wire [1023:0] e0_forward_counters;
    wire [1-1:0] e0_bias_set;
    wire [2*16-1:0] e0_biases;
    wire [52:0] e0_largest;
    wire [31:0] e0_saturated;
    wire [2-1:0] e0_kept_valid, e0_kept_ready;
    wire [2*16-1:0] e0_kept_data;
    wire [31:0] e0_written, e0_read, e0_peak;
    wire        e0_error_valid, e0_error_ready;
    wire [32-1:0] e0_error_data;
    wire [1:0]  e0_errors_valid, e0_errors_ready;
    wire [52:0] e0_error_largest;
    wire        e0_word_ready;
    wire [31:0] e0_error_saturated;
    wire       e0_gradient_valid, e0_gradient_ready, e0_gradient_last;
    wire [72-1:0] e0_gradient_data;
    wire [1023:0] e0_gradient_counters;
    wire [1023:0] e0_back_counters;
    wire       e0_back_valid, e0_back_ready;
    wire [1*37-1:0] e0_back_data;
    wire       e1_in_valid, e1_in_ready;
    wire [32-1:0] e1_in_data;
    wire [1:0] e1_copy_valid, e1_copy_ready;
    wire       e1_sum_valid, e1_sum_ready;
    wire [1*37-1:0] e1_sum_data;
    wire [1023:0] e1_forward_counters;
    wire [1-1:0] e1_bias_set;
    wire [1*16-1:0] e1_biases;
    wire [52:0] e1_largest;
    wire [31:0] e1_saturated;
    wire [1-1:0] e1_kept_valid, e1_kept_ready;
    wire [1*32-1:0] e1_kept_data;
    wire [31:0] e1_written, e1_read, e1_peak;
    wire [2-1:0] e1_signs_valid, e1_signs_ready;
    wire [2*2-1:0] e1_signs_data;
    wire [31:0] e1_signs_written, e1_signs_read, e1_signs_peak;
    wire        e1_error_valid, e1_error_ready;
    wire [16-1:0] e1_error_data;
    wire [1:0]  e1_errors_valid, e1_errors_ready;
    wire [52:0] e1_error_largest;
    wire        e1_word_ready;
    wire [31:0] e1_error_saturated;
    wire       e1_gradient_valid, e1_gradient_ready, e1_gradient_last;
    wire [68-1:0] e1_gradient_data;
    wire [1023:0] e1_gradient_counters;
    wire [1023:0] e1_back_counters;
    wire       e1_back_valid, e1_back_ready;
    wire [2*34-1:0] e1_back_data;
    wire [4:0] g0_scale_exponent;
    wire [63:0] g0_rounding;
    wire [47:0] g0_state;
    wire [255:0] g0_update_counters;
    wire [62:0] g0_maximum, g0_error_maximum;
    wire [4:0]  g0_error_scale_exponent;
    wire g0_write_valid;
    wire [8*2-1:0] g0_write_cells;
    wire [8-1:0] g0_write_changed;
    wire [15:0] g0_forward_subkernel, g0_forward_block, g0_forward_row, g0_forward_column;
    wire [4:0] g0_in_exponent = 5'd12;
    wire [4:0] g0_out_exponent = g0_scale_exponent;
    wire [4:0]  g0_error_exponent = g0_error_scale_exponent;
    wire [4:0] g1_scale_exponent;
    wire [63:0] g1_rounding;
    wire [47:0] g1_state;
    wire [255:0] g1_update_counters;
    wire [62:0] g1_maximum, g1_error_maximum;
    wire [4:0]  g1_error_scale_exponent;
    wire g1_write_valid;
    wire [8*2-1:0] g1_write_cells;
    wire [8-1:0] g1_write_changed;
    wire [15:0] g1_forward_subkernel, g1_forward_block, g1_forward_row, g1_forward_column;
    wire [15:0] g1_back_subkernel, g1_back_block, g1_back_row, g1_back_column;
    wire [4:0] g1_in_exponent = g0_out_exponent;
    wire [4:0] g1_out_exponent = 5'd14;
    wire [4:0]  g1_error_exponent = g1_error_scale_exponent;
    wire [4:0] d0_scale_exponent;
    wire [63:0] d0_rounding;
    wire [47:0] d0_state;
    wire [255:0] d0_update_counters;
    wire [62:0] d0_maximum, d0_error_maximum;
    wire [4:0]  d0_error_scale_exponent;
    wire d0_write_valid;
    wire [8*2-1:0] d0_write_cells;
    wire [8-1:0] d0_write_changed;
    wire [15:0] d0_forward_subkernel, d0_forward_block, d0_forward_row, d0_forward_column;
    wire [15:0] d0_back_subkernel, d0_back_block, d0_back_row, d0_back_column;
    wire [4:0] d0_in_exponent = 5'd14;
    wire [4:0] d0_out_exponent = d0_scale_exponent;
    wire [4:0]  d0_error_exponent = d0_error_scale_exponent;
    wire [4:0] d1_scale_exponent;
    wire [63:0] d1_rounding;
    wire [47:0] d1_state;
    wire [255:0] d1_update_counters;
    wire [62:0] d1_maximum, d1_error_maximum;
    wire [4:0]  d1_error_scale_exponent;
    wire d1_write_valid;
    wire [8*2-1:0] d1_write_cells;
    wire [8-1:0] d1_write_changed;
    wire [15:0] d1_forward_subkernel, d1_forward_block, d1_forward_row, d1_forward_column;
    wire [15:0] d1_back_subkernel, d1_back_block, d1_back_row, d1_back_column;
    wire [4:0] d1_in_exponent = d0_out_exponent;
    wire [4:0] d1_out_exponent = d1_scale_exponent;
    wire [4:0]  d1_error_exponent = loss_exponent;

    // ---- order of a step ----------------------------------------------------------------------------------------
    wire        clear, advance, judging, deceiving, update_generator, update_discriminator;
    wire [15:0] latents_allowed, images_allowed, generated;
    wire [LAYERS*33-1:0] worked;
    wire [LAYERS-1:0]    offered, updated;

    batch_sequencer #(
        .PIPELINED(1), .SHARED(1), .SPATIAL(1), .GENERATOR(GENERATOR),
        .DISCRIMINATOR(DISCRIMINATOR)
    ) batch_sequencer (
        .clk(clk), .reset(reset), .start(start), .batch(BATCH), .busy(busy), .done(done), .clear(clear),
        .advance(advance), .latents_allowed(latents_allowed), .images_allowed(images_allowed), .generated(generated),
        .judging(judging), .deceiving(deceiving), .worked(worked), .offered(offered), .updated(updated),
        .update_generator(update_generator), .update_discriminator(update_discriminator)
    );

    reg [63:0] cycle;  // of the step
    reg [31:0] judging_cycles, deceiving_cycles;
    always @(posedge clk) begin
        if (reset || clear) begin
            cycle            <= 64'd0;
            judging_cycles   <= 32'd0;
            deceiving_cycles <= 32'd0;
        end else if (busy) begin
            cycle            <= cycle + 64'd1;
            judging_cycles   <= judging_cycles + 32'(judging);
            deceiving_cycles <= deceiving_cycles + 32'(deceiving);
        end
    end

    // ---- images -------------------------------------------------------------------------------------------------
    wire [15:0] latents_passed;
    wire        unused_latents = &{1'b0, latents_passed};

    frame_gate #(.PIXELS(1)) latent_gate (
        .clk(clk), .reset(reset), .clear(clear), .allowed(latents_allowed), .in_valid(latent_valid),
        .in_ready(latent_ready), .out_valid(g0_in_valid), .out_ready(g0_in_ready),
        .passed(latents_passed)
    );
    assign g0_in_data = latent_data;

    assign generated = 16'd0;  // not asked for: images go on to the discriminator as they come
    wire        d_entry_ready, d_entry_valid;
    wire [15:0] d_judged;
    wire [15:0] d_allowed = (images_allowed < BATCH) ? images_allowed : BATCH;
    // Real images.
    wire d_unused_judged = &{1'b0, d_judged};
    assign d_entry_valid = real_valid;
    assign real_ready = d_entry_ready;
    assign d0_in_data = real_data;
    frame_gate #(.PIXELS(16)) d_gate (
        .clk(clk), .reset(reset), .clear(clear), .allowed(d_allowed), .in_valid(d_entry_valid),
        .in_ready(d_entry_ready), .out_valid(d0_in_valid), .out_ready(d0_in_ready),
        .passed(d_judged)
    );

    wire        e_entry_ready, e_entry_valid;
    wire [15:0] e_judged;
    wire [15:0] e_allowed = (images_allowed > BATCH) ? images_allowed - BATCH : 16'd0;
    // Generated images.
    wire e_unused_judged = &{1'b0, e_judged};
    assign e_entry_valid = image_valid;
    assign image_ready = e_entry_ready;
    assign e0_in_data = image_data;
    frame_gate #(.PIXELS(16)) e_gate (
        .clk(clk), .reset(reset), .clear(clear), .allowed(e_allowed), .in_valid(e_entry_valid),
        .in_ready(e_entry_ready), .out_valid(e0_in_valid), .out_ready(e0_in_ready),
        .passed(e_judged)
    );

    // ---- losses -------------------------------------------------------------------------------------------------
    wire [63:0] d_real_loss, d_fake_loss, d_generator_loss;
    wire [31:0] d_loss_saturated;
    loss_unit #(
        .WORD_BITS(16), .ERROR_BITS(16), .EXPONENT(14), .LOSS(0),
        .REALS(1), .SHARED(1), .IMAGES("/tiny_parallel_gan")
    ) d_loss_unit (
        .clk(clk), .reset(reset), .clear(clear), .batch(BATCH), .score_exponent(d1_out_exponent),
        .in_valid(d_score_valid), .in_ready(d_score_ready), .in_data(d_score_data),
        .out_valid(d_loss_valid), .out_ready(d_loss_ready), .out_error(d_loss_data),
        .out_score(d_loss_score), .real_loss(d_real_loss), .fake_loss(d_fake_loss),
        .generator_loss(d_generator_loss), .saturated(d_loss_saturated)
    );

    wire [63:0] e_real_loss, e_fake_loss, e_generator_loss;
    wire [31:0] e_loss_saturated;
    loss_unit #(
        .WORD_BITS(16), .ERROR_BITS(16), .EXPONENT(14), .LOSS(0),
        .REALS(0), .SHARED(1), .IMAGES("/tiny_parallel_gan")
    ) e_loss_unit (
        .clk(clk), .reset(reset), .clear(clear), .batch(BATCH), .score_exponent(d1_out_exponent),
        .in_valid(e_score_valid), .in_ready(e_score_ready), .in_data(e_score_data),
        .out_valid(e_loss_valid), .out_ready(e_loss_ready), .out_error(e_loss_data),
        .out_score(e_loss_score), .real_loss(e_real_loss), .fake_loss(e_fake_loss),
        .generator_loss(e_generator_loss), .saturated(e_loss_saturated)
    );

    wire [63:0] real_loss      = d_real_loss + e_real_loss;
    wire [63:0] fake_loss      = d_fake_loss + e_fake_loss;
    wire [63:0] generator_loss = d_generator_loss + e_generator_loss;
    wire [31:0] loss_saturated = d_loss_saturated + e_loss_saturated;

    // ---- g0: project, 2x1x1 to 2x2x2
    // forward

    stream_fork g0_fork (
        .in_valid(g0_in_valid), .in_ready(g0_in_ready), .enable(2'b11),
        .out_valid(g0_copy_valid), .out_ready(g0_copy_ready)
    );
    layer_engine #(
        .CHANNELS       (2),
        .INPUT_BITS     (16),
        .INPUT_SIGNED   (1),
        .IN_HEIGHT      (1),
        .IN_WIDTH       (1),
        .OUT_CHANNELS   (2),
        .OUT_BITS       (35),
        .OUT_SIGNED     (1),
        .OUT_HEIGHT     (2),
        .OUT_WIDTH      (2),
        .STEPS_Y        (1),
        .ADVANCE_Y      (1),
        .WINDOW_Y       (1),
        .ORIGIN_Y       (0),
        .STRETCH_Y      (1),
        .STEPS_X        (1),
        .ADVANCE_X      (1),
        .WINDOW_X       (1),
        .ORIGIN_X       (0),
        .STRETCH_X      (1),
        .PHASES         (4),
        .BLOCK_Y        (2),
        .BLOCK_X        (2),
        .BLOCKS_X       (1),
        .LANES          (1),
        .OVERLAP        (0),
        .LINE_ROWS      (2),
        .RASTER_BLOCKS  (2),
        .GROUPS         (1),
        .TAPS           (4),
        .ROW_BLOCKS     (4),
        .TAP_BLOCKS     (0),
        .FOLD           (1),
        .FOLD_CROSSBARS (0),
        .PHASE_TAPS     ({16'd1, 16'd1, 16'd1, 16'd1}),
        .PHASE_BLOCKS   ({16'd1, 16'd1, 16'd1, 16'd1}),
        .TAP_PIXELS     ({16'd0, 16'd0, 16'd0, 16'd0}),
        .CROSSBAR_ROWS  (128),
        .CROSSBAR_COLS  (128),
        .WEIGHT_BITS    (16),
        .CELL_BITS      (2),
        .VALUE_BITS     (2),
        .FRACTION_BITS  (0),
        .DIFFERENTIAL   (0),
        .LINES          (8),
        .ADC_BITS       (9),
        .ADC_LSB        (0),
        .ADC_OFFSETS    (0),
        .ADC_SHARE      (1),
        .ACC_BITS       (35),
        .SCALE_SETS     (1),
        .Q_BITS         (35),
        .EXACT          (2),
        .FINISH         (0),
        .IMAGES         ("/tiny_parallel_gan_g0"),
        .WEIGHT_PORT    (1)
    ) g0_forward (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle),
        .in_valid(g0_copy_valid[0]), .in_ready(g0_copy_ready[0]), .in_data(g0_in_data),
        .out_valid(g0_sum_valid), .out_ready(g0_sum_ready), .out_data(g0_sum_data),
        .program_valid(1'b0), .program_kind(4'd0), .program_subkernel(16'd0), .program_block(16'd0),
        .program_line(16'd0), .program_word(16'd0), .program_data(64'd0),
        .weight_valid(g0_write_valid), .weight_subkernel(g0_forward_subkernel),
        .weight_block(g0_forward_block), .weight_row(g0_forward_row),
        .weight_column(g0_forward_column), .weight_cells(g0_write_cells),
        .weight_changed(g0_write_changed), .counters(g0_forward_counters)
    );
    forward_response #(
        .CHANNELS(2), .SUM_BITS(35), .OUT_BITS(16), .WEIGHT_FRACTION(13),
        .RESPONSE(1), .LEAK(1), .TABLE_EXPONENT(0), .BIAS_SETS(1), .IMAGES("/tiny_parallel_gan_g0")
    ) g0_response (
        .clk(clk), .reset(reset), .clear(clear), .input_exponent(g0_in_exponent), .exponent(g0_scale_exponent),
        .bias_set(g0_bias_set), .biases(g0_biases),
        .in_valid(g0_sum_valid), .in_ready(g0_sum_ready), .in_data(g0_sum_data),
        .out_valid(g1_in_valid), .out_ready(g1_in_ready), .out_data(g1_in_data),
        .largest(g0_largest), .saturated(g0_saturated)
    );
    tensor_scale #(.BITS(16), .DECAY(7)) g0_scale (
        .clk(clk), .load(load_maximum && load_place == 8'd0), .load_maximum(load_data[62:0]), .advance(advance),
        .largest(g0_largest),
        .sum_exponent(6'(g0_in_exponent) + 6'd13),
        .maximum(g0_maximum), .exponent(g0_scale_exponent)
    );

    // inputs kept for the gradients

    wire g0_keep_valid = g0_copy_valid[1];
    wire g0_keep_ready;
    assign g0_copy_ready[1] = g0_keep_ready;
    frame_buffer #(.PIXEL_BITS(32), .DEPTH(2), .READERS(1)) g0_inputs (
        .clk(clk), .reset(reset), .clear(clear), .enable(1'b1), .in_valid(g0_keep_valid),
        .in_ready(g0_keep_ready), .in_data(g0_in_data), .out_valid(g0_kept_valid),
        .out_ready(g0_kept_ready), .out_data(g0_kept_data), .written(g0_written),
        .read(g0_read), .peak(g0_peak)
    );

    // back
    error_response #(
        .CHANNELS(2), .SUM_BITS(38), .OUT_BITS(16), .WORD_BITS(1),
        .WORD_EXPONENT(14), .WEIGHT_FRACTION(13), .RESPONSE(1), .LEAK(1), .LOGISTIC(0)
    ) g0_error_response (
        .clk(clk), .reset(reset), .clear(clear), .in_exponent(g1_error_exponent), .exponent(g0_error_exponent),
        .in_valid(g1_back_valid), .in_ready(g1_back_ready), .in_data(g1_back_data),
        .word_valid(g1_signs_valid[0]), .word_ready(g0_word_ready),
        .word_data(g1_signs_data[0+:2]),
        .out_valid(g0_error_valid), .out_ready(g0_error_ready), .out_data(g0_error_data),
        .largest(g0_error_largest), .saturated(g0_error_saturated)
    );
    assign g1_signs_ready[0] = g0_word_ready;
    tensor_scale #(.BITS(16), .DECAY(7)) g0_error_scale (
        .clk(clk), .load(load_maximum && load_place == 8'd1), .load_maximum(load_data[62:0]), .advance(advance),
        .largest(g0_error_largest),
        .sum_exponent(6'(g1_error_exponent) + 6'd13),
        .maximum(g0_error_maximum), .exponent(g0_error_scale_exponent)
    );
    stream_fork g0_error_fork (
        .in_valid(g0_error_valid), .in_ready(g0_error_ready), .enable({1'b0, 1'b1}),
        .out_valid(g0_errors_valid), .out_ready(g0_errors_ready)
    );
    assign g0_back_counters   = 1024'd0;
    assign g0_errors_ready[1] = 1'b1;
    wire g0_unused_errors = &{1'b0, g0_errors_valid[1]};

    // gradients
    gradient_engine #(
        .STEPS_Y         (1),
        .STEPS_X         (1),
        .WINDOW_CHANNELS (2),
        .WINDOW_BITS     (16),
        .WINDOW_SIGNED   (1),
        .WINDOW_HEIGHT   (1),
        .WINDOW_WIDTH    (1),
        .WINDOW_ROWS     (2),
        .ADVANCE_Y       (1),
        .ADVANCE_X       (1),
        .WINDOW_Y        (1),
        .WINDOW_X        (1),
        .ORIGIN_Y        (0),
        .ORIGIN_X        (0),
        .SPREAD_Y        (1),
        .SPREAD_X        (1),
        .BLOCK_CHANNELS  (2),
        .BLOCK_BITS      (16),
        .BLOCK_SIGNED    (1),
        .BLOCK_HEIGHT    (2),
        .BLOCK_WIDTH     (2),
        .BLOCK_ROWS      (4),
        .BLOCK_Y         (2),
        .BLOCK_X         (2),
        .STRETCH_Y       (1),
        .STRETCH_X       (1),
        .GROUPS          (1),
        .KERNELS         (4),
        .PAIRS           (4),
        .PAIR_WINDOW_Y   ({16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_WINDOW_X   ({16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_BLOCK_Y    ({16'd1, 16'd1, 16'd0, 16'd0}),
        .PAIR_BLOCK_X    ({16'd1, 16'd0, 16'd1, 16'd0}),
        .PAIR_KERNELS    ({16'd3, 16'd2, 16'd1, 16'd0}),
        .SKIP            (1),
        .LANES           (2),
        .ACC_BITS        (33),
        .ERROR_IN_WINDOW (0),
        .BIAS_SETS       (1)
    ) g0_gradient (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle), .batch(32'd2),
        .window_valid(g0_kept_valid[0]), .window_ready(g0_kept_ready[0]),
        .window_data(g0_kept_data[0+:32]),
        .block_valid(g0_errors_valid[0]), .block_ready(g0_errors_ready[0]), .block_data(g0_error_data),
        .out_valid(g0_gradient_valid), .out_ready(g0_gradient_ready), .out_data(g0_gradient_data),
        .out_last(g0_gradient_last), .counters(g0_gradient_counters)
    );
    assign worked[0*33+:33] = g0_gradient_counters[14*64+:33];
    assign offered[0]       = g0_gradient_valid;

    // parameters
    wire g0_update_busy, g0_update_finished;
    wire g0_update_ready;
    wire signed [6:0] g0_bias_shift = 7'sd1 - 7'sd24 + {2'd0, g0_error_exponent};
    wire [66-1:0] g0_update_data = g0_gradient_data;
    wire g0_update_valid = g0_gradient_valid && update_generator;
    assign g0_gradient_ready = g0_update_ready && update_generator;
    update_unit #(
        .WEIGHTS(16), .CHANNELS(2), .BIAS_SETS(1), .LANES(2), .ACC_BITS(33),
        .CELL_BITS(2), .DIFFERENTIAL(0), .LINES(8), .ARRAYS(1), .COPIES(1),
        .IMAGES("/tiny_parallel_gan_g0")
    ) g0_update (
        .clk(clk), .reset(reset), .momentum(momentum), .decay(decay), .decay_shift(decay_shift), .rate(rate),
        .rate_shift(rate_shift), .weight_shift(g0_bias_shift + {2'd0, g0_in_exponent}), .bias_shift(g0_bias_shift),
        .in_valid(g0_update_valid), .in_ready(g0_update_ready),
        .in_data(g0_update_data), .load_valid(load_parameters && load_place == 8'd0),
        .load_parameter(load_data[15:0]), .load_momentum(load_data[47:16]),
        .load_rounding(load_rounding && load_place == 8'd0), .load_seed(load_data),
        .state_read(state_read), .state_index(state_index[5-1:0]), .state_parameter(g0_state[15:0]),
        .state_momentum(g0_state[47:16]), .rounding(g0_rounding), .bias_set(g0_bias_set),
        .biases(g0_biases), .write_valid(g0_write_valid), .write_cells(g0_write_cells),
        .write_changed(g0_write_changed), .busy(g0_update_busy), .finished(g0_update_finished),
        .counters(g0_update_counters)
    );
    reg g0_updated;
    always @(posedge clk) begin
        if (reset || clear) g0_updated <= 1'b0;
        else if (g0_update_finished) g0_updated <= 1'b1;
    end
    assign updated[0] = g0_updated;
    weight_placer #(
        .KERNELS       (4),
        .OUTPUTS       (2),
        .INPUTS        (2),
        .GROUPS        (1),
        .PACKED        (0),
        .TRANSPOSED    (0),
        .CROSSBAR_ROWS (128),
        .SUBKERNELS    ({16'd3, 16'd2, 16'd1, 16'd0}),
        .BLOCKS        ({16'd0, 16'd0, 16'd0, 16'd0}),
        .ROWS          ({16'd0, 16'd0, 16'd0, 16'd0}),
        .COLUMNS       ({16'd0, 16'd0, 16'd0, 16'd0})
    ) g0_forward_places (
        .clk(clk), .reset(reset), .advance(g0_write_valid), .subkernel(g0_forward_subkernel),
        .block(g0_forward_block), .row(g0_forward_row), .column(g0_forward_column)
    );

    // ---- g1: image, 2x2x2 to 1x4x4
    // forward

    stream_fork g1_fork (
        .in_valid(g1_in_valid), .in_ready(g1_in_ready), .enable(2'b11),
        .out_valid(g1_copy_valid), .out_ready(g1_copy_ready)
    );
    layer_engine #(
        .CHANNELS       (2),
        .INPUT_BITS     (16),
        .INPUT_SIGNED   (1),
        .IN_HEIGHT      (2),
        .IN_WIDTH       (2),
        .OUT_CHANNELS   (1),
        .OUT_BITS       (37),
        .OUT_SIGNED     (1),
        .OUT_HEIGHT     (4),
        .OUT_WIDTH      (4),
        .STEPS_Y        (2),
        .ADVANCE_Y      (1),
        .WINDOW_Y       (3),
        .ORIGIN_Y       (-1),
        .STRETCH_Y      (1),
        .STEPS_X        (2),
        .ADVANCE_X      (1),
        .WINDOW_X       (3),
        .ORIGIN_X       (-1),
        .STRETCH_X      (1),
        .PHASES         (4),
        .BLOCK_Y        (2),
        .BLOCK_X        (2),
        .BLOCKS_X       (2),
        .LANES          (1),
        .OVERLAP        (0),
        .LINE_ROWS      (4),
        .RASTER_BLOCKS  (4),
        .GROUPS         (1),
        .TAPS           (16),
        .ROW_BLOCKS     (4),
        .TAP_BLOCKS     (0),
        .FOLD           (1),
        .FOLD_CROSSBARS (0),
        .PHASE_TAPS     ({16'd4, 16'd4, 16'd4, 16'd4}),
        .PHASE_BLOCKS   ({16'd1, 16'd1, 16'd1, 16'd1}),
        .TAP_PIXELS     ({16'd8, 16'd5, 16'd7, 16'd4, 16'd5, 16'd2, 16'd4, 16'd1, 16'd7, 16'd4,
                          16'd6, 16'd3, 16'd4, 16'd1, 16'd3, 16'd0}),
        .CROSSBAR_ROWS  (128),
        .CROSSBAR_COLS  (128),
        .WEIGHT_BITS    (16),
        .CELL_BITS      (2),
        .VALUE_BITS     (2),
        .FRACTION_BITS  (0),
        .DIFFERENTIAL   (0),
        .LINES          (8),
        .ADC_BITS       (9),
        .ADC_LSB        (0),
        .ADC_OFFSETS    (0),
        .ADC_SHARE      (1),
        .ACC_BITS       (37),
        .SCALE_SETS     (1),
        .Q_BITS         (37),
        .EXACT          (2),
        .FINISH         (0),
        .IMAGES         ("/tiny_parallel_gan_g1"),
        .WEIGHT_PORT    (1)
    ) g1_forward (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle),
        .in_valid(g1_copy_valid[0]), .in_ready(g1_copy_ready[0]), .in_data(g1_in_data),
        .out_valid(g1_sum_valid), .out_ready(g1_sum_ready), .out_data(g1_sum_data),
        .program_valid(1'b0), .program_kind(4'd0), .program_subkernel(16'd0), .program_block(16'd0),
        .program_line(16'd0), .program_word(16'd0), .program_data(64'd0),
        .weight_valid(g1_write_valid), .weight_subkernel(g1_forward_subkernel),
        .weight_block(g1_forward_block), .weight_row(g1_forward_row),
        .weight_column(g1_forward_column), .weight_cells(g1_write_cells),
        .weight_changed(g1_write_changed), .counters(g1_forward_counters)
    );
    forward_response #(
        .CHANNELS(1), .SUM_BITS(37), .OUT_BITS(16), .WEIGHT_FRACTION(13),
        .RESPONSE(3), .LEAK(1), .TABLE_EXPONENT(9), .BIAS_SETS(1), .IMAGES("/tiny_parallel_gan_g1")
    ) g1_response (
        .clk(clk), .reset(reset), .clear(clear), .input_exponent(g1_in_exponent), .exponent(g1_scale_exponent),
        .bias_set(g1_bias_set), .biases(g1_biases),
        .in_valid(g1_sum_valid), .in_ready(g1_sum_ready), .in_data(g1_sum_data),
        .out_valid(image_valid), .out_ready(image_ready), .out_data(image_data),
        .largest(g1_largest), .saturated(g1_saturated)
    );
    tensor_scale #(.BITS(16), .DECAY(7)) g1_scale (
        .clk(clk), .load(load_maximum && load_place == 8'd2), .load_maximum(load_data[62:0]), .advance(advance),
        .largest(g1_largest),
        .sum_exponent(6'(g1_in_exponent) + 6'd13),
        .maximum(g1_maximum), .exponent(g1_scale_exponent)
    );

    // inputs kept for the gradients, their signs for the slopes of the layer before

    wire [1:0] g1_keep_valid, g1_keep_ready;
    wire [2-1:0] g1_signs;
    stream_fork g1_keep (
        .in_valid(g1_copy_valid[1]), .in_ready(g1_copy_ready[1]), .enable(2'b11),
        .out_valid(g1_keep_valid), .out_ready(g1_keep_ready)
    );
    word_signs #(.CHANNELS(2), .WORD_BITS(16)) g1_word_signs (
        .words(g1_in_data), .signs(g1_signs)
    );
    frame_buffer #(.PIXEL_BITS(2), .DEPTH(8), .READERS(1)) g1_signs_kept (
        .clk(clk), .reset(reset), .clear(clear), .enable(1'b1), .in_valid(g1_keep_valid[1]),
        .in_ready(g1_keep_ready[1]), .in_data(g1_signs), .out_valid(g1_signs_valid),
        .out_ready(g1_signs_ready), .out_data(g1_signs_data), .written(g1_signs_written),
        .read(g1_signs_read), .peak(g1_signs_peak)
    );
    frame_buffer #(.PIXEL_BITS(32), .DEPTH(2), .READERS(1)) g1_inputs (
        .clk(clk), .reset(reset), .clear(clear), .enable(1'b1), .in_valid(g1_keep_valid[0]),
        .in_ready(g1_keep_ready[0]), .in_data(g1_in_data), .out_valid(g1_kept_valid),
        .out_ready(g1_kept_ready), .out_data(g1_kept_data), .written(g1_written),
        .read(g1_read), .peak(g1_peak)
    );

    // back
    error_response #(
        .CHANNELS(1), .SUM_BITS(37), .OUT_BITS(16), .WORD_BITS(16),
        .WORD_EXPONENT(14), .WEIGHT_FRACTION(13), .RESPONSE(3), .LEAK(1), .LOGISTIC(0)
    ) g1_error_response (
        .clk(clk), .reset(reset), .clear(clear), .in_exponent(d0_error_exponent), .exponent(g1_error_exponent),
        .in_valid(e0_back_valid), .in_ready(e0_back_ready), .in_data(e0_back_data),
        .word_valid(e0_kept_valid[1]), .word_ready(g1_word_ready),
        .word_data(e0_kept_data[16+:16]),
        .out_valid(g1_error_valid), .out_ready(g1_error_ready), .out_data(g1_error_data),
        .largest(g1_error_largest), .saturated(g1_error_saturated)
    );
    assign e0_kept_ready[1] = g1_word_ready;
    tensor_scale #(.BITS(16), .DECAY(7)) g1_error_scale (
        .clk(clk), .load(load_maximum && load_place == 8'd3), .load_maximum(load_data[62:0]), .advance(advance),
        .largest(g1_error_largest),
        .sum_exponent(6'(d0_error_exponent) + 6'd13),
        .maximum(g1_error_maximum), .exponent(g1_error_scale_exponent)
    );
    stream_fork g1_error_fork (
        .in_valid(g1_error_valid), .in_ready(g1_error_ready), .enable({1'b1, 1'b1}),
        .out_valid(g1_errors_valid), .out_ready(g1_errors_ready)
    );
    layer_engine #(
        .CHANNELS       (1),
        .INPUT_BITS     (16),
        .INPUT_SIGNED   (1),
        .IN_HEIGHT      (4),
        .IN_WIDTH       (4),
        .OUT_CHANNELS   (2),
        .OUT_BITS       (38),
        .OUT_SIGNED     (1),
        .OUT_HEIGHT     (2),
        .OUT_WIDTH      (2),
        .STEPS_Y        (2),
        .ADVANCE_Y      (2),
        .WINDOW_Y       (4),
        .ORIGIN_Y       (-1),
        .STRETCH_Y      (1),
        .STEPS_X        (2),
        .ADVANCE_X      (2),
        .WINDOW_X       (4),
        .ORIGIN_X       (-1),
        .STRETCH_X      (1),
        .PHASES         (1),
        .BLOCK_Y        (1),
        .BLOCK_X        (1),
        .BLOCKS_X       (2),
        .LANES          (1),
        .OVERLAP        (0),
        .LINE_ROWS      (6),
        .RASTER_BLOCKS  (4),
        .GROUPS         (1),
        .TAPS           (16),
        .ROW_BLOCKS     (1),
        .TAP_BLOCKS     (0),
        .FOLD           (1),
        .FOLD_CROSSBARS (0),
        .PHASE_TAPS     ({16'd16}),
        .PHASE_BLOCKS   ({16'd1}),
        .TAP_PIXELS     ({16'd15, 16'd11, 16'd7, 16'd3, 16'd14, 16'd10, 16'd6, 16'd2, 16'd13, 16'd9,
                          16'd5, 16'd1, 16'd12, 16'd8, 16'd4, 16'd0}),
        .CROSSBAR_ROWS  (128),
        .CROSSBAR_COLS  (128),
        .WEIGHT_BITS    (16),
        .CELL_BITS      (2),
        .VALUE_BITS     (2),
        .FRACTION_BITS  (0),
        .DIFFERENTIAL   (0),
        .LINES          (8),
        .ADC_BITS       (9),
        .ADC_LSB        (0),
        .ADC_OFFSETS    (0),
        .ADC_SHARE      (1),
        .ACC_BITS       (38),
        .SCALE_SETS     (1),
        .Q_BITS         (38),
        .EXACT          (2),
        .FINISH         (0),
        .IMAGES         ("/tiny_parallel_gan_g1_error"),
        .WEIGHT_PORT    (1)
    ) g1_back (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle),
        .in_valid(g1_errors_valid[1]), .in_ready(g1_errors_ready[1]), .in_data(g1_error_data),
        .out_valid(g1_back_valid), .out_ready(g1_back_ready), .out_data(g1_back_data),
        .program_valid(1'b0), .program_kind(4'd0), .program_subkernel(16'd0), .program_block(16'd0),
        .program_line(16'd0), .program_word(16'd0), .program_data(64'd0),
        .weight_valid(g1_write_valid), .weight_subkernel(g1_back_subkernel),
        .weight_block(g1_back_block), .weight_row(g1_back_row),
        .weight_column(g1_back_column), .weight_cells(g1_write_cells),
        .weight_changed(g1_write_changed), .counters(g1_back_counters)
    );

    // gradients
    gradient_engine #(
        .STEPS_Y         (2),
        .STEPS_X         (2),
        .WINDOW_CHANNELS (2),
        .WINDOW_BITS     (16),
        .WINDOW_SIGNED   (1),
        .WINDOW_HEIGHT   (2),
        .WINDOW_WIDTH    (2),
        .WINDOW_ROWS     (4),
        .ADVANCE_Y       (1),
        .ADVANCE_X       (1),
        .WINDOW_Y        (3),
        .WINDOW_X        (3),
        .ORIGIN_Y        (-1),
        .ORIGIN_X        (-1),
        .SPREAD_Y        (1),
        .SPREAD_X        (1),
        .BLOCK_CHANNELS  (1),
        .BLOCK_BITS      (16),
        .BLOCK_SIGNED    (1),
        .BLOCK_HEIGHT    (4),
        .BLOCK_WIDTH     (4),
        .BLOCK_ROWS      (4),
        .BLOCK_Y         (2),
        .BLOCK_X         (2),
        .STRETCH_Y       (1),
        .STRETCH_X       (1),
        .GROUPS          (1),
        .KERNELS         (16),
        .PAIRS           (16),
        .PAIR_WINDOW_Y   ({16'd2, 16'd2, 16'd1, 16'd1, 16'd2, 16'd2, 16'd1, 16'd1, 16'd1, 16'd1, 16'd0, 16'd0,
            16'd1, 16'd1, 16'd0, 16'd0}),
        .PAIR_WINDOW_X   ({16'd2, 16'd1, 16'd2, 16'd1, 16'd1, 16'd0, 16'd1, 16'd0, 16'd2, 16'd1, 16'd2, 16'd1,
            16'd1, 16'd0, 16'd1, 16'd0}),
        .PAIR_BLOCK_Y    ({16'd1, 16'd1, 16'd1, 16'd1, 16'd1, 16'd1, 16'd1, 16'd1, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_BLOCK_X    ({16'd1, 16'd1, 16'd1, 16'd1, 16'd0, 16'd0, 16'd0, 16'd0, 16'd1, 16'd1, 16'd1, 16'd1,
            16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_KERNELS    ({16'd0, 16'd2, 16'd8, 16'd10, 16'd1, 16'd3, 16'd9, 16'd11, 16'd4, 16'd6, 16'd12, 16'd14,
            16'd5, 16'd7, 16'd13, 16'd15}),
        .SKIP            (1),
        .LANES           (2),
        .ACC_BITS        (35),
        .ERROR_IN_WINDOW (0),
        .BIAS_SETS       (1)
    ) g1_gradient (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle), .batch(32'd2),
        .window_valid(g1_kept_valid[0]), .window_ready(g1_kept_ready[0]),
        .window_data(g1_kept_data[0+:32]),
        .block_valid(g1_errors_valid[0]), .block_ready(g1_errors_ready[0]), .block_data(g1_error_data),
        .out_valid(g1_gradient_valid), .out_ready(g1_gradient_ready), .out_data(g1_gradient_data),
        .out_last(g1_gradient_last), .counters(g1_gradient_counters)
    );
    assign worked[1*33+:33] = g1_gradient_counters[14*64+:33];
    assign offered[1]       = g1_gradient_valid;

    // parameters
    wire g1_update_busy, g1_update_finished;
    wire g1_update_ready;
    wire signed [6:0] g1_bias_shift = 7'sd1 - 7'sd24 + {2'd0, g1_error_exponent};
    wire [70-1:0] g1_update_data = g1_gradient_data;
    wire g1_update_valid = g1_gradient_valid && update_generator;
    assign g1_gradient_ready = g1_update_ready && update_generator;
    update_unit #(
        .WEIGHTS(32), .CHANNELS(1), .BIAS_SETS(1), .LANES(2), .ACC_BITS(35),
        .CELL_BITS(2), .DIFFERENTIAL(0), .LINES(8), .ARRAYS(2), .COPIES(1),
        .IMAGES("/tiny_parallel_gan_g1")
    ) g1_update (
        .clk(clk), .reset(reset), .momentum(momentum), .decay(decay), .decay_shift(decay_shift), .rate(rate),
        .rate_shift(rate_shift), .weight_shift(g1_bias_shift + {2'd0, g1_in_exponent}), .bias_shift(g1_bias_shift),
        .in_valid(g1_update_valid), .in_ready(g1_update_ready),
        .in_data(g1_update_data), .load_valid(load_parameters && load_place == 8'd1),
        .load_parameter(load_data[15:0]), .load_momentum(load_data[47:16]),
        .load_rounding(load_rounding && load_place == 8'd1), .load_seed(load_data),
        .state_read(state_read), .state_index(state_index[6-1:0]), .state_parameter(g1_state[15:0]),
        .state_momentum(g1_state[47:16]), .rounding(g1_rounding), .bias_set(g1_bias_set),
        .biases(g1_biases), .write_valid(g1_write_valid), .write_cells(g1_write_cells),
        .write_changed(g1_write_changed), .busy(g1_update_busy), .finished(g1_update_finished),
        .counters(g1_update_counters)
    );
    reg g1_updated;
    always @(posedge clk) begin
        if (reset || clear) g1_updated <= 1'b0;
        else if (g1_update_finished) g1_updated <= 1'b1;
    end
    assign updated[1] = g1_updated;
    weight_placer #(
        .KERNELS       (16),
        .OUTPUTS       (1),
        .INPUTS        (2),
        .GROUPS        (1),
        .PACKED        (0),
        .TRANSPOSED    (0),
        .CROSSBAR_ROWS (128),
        .SUBKERNELS    ({16'd0, 16'd1, 16'd0, 16'd1, 16'd2, 16'd3, 16'd2, 16'd3, 16'd0, 16'd1,
            16'd0, 16'd1, 16'd2, 16'd3, 16'd2, 16'd3}),
        .BLOCKS        ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0}),
        .ROWS          ({16'd0, 16'd0, 16'd2, 16'd2, 16'd0, 16'd0, 16'd2, 16'd2, 16'd4, 16'd4,
            16'd6, 16'd6, 16'd4, 16'd4, 16'd6, 16'd6}),
        .COLUMNS       ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0})
    ) g1_forward_places (
        .clk(clk), .reset(reset), .advance(g1_write_valid), .subkernel(g1_forward_subkernel),
        .block(g1_forward_block), .row(g1_forward_row), .column(g1_forward_column)
    );
    weight_placer #(
        .KERNELS       (16),
        .OUTPUTS       (1),
        .INPUTS        (2),
        .GROUPS        (1),
        .PACKED        (0),
        .TRANSPOSED    (1),
        .CROSSBAR_ROWS (128),
        .SUBKERNELS    ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0}),
        .BLOCKS        ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0}),
        .ROWS          ({16'd15, 16'd14, 16'd13, 16'd12, 16'd11, 16'd10, 16'd9, 16'd8, 16'd7, 16'd6,
            16'd5, 16'd4, 16'd3, 16'd2, 16'd1, 16'd0}),
        .COLUMNS       ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0})
    ) g1_back_places (
        .clk(clk), .reset(reset), .advance(g1_write_valid), .subkernel(g1_back_subkernel),
        .block(g1_back_block), .row(g1_back_row), .column(g1_back_column)
    );

    // ---- d0: parts, 1x4x4 to 2x2x2
    // forward

    stream_fork d0_fork (
        .in_valid(d0_in_valid), .in_ready(d0_in_ready), .enable(2'b11),
        .out_valid(d0_copy_valid), .out_ready(d0_copy_ready)
    );
    layer_engine #(
        .CHANNELS       (1),
        .INPUT_BITS     (16),
        .INPUT_SIGNED   (1),
        .IN_HEIGHT      (4),
        .IN_WIDTH       (4),
        .OUT_CHANNELS   (2),
        .OUT_BITS       (38),
        .OUT_SIGNED     (1),
        .OUT_HEIGHT     (2),
        .OUT_WIDTH      (2),
        .STEPS_Y        (2),
        .ADVANCE_Y      (2),
        .WINDOW_Y       (4),
        .ORIGIN_Y       (-1),
        .STRETCH_Y      (1),
        .STEPS_X        (2),
        .ADVANCE_X      (2),
        .WINDOW_X       (4),
        .ORIGIN_X       (-1),
        .STRETCH_X      (1),
        .PHASES         (1),
        .BLOCK_Y        (1),
        .BLOCK_X        (1),
        .BLOCKS_X       (2),
        .LANES          (1),
        .OVERLAP        (0),
        .LINE_ROWS      (6),
        .RASTER_BLOCKS  (4),
        .GROUPS         (1),
        .TAPS           (16),
        .ROW_BLOCKS     (1),
        .TAP_BLOCKS     (0),
        .FOLD           (1),
        .FOLD_CROSSBARS (0),
        .PHASE_TAPS     ({16'd16}),
        .PHASE_BLOCKS   ({16'd1}),
        .TAP_PIXELS     ({16'd15, 16'd11, 16'd7, 16'd3, 16'd14, 16'd10, 16'd6, 16'd2, 16'd13, 16'd9,
                          16'd5, 16'd1, 16'd12, 16'd8, 16'd4, 16'd0}),
        .CROSSBAR_ROWS  (128),
        .CROSSBAR_COLS  (128),
        .WEIGHT_BITS    (16),
        .CELL_BITS      (2),
        .VALUE_BITS     (2),
        .FRACTION_BITS  (0),
        .DIFFERENTIAL   (0),
        .LINES          (8),
        .ADC_BITS       (9),
        .ADC_LSB        (0),
        .ADC_OFFSETS    (0),
        .ADC_SHARE      (1),
        .ACC_BITS       (38),
        .SCALE_SETS     (1),
        .Q_BITS         (38),
        .EXACT          (2),
        .FINISH         (0),
        .IMAGES         ("/tiny_parallel_gan_d0"),
        .WEIGHT_PORT    (1)
    ) d0_forward (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle),
        .in_valid(d0_copy_valid[0]), .in_ready(d0_copy_ready[0]), .in_data(d0_in_data),
        .out_valid(d0_sum_valid), .out_ready(d0_sum_ready), .out_data(d0_sum_data),
        .program_valid(1'b0), .program_kind(4'd0), .program_subkernel(16'd0), .program_block(16'd0),
        .program_line(16'd0), .program_word(16'd0), .program_data(64'd0),
        .weight_valid(d0_write_valid), .weight_subkernel(d0_forward_subkernel),
        .weight_block(d0_forward_block), .weight_row(d0_forward_row),
        .weight_column(d0_forward_column), .weight_cells(d0_write_cells),
        .weight_changed(d0_write_changed), .counters(d0_forward_counters)
    );
    forward_response #(
        .CHANNELS(2), .SUM_BITS(38), .OUT_BITS(16), .WEIGHT_FRACTION(13),
        .RESPONSE(2), .LEAK(2), .TABLE_EXPONENT(0), .BIAS_SETS(1), .IMAGES("/tiny_parallel_gan_d0")
    ) d0_response (
        .clk(clk), .reset(reset), .clear(clear), .input_exponent(d0_in_exponent), .exponent(d0_scale_exponent),
        .bias_set(d0_bias_set), .biases(d0_biases),
        .in_valid(d0_sum_valid), .in_ready(d0_sum_ready), .in_data(d0_sum_data),
        .out_valid(d1_in_valid), .out_ready(d1_in_ready), .out_data(d1_in_data),
        .largest(d0_largest), .saturated(d0_saturated)
    );
    tensor_scale #(.BITS(16), .DECAY(7)) d0_scale (
        .clk(clk), .load(load_maximum && load_place == 8'd4), .load_maximum(load_data[62:0]), .advance(advance),
        .largest((d0_largest > e0_largest) ? d0_largest : e0_largest),
        .sum_exponent(6'(d0_in_exponent) + 6'd13),
        .maximum(d0_maximum), .exponent(d0_scale_exponent)
    );

    // inputs kept for the gradients

    wire d0_keep_valid = d0_copy_valid[1];
    wire d0_keep_ready;
    assign d0_copy_ready[1] = d0_keep_ready;
    frame_buffer #(.PIXEL_BITS(16), .DEPTH(8), .READERS(1)) d0_inputs (
        .clk(clk), .reset(reset), .clear(clear), .enable(1'b1), .in_valid(d0_keep_valid),
        .in_ready(d0_keep_ready), .in_data(d0_in_data), .out_valid(d0_kept_valid),
        .out_ready(d0_kept_ready), .out_data(d0_kept_data), .written(d0_written),
        .read(d0_read), .peak(d0_peak)
    );

    // back
    error_response #(
        .CHANNELS(2), .SUM_BITS(34), .OUT_BITS(16), .WORD_BITS(1),
        .WORD_EXPONENT(14), .WEIGHT_FRACTION(13), .RESPONSE(2), .LEAK(2), .LOGISTIC(0)
    ) d0_error_response (
        .clk(clk), .reset(reset), .clear(clear), .in_exponent(d1_error_exponent), .exponent(d0_error_exponent),
        .in_valid(d1_back_valid), .in_ready(d1_back_ready), .in_data(d1_back_data),
        .word_valid(d1_signs_valid[0]), .word_ready(d0_word_ready),
        .word_data(d1_signs_data[0+:2]),
        .out_valid(d0_error_valid), .out_ready(d0_error_ready), .out_data(d0_error_data),
        .largest(d0_error_largest), .saturated(d0_error_saturated)
    );
    assign d1_signs_ready[0] = d0_word_ready;
    tensor_scale #(.BITS(16), .DECAY(7)) d0_error_scale (
        .clk(clk), .load(load_maximum && load_place == 8'd5), .load_maximum(load_data[62:0]), .advance(advance),
        .largest((d0_error_largest > e0_error_largest) ? d0_error_largest : e0_error_largest),
        .sum_exponent(6'(d1_error_exponent) + 6'd13),
        .maximum(d0_error_maximum), .exponent(d0_error_scale_exponent)
    );
    stream_fork d0_error_fork (
        .in_valid(d0_error_valid), .in_ready(d0_error_ready), .enable({1'b0, 1'b1}),
        .out_valid(d0_errors_valid), .out_ready(d0_errors_ready)
    );
    assign d0_back_counters   = 1024'd0;
    assign d0_errors_ready[1] = 1'b1;
    wire d0_unused_errors = &{1'b0, d0_errors_valid[1]};

    // gradients
    gradient_engine #(
        .STEPS_Y         (2),
        .STEPS_X         (2),
        .WINDOW_CHANNELS (1),
        .WINDOW_BITS     (16),
        .WINDOW_SIGNED   (1),
        .WINDOW_HEIGHT   (4),
        .WINDOW_WIDTH    (4),
        .WINDOW_ROWS     (6),
        .ADVANCE_Y       (2),
        .ADVANCE_X       (2),
        .WINDOW_Y        (4),
        .WINDOW_X        (4),
        .ORIGIN_Y        (-1),
        .ORIGIN_X        (-1),
        .SPREAD_Y        (1),
        .SPREAD_X        (1),
        .BLOCK_CHANNELS  (2),
        .BLOCK_BITS      (16),
        .BLOCK_SIGNED    (1),
        .BLOCK_HEIGHT    (2),
        .BLOCK_WIDTH     (2),
        .BLOCK_ROWS      (2),
        .BLOCK_Y         (1),
        .BLOCK_X         (1),
        .STRETCH_Y       (1),
        .STRETCH_X       (1),
        .GROUPS          (1),
        .KERNELS         (16),
        .PAIRS           (16),
        .PAIR_WINDOW_Y   ({16'd3, 16'd3, 16'd3, 16'd3, 16'd2, 16'd2, 16'd2, 16'd2, 16'd1, 16'd1, 16'd1, 16'd1,
            16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_WINDOW_X   ({16'd3, 16'd2, 16'd1, 16'd0, 16'd3, 16'd2, 16'd1, 16'd0, 16'd3, 16'd2, 16'd1, 16'd0,
            16'd3, 16'd2, 16'd1, 16'd0}),
        .PAIR_BLOCK_Y    ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_BLOCK_X    ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_KERNELS    ({16'd15, 16'd14, 16'd13, 16'd12, 16'd11, 16'd10, 16'd9, 16'd8, 16'd7, 16'd6, 16'd5, 16'd4,
            16'd3, 16'd2, 16'd1, 16'd0}),
        .SKIP            (1),
        .LANES           (2),
        .ACC_BITS        (36),
        .ERROR_IN_WINDOW (0),
        .BIAS_SETS       (1)
    ) d0_gradient (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle), .batch(32'd2),
        .window_valid(d0_kept_valid[0]), .window_ready(d0_kept_ready[0]),
        .window_data(d0_kept_data[0+:16]),
        .block_valid(d0_errors_valid[0]), .block_ready(d0_errors_ready[0]), .block_data(d0_error_data),
        .out_valid(d0_gradient_valid), .out_ready(d0_gradient_ready), .out_data(d0_gradient_data),
        .out_last(d0_gradient_last), .counters(d0_gradient_counters)
    );
    assign worked[2*33+:33] = d0_gradient_counters[14*64+:33];
    assign offered[2]       = d0_gradient_valid;

    // parameters
    wire d0_update_busy, d0_update_finished;
    wire d0_update_ready;
    wire signed [6:0] d0_bias_shift = 7'sd1 - 7'sd24 + {2'd0, d0_error_exponent};
    wire [72-1:0] d0_update_data;  // of both copies
    wire d0_update_valid = d0_gradient_valid && e0_gradient_valid && update_discriminator;
    assign d0_gradient_ready = d0_update_ready && d0_update_valid;
    assign e0_gradient_ready = d0_gradient_ready;
    gradient_adder #(.LANES(2), .ACC_BITS(36)) d0_adder (
        .first(d0_gradient_data), .second(e0_gradient_data), .sums(d0_update_data)
    );
    update_unit #(
        .WEIGHTS(32), .CHANNELS(2), .BIAS_SETS(1), .LANES(2), .ACC_BITS(36),
        .CELL_BITS(2), .DIFFERENTIAL(0), .LINES(8), .ARRAYS(2), .COPIES(2),
        .IMAGES("/tiny_parallel_gan_d0")
    ) d0_update (
        .clk(clk), .reset(reset), .momentum(momentum), .decay(decay), .decay_shift(decay_shift), .rate(rate),
        .rate_shift(rate_shift), .weight_shift(d0_bias_shift + {2'd0, d0_in_exponent}), .bias_shift(d0_bias_shift),
        .in_valid(d0_update_valid), .in_ready(d0_update_ready),
        .in_data(d0_update_data), .load_valid(load_parameters && load_place == 8'd2),
        .load_parameter(load_data[15:0]), .load_momentum(load_data[47:16]),
        .load_rounding(load_rounding && load_place == 8'd2), .load_seed(load_data),
        .state_read(state_read), .state_index(state_index[6-1:0]), .state_parameter(d0_state[15:0]),
        .state_momentum(d0_state[47:16]), .rounding(d0_rounding), .bias_set({e0_bias_set, d0_bias_set}),
        .biases({e0_biases, d0_biases}), .write_valid(d0_write_valid), .write_cells(d0_write_cells),
        .write_changed(d0_write_changed), .busy(d0_update_busy), .finished(d0_update_finished),
        .counters(d0_update_counters)
    );
    reg d0_updated;
    always @(posedge clk) begin
        if (reset || clear) d0_updated <= 1'b0;
        else if (d0_update_finished) d0_updated <= 1'b1;
    end
    assign updated[2] = d0_updated;
    assign updated[4] = d0_updated;
    weight_placer #(
        .KERNELS       (16),
        .OUTPUTS       (2),
        .INPUTS        (1),
        .GROUPS        (1),
        .PACKED        (0),
        .TRANSPOSED    (0),
        .CROSSBAR_ROWS (128),
        .SUBKERNELS    ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0}),
        .BLOCKS        ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0}),
        .ROWS          ({16'd15, 16'd14, 16'd13, 16'd12, 16'd11, 16'd10, 16'd9, 16'd8, 16'd7, 16'd6,
            16'd5, 16'd4, 16'd3, 16'd2, 16'd1, 16'd0}),
        .COLUMNS       ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0})
    ) d0_forward_places (
        .clk(clk), .reset(reset), .advance(d0_write_valid), .subkernel(d0_forward_subkernel),
        .block(d0_forward_block), .row(d0_forward_row), .column(d0_forward_column)
    );
    weight_placer #(
        .KERNELS       (16),
        .OUTPUTS       (2),
        .INPUTS        (1),
        .GROUPS        (1),
        .PACKED        (0),
        .TRANSPOSED    (1),
        .CROSSBAR_ROWS (128),
        .SUBKERNELS    ({16'd0, 16'd1, 16'd0, 16'd1, 16'd2, 16'd3, 16'd2, 16'd3, 16'd0, 16'd1,
            16'd0, 16'd1, 16'd2, 16'd3, 16'd2, 16'd3}),
        .BLOCKS        ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0}),
        .ROWS          ({16'd0, 16'd0, 16'd2, 16'd2, 16'd0, 16'd0, 16'd2, 16'd2, 16'd4, 16'd4,
            16'd6, 16'd6, 16'd4, 16'd4, 16'd6, 16'd6}),
        .COLUMNS       ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0})
    ) d0_back_places (
        .clk(clk), .reset(reset), .advance(d0_write_valid), .subkernel(d0_back_subkernel),
        .block(d0_back_block), .row(d0_back_row), .column(d0_back_column)
    );

    // ---- d1: score, 2x2x2 to 1x1x1
    // forward

    stream_fork d1_fork (
        .in_valid(d1_in_valid), .in_ready(d1_in_ready), .enable(2'b11),
        .out_valid(d1_copy_valid), .out_ready(d1_copy_ready)
    );
    layer_engine #(
        .CHANNELS       (2),
        .INPUT_BITS     (16),
        .INPUT_SIGNED   (1),
        .IN_HEIGHT      (2),
        .IN_WIDTH       (2),
        .OUT_CHANNELS   (1),
        .OUT_BITS       (37),
        .OUT_SIGNED     (1),
        .OUT_HEIGHT     (1),
        .OUT_WIDTH      (1),
        .STEPS_Y        (1),
        .ADVANCE_Y      (1),
        .WINDOW_Y       (2),
        .ORIGIN_Y       (0),
        .STRETCH_Y      (1),
        .STEPS_X        (1),
        .ADVANCE_X      (1),
        .WINDOW_X       (2),
        .ORIGIN_X       (0),
        .STRETCH_X      (1),
        .PHASES         (1),
        .BLOCK_Y        (1),
        .BLOCK_X        (1),
        .BLOCKS_X       (1),
        .LANES          (1),
        .OVERLAP        (0),
        .LINE_ROWS      (4),
        .RASTER_BLOCKS  (4),
        .GROUPS         (1),
        .TAPS           (4),
        .ROW_BLOCKS     (1),
        .TAP_BLOCKS     (0),
        .FOLD           (1),
        .FOLD_CROSSBARS (0),
        .PHASE_TAPS     ({16'd4}),
        .PHASE_BLOCKS   ({16'd1}),
        .TAP_PIXELS     ({16'd3, 16'd1, 16'd2, 16'd0}),
        .CROSSBAR_ROWS  (128),
        .CROSSBAR_COLS  (128),
        .WEIGHT_BITS    (16),
        .CELL_BITS      (2),
        .VALUE_BITS     (2),
        .FRACTION_BITS  (0),
        .DIFFERENTIAL   (0),
        .LINES          (8),
        .ADC_BITS       (9),
        .ADC_LSB        (0),
        .ADC_OFFSETS    (0),
        .ADC_SHARE      (1),
        .ACC_BITS       (37),
        .SCALE_SETS     (1),
        .Q_BITS         (37),
        .EXACT          (2),
        .FINISH         (0),
        .IMAGES         ("/tiny_parallel_gan_d1"),
        .WEIGHT_PORT    (1)
    ) d1_forward (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle),
        .in_valid(d1_copy_valid[0]), .in_ready(d1_copy_ready[0]), .in_data(d1_in_data),
        .out_valid(d1_sum_valid), .out_ready(d1_sum_ready), .out_data(d1_sum_data),
        .program_valid(1'b0), .program_kind(4'd0), .program_subkernel(16'd0), .program_block(16'd0),
        .program_line(16'd0), .program_word(16'd0), .program_data(64'd0),
        .weight_valid(d1_write_valid), .weight_subkernel(d1_forward_subkernel),
        .weight_block(d1_forward_block), .weight_row(d1_forward_row),
        .weight_column(d1_forward_column), .weight_cells(d1_write_cells),
        .weight_changed(d1_write_changed), .counters(d1_forward_counters)
    );
    forward_response #(
        .CHANNELS(1), .SUM_BITS(37), .OUT_BITS(16), .WEIGHT_FRACTION(13),
        .RESPONSE(0), .LEAK(1), .TABLE_EXPONENT(0), .BIAS_SETS(1), .IMAGES("/tiny_parallel_gan_d1")
    ) d1_response (
        .clk(clk), .reset(reset), .clear(clear), .input_exponent(d1_in_exponent), .exponent(d1_scale_exponent),
        .bias_set(d1_bias_set), .biases(d1_biases),
        .in_valid(d1_sum_valid), .in_ready(d1_sum_ready), .in_data(d1_sum_data),
        .out_valid(d_score_valid), .out_ready(d_score_ready), .out_data(d_score_data),
        .largest(d1_largest), .saturated(d1_saturated)
    );
    tensor_scale #(.BITS(16), .DECAY(7)) d1_scale (
        .clk(clk), .load(load_maximum && load_place == 8'd6), .load_maximum(load_data[62:0]), .advance(advance),
        .largest((d1_largest > e1_largest) ? d1_largest : e1_largest),
        .sum_exponent(6'(d1_in_exponent) + 6'd13),
        .maximum(d1_maximum), .exponent(d1_scale_exponent)
    );

    // inputs kept for the gradients, their signs for the slopes of the layer before

    wire [1:0] d1_keep_valid, d1_keep_ready;
    wire [2-1:0] d1_signs;
    stream_fork d1_keep (
        .in_valid(d1_copy_valid[1]), .in_ready(d1_copy_ready[1]), .enable(2'b11),
        .out_valid(d1_keep_valid), .out_ready(d1_keep_ready)
    );
    word_signs #(.CHANNELS(2), .WORD_BITS(16)) d1_word_signs (
        .words(d1_in_data), .signs(d1_signs)
    );
    frame_buffer #(.PIXEL_BITS(2), .DEPTH(7), .READERS(1)) d1_signs_kept (
        .clk(clk), .reset(reset), .clear(clear), .enable(1'b1), .in_valid(d1_keep_valid[1]),
        .in_ready(d1_keep_ready[1]), .in_data(d1_signs), .out_valid(d1_signs_valid),
        .out_ready(d1_signs_ready), .out_data(d1_signs_data), .written(d1_signs_written),
        .read(d1_signs_read), .peak(d1_signs_peak)
    );
    frame_buffer #(.PIXEL_BITS(32), .DEPTH(2), .READERS(1)) d1_inputs (
        .clk(clk), .reset(reset), .clear(clear), .enable(1'b1), .in_valid(d1_keep_valid[0]),
        .in_ready(d1_keep_ready[0]), .in_data(d1_in_data), .out_valid(d1_kept_valid),
        .out_ready(d1_kept_ready), .out_data(d1_kept_data), .written(d1_written),
        .read(d1_read), .peak(d1_peak)
    );

    // back
    error_response #(
        .CHANNELS(1), .SUM_BITS(16), .OUT_BITS(16), .WORD_BITS(16),
        .WORD_EXPONENT(14), .WEIGHT_FRACTION(0), .RESPONSE(0), .LEAK(1), .LOGISTIC(0)
    ) d1_error_response (
        .clk(clk), .reset(reset), .clear(clear), .in_exponent(loss_exponent), .exponent(d1_error_exponent),
        .in_valid(d_loss_valid), .in_ready(d_loss_ready), .in_data(d_loss_data),
        .word_valid(d_loss_valid), .word_ready(d1_word_ready),
        .word_data(d_loss_score),
        .out_valid(d1_error_valid), .out_ready(d1_error_ready), .out_data(d1_error_data),
        .largest(d1_error_largest), .saturated(d1_error_saturated)
    );
    wire d1_unused_word = &{1'b0, d1_word_ready};
    tensor_scale #(.BITS(16), .DECAY(7)) d1_error_scale (
        .clk(clk), .load(load_maximum && load_place == 8'd7), .load_maximum(load_data[62:0]), .advance(advance),
        .largest(53'd0),
        .sum_exponent(6'(loss_exponent) + 6'd13),
        .maximum(d1_error_maximum), .exponent(d1_error_scale_exponent)
    );
    stream_fork d1_error_fork (
        .in_valid(d1_error_valid), .in_ready(d1_error_ready), .enable({1'b1, 1'b1}),
        .out_valid(d1_errors_valid), .out_ready(d1_errors_ready)
    );
    layer_engine #(
        .CHANNELS       (1),
        .INPUT_BITS     (16),
        .INPUT_SIGNED   (1),
        .IN_HEIGHT      (1),
        .IN_WIDTH       (1),
        .OUT_CHANNELS   (2),
        .OUT_BITS       (34),
        .OUT_SIGNED     (1),
        .OUT_HEIGHT     (2),
        .OUT_WIDTH      (2),
        .STEPS_Y        (1),
        .ADVANCE_Y      (1),
        .WINDOW_Y       (1),
        .ORIGIN_Y       (0),
        .STRETCH_Y      (1),
        .STEPS_X        (1),
        .ADVANCE_X      (1),
        .WINDOW_X       (1),
        .ORIGIN_X       (0),
        .STRETCH_X      (1),
        .PHASES         (4),
        .BLOCK_Y        (2),
        .BLOCK_X        (2),
        .BLOCKS_X       (1),
        .LANES          (1),
        .OVERLAP        (0),
        .LINE_ROWS      (2),
        .RASTER_BLOCKS  (2),
        .GROUPS         (1),
        .TAPS           (4),
        .ROW_BLOCKS     (4),
        .TAP_BLOCKS     (0),
        .FOLD           (1),
        .FOLD_CROSSBARS (0),
        .PHASE_TAPS     ({16'd1, 16'd1, 16'd1, 16'd1}),
        .PHASE_BLOCKS   ({16'd1, 16'd1, 16'd1, 16'd1}),
        .TAP_PIXELS     ({16'd0, 16'd0, 16'd0, 16'd0}),
        .CROSSBAR_ROWS  (128),
        .CROSSBAR_COLS  (128),
        .WEIGHT_BITS    (16),
        .CELL_BITS      (2),
        .VALUE_BITS     (2),
        .FRACTION_BITS  (0),
        .DIFFERENTIAL   (0),
        .LINES          (8),
        .ADC_BITS       (9),
        .ADC_LSB        (0),
        .ADC_OFFSETS    (0),
        .ADC_SHARE      (1),
        .ACC_BITS       (34),
        .SCALE_SETS     (1),
        .Q_BITS         (34),
        .EXACT          (2),
        .FINISH         (0),
        .IMAGES         ("/tiny_parallel_gan_d1_error"),
        .WEIGHT_PORT    (1)
    ) d1_back (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle),
        .in_valid(d1_errors_valid[1]), .in_ready(d1_errors_ready[1]), .in_data(d1_error_data),
        .out_valid(d1_back_valid), .out_ready(d1_back_ready), .out_data(d1_back_data),
        .program_valid(1'b0), .program_kind(4'd0), .program_subkernel(16'd0), .program_block(16'd0),
        .program_line(16'd0), .program_word(16'd0), .program_data(64'd0),
        .weight_valid(d1_write_valid), .weight_subkernel(d1_back_subkernel),
        .weight_block(d1_back_block), .weight_row(d1_back_row),
        .weight_column(d1_back_column), .weight_cells(d1_write_cells),
        .weight_changed(d1_write_changed), .counters(d1_back_counters)
    );

    // gradients
    gradient_engine #(
        .STEPS_Y         (1),
        .STEPS_X         (1),
        .WINDOW_CHANNELS (2),
        .WINDOW_BITS     (16),
        .WINDOW_SIGNED   (1),
        .WINDOW_HEIGHT   (2),
        .WINDOW_WIDTH    (2),
        .WINDOW_ROWS     (4),
        .ADVANCE_Y       (1),
        .ADVANCE_X       (1),
        .WINDOW_Y        (2),
        .WINDOW_X        (2),
        .ORIGIN_Y        (0),
        .ORIGIN_X        (0),
        .SPREAD_Y        (1),
        .SPREAD_X        (1),
        .BLOCK_CHANNELS  (1),
        .BLOCK_BITS      (16),
        .BLOCK_SIGNED    (1),
        .BLOCK_HEIGHT    (1),
        .BLOCK_WIDTH     (1),
        .BLOCK_ROWS      (2),
        .BLOCK_Y         (1),
        .BLOCK_X         (1),
        .STRETCH_Y       (1),
        .STRETCH_X       (1),
        .GROUPS          (1),
        .KERNELS         (4),
        .PAIRS           (4),
        .PAIR_WINDOW_Y   ({16'd1, 16'd1, 16'd0, 16'd0}),
        .PAIR_WINDOW_X   ({16'd1, 16'd0, 16'd1, 16'd0}),
        .PAIR_BLOCK_Y    ({16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_BLOCK_X    ({16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_KERNELS    ({16'd3, 16'd2, 16'd1, 16'd0}),
        .SKIP            (1),
        .LANES           (2),
        .ACC_BITS        (34),
        .ERROR_IN_WINDOW (0),
        .BIAS_SETS       (1)
    ) d1_gradient (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle), .batch(32'd2),
        .window_valid(d1_kept_valid[0]), .window_ready(d1_kept_ready[0]),
        .window_data(d1_kept_data[0+:32]),
        .block_valid(d1_errors_valid[0]), .block_ready(d1_errors_ready[0]), .block_data(d1_error_data),
        .out_valid(d1_gradient_valid), .out_ready(d1_gradient_ready), .out_data(d1_gradient_data),
        .out_last(d1_gradient_last), .counters(d1_gradient_counters)
    );
    assign worked[3*33+:33] = d1_gradient_counters[14*64+:33];
    assign offered[3]       = d1_gradient_valid;

    // parameters
    wire d1_update_busy, d1_update_finished;
    wire d1_update_ready;
    wire signed [6:0] d1_bias_shift = 7'sd1 - 7'sd24 + {2'd0, d1_error_exponent};
    wire [68-1:0] d1_update_data;  // of both copies
    wire d1_update_valid = d1_gradient_valid && e1_gradient_valid && update_discriminator;
    assign d1_gradient_ready = d1_update_ready && d1_update_valid;
    assign e1_gradient_ready = d1_gradient_ready;
    gradient_adder #(.LANES(2), .ACC_BITS(34)) d1_adder (
        .first(d1_gradient_data), .second(e1_gradient_data), .sums(d1_update_data)
    );
    update_unit #(
        .WEIGHTS(8), .CHANNELS(1), .BIAS_SETS(1), .LANES(2), .ACC_BITS(34),
        .CELL_BITS(2), .DIFFERENTIAL(0), .LINES(8), .ARRAYS(2), .COPIES(2),
        .IMAGES("/tiny_parallel_gan_d1")
    ) d1_update (
        .clk(clk), .reset(reset), .momentum(momentum), .decay(decay), .decay_shift(decay_shift), .rate(rate),
        .rate_shift(rate_shift), .weight_shift(d1_bias_shift + {2'd0, d1_in_exponent}), .bias_shift(d1_bias_shift),
        .in_valid(d1_update_valid), .in_ready(d1_update_ready),
        .in_data(d1_update_data), .load_valid(load_parameters && load_place == 8'd3),
        .load_parameter(load_data[15:0]), .load_momentum(load_data[47:16]),
        .load_rounding(load_rounding && load_place == 8'd3), .load_seed(load_data),
        .state_read(state_read), .state_index(state_index[4-1:0]), .state_parameter(d1_state[15:0]),
        .state_momentum(d1_state[47:16]), .rounding(d1_rounding), .bias_set({e1_bias_set, d1_bias_set}),
        .biases({e1_biases, d1_biases}), .write_valid(d1_write_valid), .write_cells(d1_write_cells),
        .write_changed(d1_write_changed), .busy(d1_update_busy), .finished(d1_update_finished),
        .counters(d1_update_counters)
    );
    reg d1_updated;
    always @(posedge clk) begin
        if (reset || clear) d1_updated <= 1'b0;
        else if (d1_update_finished) d1_updated <= 1'b1;
    end
    assign updated[3] = d1_updated;
    assign updated[5] = d1_updated;
    weight_placer #(
        .KERNELS       (4),
        .OUTPUTS       (1),
        .INPUTS        (2),
        .GROUPS        (1),
        .PACKED        (0),
        .TRANSPOSED    (0),
        .CROSSBAR_ROWS (128),
        .SUBKERNELS    ({16'd0, 16'd0, 16'd0, 16'd0}),
        .BLOCKS        ({16'd0, 16'd0, 16'd0, 16'd0}),
        .ROWS          ({16'd6, 16'd4, 16'd2, 16'd0}),
        .COLUMNS       ({16'd0, 16'd0, 16'd0, 16'd0})
    ) d1_forward_places (
        .clk(clk), .reset(reset), .advance(d1_write_valid), .subkernel(d1_forward_subkernel),
        .block(d1_forward_block), .row(d1_forward_row), .column(d1_forward_column)
    );
    weight_placer #(
        .KERNELS       (4),
        .OUTPUTS       (1),
        .INPUTS        (2),
        .GROUPS        (1),
        .PACKED        (0),
        .TRANSPOSED    (1),
        .CROSSBAR_ROWS (128),
        .SUBKERNELS    ({16'd3, 16'd2, 16'd1, 16'd0}),
        .BLOCKS        ({16'd0, 16'd0, 16'd0, 16'd0}),
        .ROWS          ({16'd0, 16'd0, 16'd0, 16'd0}),
        .COLUMNS       ({16'd0, 16'd0, 16'd0, 16'd0})
    ) d1_back_places (
        .clk(clk), .reset(reset), .advance(d1_write_valid), .subkernel(d1_back_subkernel),
        .block(d1_back_block), .row(d1_back_row), .column(d1_back_column)
    );

    // ---- e0: parts, 1x4x4 to 2x2x2
    // forward

    stream_fork e0_fork (
        .in_valid(e0_in_valid), .in_ready(e0_in_ready), .enable(2'b11),
        .out_valid(e0_copy_valid), .out_ready(e0_copy_ready)
    );
    layer_engine #(
        .CHANNELS       (1),
        .INPUT_BITS     (16),
        .INPUT_SIGNED   (1),
        .IN_HEIGHT      (4),
        .IN_WIDTH       (4),
        .OUT_CHANNELS   (2),
        .OUT_BITS       (38),
        .OUT_SIGNED     (1),
        .OUT_HEIGHT     (2),
        .OUT_WIDTH      (2),
        .STEPS_Y        (2),
        .ADVANCE_Y      (2),
        .WINDOW_Y       (4),
        .ORIGIN_Y       (-1),
        .STRETCH_Y      (1),
        .STEPS_X        (2),
        .ADVANCE_X      (2),
        .WINDOW_X       (4),
        .ORIGIN_X       (-1),
        .STRETCH_X      (1),
        .PHASES         (1),
        .BLOCK_Y        (1),
        .BLOCK_X        (1),
        .BLOCKS_X       (2),
        .LANES          (1),
        .OVERLAP        (0),
        .LINE_ROWS      (6),
        .RASTER_BLOCKS  (4),
        .GROUPS         (1),
        .TAPS           (16),
        .ROW_BLOCKS     (1),
        .TAP_BLOCKS     (0),
        .FOLD           (1),
        .FOLD_CROSSBARS (0),
        .PHASE_TAPS     ({16'd16}),
        .PHASE_BLOCKS   ({16'd1}),
        .TAP_PIXELS     ({16'd15, 16'd11, 16'd7, 16'd3, 16'd14, 16'd10, 16'd6, 16'd2, 16'd13, 16'd9,
                          16'd5, 16'd1, 16'd12, 16'd8, 16'd4, 16'd0}),
        .CROSSBAR_ROWS  (128),
        .CROSSBAR_COLS  (128),
        .WEIGHT_BITS    (16),
        .CELL_BITS      (2),
        .VALUE_BITS     (2),
        .FRACTION_BITS  (0),
        .DIFFERENTIAL   (0),
        .LINES          (8),
        .ADC_BITS       (9),
        .ADC_LSB        (0),
        .ADC_OFFSETS    (0),
        .ADC_SHARE      (1),
        .ACC_BITS       (38),
        .SCALE_SETS     (1),
        .Q_BITS         (38),
        .EXACT          (2),
        .FINISH         (0),
        .IMAGES         ("/tiny_parallel_gan_e0"),
        .WEIGHT_PORT    (1)
    ) e0_forward (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle),
        .in_valid(e0_copy_valid[0]), .in_ready(e0_copy_ready[0]), .in_data(e0_in_data),
        .out_valid(e0_sum_valid), .out_ready(e0_sum_ready), .out_data(e0_sum_data),
        .program_valid(1'b0), .program_kind(4'd0), .program_subkernel(16'd0), .program_block(16'd0),
        .program_line(16'd0), .program_word(16'd0), .program_data(64'd0),
        .weight_valid(d0_write_valid), .weight_subkernel(d0_forward_subkernel),
        .weight_block(d0_forward_block), .weight_row(d0_forward_row),
        .weight_column(d0_forward_column), .weight_cells(d0_write_cells),
        .weight_changed(d0_write_changed), .counters(e0_forward_counters)
    );
    forward_response #(
        .CHANNELS(2), .SUM_BITS(38), .OUT_BITS(16), .WEIGHT_FRACTION(13),
        .RESPONSE(2), .LEAK(2), .TABLE_EXPONENT(0), .BIAS_SETS(1), .IMAGES("/tiny_parallel_gan_e0")
    ) e0_response (
        .clk(clk), .reset(reset), .clear(clear), .input_exponent(d0_in_exponent), .exponent(d0_scale_exponent),
        .bias_set(e0_bias_set), .biases(e0_biases),
        .in_valid(e0_sum_valid), .in_ready(e0_sum_ready), .in_data(e0_sum_data),
        .out_valid(e1_in_valid), .out_ready(e1_in_ready), .out_data(e1_in_data),
        .largest(e0_largest), .saturated(e0_saturated)
    );

    // inputs kept for the gradients and the slopes of the layer before

    wire e0_keep_valid = e0_copy_valid[1];
    wire e0_keep_ready;
    assign e0_copy_ready[1] = e0_keep_ready;
    frame_buffer #(.PIXEL_BITS(16), .DEPTH(32), .READERS(2)) e0_inputs (
        .clk(clk), .reset(reset), .clear(clear), .enable({1'b1, 1'b1}), .in_valid(e0_keep_valid),
        .in_ready(e0_keep_ready), .in_data(e0_in_data), .out_valid(e0_kept_valid),
        .out_ready(e0_kept_ready), .out_data(e0_kept_data), .written(e0_written),
        .read(e0_read), .peak(e0_peak)
    );

    // back
    wire e0_second;  // error of a generated image, which goes on to the generator
    frame_turn #(.PIXELS(4), .TWICE(1)) e0_error_turn (
        .clk(clk), .reset(reset), .clear(clear), .reals(16'd0),
        .taken(e0_error_valid && e0_error_ready), .turn(e0_second)
    );
    wire e0_sum_second;
    frame_turn #(.PIXELS(4), .TWICE(1)) e0_sum_turn (
        .clk(clk), .reset(reset), .clear(clear), .reals(16'd0),
        .taken(e1_back_valid && e1_back_ready), .turn(e0_sum_second)
    );
    error_response #(
        .CHANNELS(2), .SUM_BITS(34), .OUT_BITS(16), .WORD_BITS(1),
        .WORD_EXPONENT(14), .WEIGHT_FRACTION(13), .RESPONSE(2), .LEAK(2), .LOGISTIC(0)
    ) e0_error_response (
        .clk(clk), .reset(reset), .clear(clear), .in_exponent(d1_error_exponent), .exponent(d0_error_exponent),
        .in_valid(e1_back_valid), .in_ready(e1_back_ready), .in_data(e1_back_data),
        .word_valid(e0_sum_second ? e1_signs_valid[1] : e1_signs_valid[0]), .word_ready(e0_word_ready),
        .word_data(e0_sum_second ? e1_signs_data[2+:2] : e1_signs_data[0+:2]),
        .out_valid(e0_error_valid), .out_ready(e0_error_ready), .out_data(e0_error_data),
        .largest(e0_error_largest), .saturated(e0_error_saturated)
    );
    assign e1_signs_ready[0] = e0_word_ready && !e0_sum_second;
    assign e1_signs_ready[1] = e0_word_ready && e0_sum_second;
    stream_fork e0_error_fork (
        .in_valid(e0_error_valid), .in_ready(e0_error_ready), .enable({e0_second, !e0_second}),
        .out_valid(e0_errors_valid), .out_ready(e0_errors_ready)
    );
    layer_engine #(
        .CHANNELS       (2),
        .INPUT_BITS     (16),
        .INPUT_SIGNED   (1),
        .IN_HEIGHT      (2),
        .IN_WIDTH       (2),
        .OUT_CHANNELS   (1),
        .OUT_BITS       (37),
        .OUT_SIGNED     (1),
        .OUT_HEIGHT     (4),
        .OUT_WIDTH      (4),
        .STEPS_Y        (2),
        .ADVANCE_Y      (1),
        .WINDOW_Y       (3),
        .ORIGIN_Y       (-1),
        .STRETCH_Y      (1),
        .STEPS_X        (2),
        .ADVANCE_X      (1),
        .WINDOW_X       (3),
        .ORIGIN_X       (-1),
        .STRETCH_X      (1),
        .PHASES         (4),
        .BLOCK_Y        (2),
        .BLOCK_X        (2),
        .BLOCKS_X       (2),
        .LANES          (1),
        .OVERLAP        (0),
        .LINE_ROWS      (4),
        .RASTER_BLOCKS  (4),
        .GROUPS         (1),
        .TAPS           (16),
        .ROW_BLOCKS     (4),
        .TAP_BLOCKS     (0),
        .FOLD           (1),
        .FOLD_CROSSBARS (0),
        .PHASE_TAPS     ({16'd4, 16'd4, 16'd4, 16'd4}),
        .PHASE_BLOCKS   ({16'd1, 16'd1, 16'd1, 16'd1}),
        .TAP_PIXELS     ({16'd8, 16'd5, 16'd7, 16'd4, 16'd5, 16'd2, 16'd4, 16'd1, 16'd7, 16'd4,
                          16'd6, 16'd3, 16'd4, 16'd1, 16'd3, 16'd0}),
        .CROSSBAR_ROWS  (128),
        .CROSSBAR_COLS  (128),
        .WEIGHT_BITS    (16),
        .CELL_BITS      (2),
        .VALUE_BITS     (2),
        .FRACTION_BITS  (0),
        .DIFFERENTIAL   (0),
        .LINES          (8),
        .ADC_BITS       (9),
        .ADC_LSB        (0),
        .ADC_OFFSETS    (0),
        .ADC_SHARE      (1),
        .ACC_BITS       (37),
        .SCALE_SETS     (1),
        .Q_BITS         (37),
        .EXACT          (2),
        .FINISH         (0),
        .IMAGES         ("/tiny_parallel_gan_e0_error"),
        .WEIGHT_PORT    (1)
    ) e0_back (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle),
        .in_valid(e0_errors_valid[1]), .in_ready(e0_errors_ready[1]), .in_data(e0_error_data),
        .out_valid(e0_back_valid), .out_ready(e0_back_ready), .out_data(e0_back_data),
        .program_valid(1'b0), .program_kind(4'd0), .program_subkernel(16'd0), .program_block(16'd0),
        .program_line(16'd0), .program_word(16'd0), .program_data(64'd0),
        .weight_valid(d0_write_valid), .weight_subkernel(d0_back_subkernel),
        .weight_block(d0_back_block), .weight_row(d0_back_row),
        .weight_column(d0_back_column), .weight_cells(d0_write_cells),
        .weight_changed(d0_write_changed), .counters(e0_back_counters)
    );

    // gradients
    gradient_engine #(
        .STEPS_Y         (2),
        .STEPS_X         (2),
        .WINDOW_CHANNELS (1),
        .WINDOW_BITS     (16),
        .WINDOW_SIGNED   (1),
        .WINDOW_HEIGHT   (4),
        .WINDOW_WIDTH    (4),
        .WINDOW_ROWS     (6),
        .ADVANCE_Y       (2),
        .ADVANCE_X       (2),
        .WINDOW_Y        (4),
        .WINDOW_X        (4),
        .ORIGIN_Y        (-1),
        .ORIGIN_X        (-1),
        .SPREAD_Y        (1),
        .SPREAD_X        (1),
        .BLOCK_CHANNELS  (2),
        .BLOCK_BITS      (16),
        .BLOCK_SIGNED    (1),
        .BLOCK_HEIGHT    (2),
        .BLOCK_WIDTH     (2),
        .BLOCK_ROWS      (2),
        .BLOCK_Y         (1),
        .BLOCK_X         (1),
        .STRETCH_Y       (1),
        .STRETCH_X       (1),
        .GROUPS          (1),
        .KERNELS         (16),
        .PAIRS           (16),
        .PAIR_WINDOW_Y   ({16'd3, 16'd3, 16'd3, 16'd3, 16'd2, 16'd2, 16'd2, 16'd2, 16'd1, 16'd1, 16'd1, 16'd1,
            16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_WINDOW_X   ({16'd3, 16'd2, 16'd1, 16'd0, 16'd3, 16'd2, 16'd1, 16'd0, 16'd3, 16'd2, 16'd1, 16'd0,
            16'd3, 16'd2, 16'd1, 16'd0}),
        .PAIR_BLOCK_Y    ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_BLOCK_X    ({16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0, 16'd0,
            16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_KERNELS    ({16'd15, 16'd14, 16'd13, 16'd12, 16'd11, 16'd10, 16'd9, 16'd8, 16'd7, 16'd6, 16'd5, 16'd4,
            16'd3, 16'd2, 16'd1, 16'd0}),
        .SKIP            (1),
        .LANES           (2),
        .ACC_BITS        (36),
        .ERROR_IN_WINDOW (0),
        .BIAS_SETS       (1)
    ) e0_gradient (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle), .batch(32'd2),
        .window_valid(e0_kept_valid[0]), .window_ready(e0_kept_ready[0]),
        .window_data(e0_kept_data[0+:16]),
        .block_valid(e0_errors_valid[0]), .block_ready(e0_errors_ready[0]), .block_data(e0_error_data),
        .out_valid(e0_gradient_valid), .out_ready(e0_gradient_ready), .out_data(e0_gradient_data),
        .out_last(e0_gradient_last), .counters(e0_gradient_counters)
    );
    assign worked[4*33+:33] = e0_gradient_counters[14*64+:33];
    assign offered[4]       = e0_gradient_valid;

    // ---- e1: score, 2x2x2 to 1x1x1
    // forward

    stream_fork e1_fork (
        .in_valid(e1_in_valid), .in_ready(e1_in_ready), .enable(2'b11),
        .out_valid(e1_copy_valid), .out_ready(e1_copy_ready)
    );
    layer_engine #(
        .CHANNELS       (2),
        .INPUT_BITS     (16),
        .INPUT_SIGNED   (1),
        .IN_HEIGHT      (2),
        .IN_WIDTH       (2),
        .OUT_CHANNELS   (1),
        .OUT_BITS       (37),
        .OUT_SIGNED     (1),
        .OUT_HEIGHT     (1),
        .OUT_WIDTH      (1),
        .STEPS_Y        (1),
        .ADVANCE_Y      (1),
        .WINDOW_Y       (2),
        .ORIGIN_Y       (0),
        .STRETCH_Y      (1),
        .STEPS_X        (1),
        .ADVANCE_X      (1),
        .WINDOW_X       (2),
        .ORIGIN_X       (0),
        .STRETCH_X      (1),
        .PHASES         (1),
        .BLOCK_Y        (1),
        .BLOCK_X        (1),
        .BLOCKS_X       (1),
        .LANES          (1),
        .OVERLAP        (0),
        .LINE_ROWS      (4),
        .RASTER_BLOCKS  (4),
        .GROUPS         (1),
        .TAPS           (4),
        .ROW_BLOCKS     (1),
        .TAP_BLOCKS     (0),
        .FOLD           (1),
        .FOLD_CROSSBARS (0),
        .PHASE_TAPS     ({16'd4}),
        .PHASE_BLOCKS   ({16'd1}),
        .TAP_PIXELS     ({16'd3, 16'd1, 16'd2, 16'd0}),
        .CROSSBAR_ROWS  (128),
        .CROSSBAR_COLS  (128),
        .WEIGHT_BITS    (16),
        .CELL_BITS      (2),
        .VALUE_BITS     (2),
        .FRACTION_BITS  (0),
        .DIFFERENTIAL   (0),
        .LINES          (8),
        .ADC_BITS       (9),
        .ADC_LSB        (0),
        .ADC_OFFSETS    (0),
        .ADC_SHARE      (1),
        .ACC_BITS       (37),
        .SCALE_SETS     (1),
        .Q_BITS         (37),
        .EXACT          (2),
        .FINISH         (0),
        .IMAGES         ("/tiny_parallel_gan_e1"),
        .WEIGHT_PORT    (1)
    ) e1_forward (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle),
        .in_valid(e1_copy_valid[0]), .in_ready(e1_copy_ready[0]), .in_data(e1_in_data),
        .out_valid(e1_sum_valid), .out_ready(e1_sum_ready), .out_data(e1_sum_data),
        .program_valid(1'b0), .program_kind(4'd0), .program_subkernel(16'd0), .program_block(16'd0),
        .program_line(16'd0), .program_word(16'd0), .program_data(64'd0),
        .weight_valid(d1_write_valid), .weight_subkernel(d1_forward_subkernel),
        .weight_block(d1_forward_block), .weight_row(d1_forward_row),
        .weight_column(d1_forward_column), .weight_cells(d1_write_cells),
        .weight_changed(d1_write_changed), .counters(e1_forward_counters)
    );
    forward_response #(
        .CHANNELS(1), .SUM_BITS(37), .OUT_BITS(16), .WEIGHT_FRACTION(13),
        .RESPONSE(0), .LEAK(1), .TABLE_EXPONENT(0), .BIAS_SETS(1), .IMAGES("/tiny_parallel_gan_e1")
    ) e1_response (
        .clk(clk), .reset(reset), .clear(clear), .input_exponent(d1_in_exponent), .exponent(d1_scale_exponent),
        .bias_set(e1_bias_set), .biases(e1_biases),
        .in_valid(e1_sum_valid), .in_ready(e1_sum_ready), .in_data(e1_sum_data),
        .out_valid(e_score_valid), .out_ready(e_score_ready), .out_data(e_score_data),
        .largest(e1_largest), .saturated(e1_saturated)
    );

    // inputs kept for the gradients, their signs for the slopes of the layer before

    wire [1:0] e1_keep_valid, e1_keep_ready;
    wire [2-1:0] e1_signs;
    stream_fork e1_keep (
        .in_valid(e1_copy_valid[1]), .in_ready(e1_copy_ready[1]), .enable(2'b11),
        .out_valid(e1_keep_valid), .out_ready(e1_keep_ready)
    );
    word_signs #(.CHANNELS(2), .WORD_BITS(16)) e1_word_signs (
        .words(e1_in_data), .signs(e1_signs)
    );
    frame_buffer #(.PIXEL_BITS(2), .DEPTH(8), .READERS(2)) e1_signs_kept (
        .clk(clk), .reset(reset), .clear(clear), .enable({1'b1, 1'b1}), .in_valid(e1_keep_valid[1]),
        .in_ready(e1_keep_ready[1]), .in_data(e1_signs), .out_valid(e1_signs_valid),
        .out_ready(e1_signs_ready), .out_data(e1_signs_data), .written(e1_signs_written),
        .read(e1_signs_read), .peak(e1_signs_peak)
    );
    frame_buffer #(.PIXEL_BITS(32), .DEPTH(2), .READERS(1)) e1_inputs (
        .clk(clk), .reset(reset), .clear(clear), .enable(1'b1), .in_valid(e1_keep_valid[0]),
        .in_ready(e1_keep_ready[0]), .in_data(e1_in_data), .out_valid(e1_kept_valid),
        .out_ready(e1_kept_ready), .out_data(e1_kept_data), .written(e1_written),
        .read(e1_read), .peak(e1_peak)
    );

    // back
    wire e1_second;  // error of a generated image, which goes on to the generator
    frame_turn #(.PIXELS(1), .TWICE(1)) e1_error_turn (
        .clk(clk), .reset(reset), .clear(clear), .reals(16'd0),
        .taken(e1_error_valid && e1_error_ready), .turn(e1_second)
    );
    error_response #(
        .CHANNELS(1), .SUM_BITS(16), .OUT_BITS(16), .WORD_BITS(16),
        .WORD_EXPONENT(14), .WEIGHT_FRACTION(0), .RESPONSE(0), .LEAK(1), .LOGISTIC(0)
    ) e1_error_response (
        .clk(clk), .reset(reset), .clear(clear), .in_exponent(loss_exponent), .exponent(d1_error_exponent),
        .in_valid(e_loss_valid), .in_ready(e_loss_ready), .in_data(e_loss_data),
        .word_valid(e_loss_valid), .word_ready(e1_word_ready),
        .word_data(e_loss_score),
        .out_valid(e1_error_valid), .out_ready(e1_error_ready), .out_data(e1_error_data),
        .largest(e1_error_largest), .saturated(e1_error_saturated)
    );
    wire e1_unused_word = &{1'b0, e1_word_ready};
    stream_fork e1_error_fork (
        .in_valid(e1_error_valid), .in_ready(e1_error_ready), .enable({1'b1, !e1_second}),
        .out_valid(e1_errors_valid), .out_ready(e1_errors_ready)
    );
    layer_engine #(
        .CHANNELS       (1),
        .INPUT_BITS     (16),
        .INPUT_SIGNED   (1),
        .IN_HEIGHT      (1),
        .IN_WIDTH       (1),
        .OUT_CHANNELS   (2),
        .OUT_BITS       (34),
        .OUT_SIGNED     (1),
        .OUT_HEIGHT     (2),
        .OUT_WIDTH      (2),
        .STEPS_Y        (1),
        .ADVANCE_Y      (1),
        .WINDOW_Y       (1),
        .ORIGIN_Y       (0),
        .STRETCH_Y      (1),
        .STEPS_X        (1),
        .ADVANCE_X      (1),
        .WINDOW_X       (1),
        .ORIGIN_X       (0),
        .STRETCH_X      (1),
        .PHASES         (4),
        .BLOCK_Y        (2),
        .BLOCK_X        (2),
        .BLOCKS_X       (1),
        .LANES          (1),
        .OVERLAP        (0),
        .LINE_ROWS      (2),
        .RASTER_BLOCKS  (2),
        .GROUPS         (1),
        .TAPS           (4),
        .ROW_BLOCKS     (4),
        .TAP_BLOCKS     (0),
        .FOLD           (1),
        .FOLD_CROSSBARS (0),
        .PHASE_TAPS     ({16'd1, 16'd1, 16'd1, 16'd1}),
        .PHASE_BLOCKS   ({16'd1, 16'd1, 16'd1, 16'd1}),
        .TAP_PIXELS     ({16'd0, 16'd0, 16'd0, 16'd0}),
        .CROSSBAR_ROWS  (128),
        .CROSSBAR_COLS  (128),
        .WEIGHT_BITS    (16),
        .CELL_BITS      (2),
        .VALUE_BITS     (2),
        .FRACTION_BITS  (0),
        .DIFFERENTIAL   (0),
        .LINES          (8),
        .ADC_BITS       (9),
        .ADC_LSB        (0),
        .ADC_OFFSETS    (0),
        .ADC_SHARE      (1),
        .ACC_BITS       (34),
        .SCALE_SETS     (1),
        .Q_BITS         (34),
        .EXACT          (2),
        .FINISH         (0),
        .IMAGES         ("/tiny_parallel_gan_e1_error"),
        .WEIGHT_PORT    (1)
    ) e1_back (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle),
        .in_valid(e1_errors_valid[1]), .in_ready(e1_errors_ready[1]), .in_data(e1_error_data),
        .out_valid(e1_back_valid), .out_ready(e1_back_ready), .out_data(e1_back_data),
        .program_valid(1'b0), .program_kind(4'd0), .program_subkernel(16'd0), .program_block(16'd0),
        .program_line(16'd0), .program_word(16'd0), .program_data(64'd0),
        .weight_valid(d1_write_valid), .weight_subkernel(d1_back_subkernel),
        .weight_block(d1_back_block), .weight_row(d1_back_row),
        .weight_column(d1_back_column), .weight_cells(d1_write_cells),
        .weight_changed(d1_write_changed), .counters(e1_back_counters)
    );

    // gradients
    gradient_engine #(
        .STEPS_Y         (1),
        .STEPS_X         (1),
        .WINDOW_CHANNELS (2),
        .WINDOW_BITS     (16),
        .WINDOW_SIGNED   (1),
        .WINDOW_HEIGHT   (2),
        .WINDOW_WIDTH    (2),
        .WINDOW_ROWS     (4),
        .ADVANCE_Y       (1),
        .ADVANCE_X       (1),
        .WINDOW_Y        (2),
        .WINDOW_X        (2),
        .ORIGIN_Y        (0),
        .ORIGIN_X        (0),
        .SPREAD_Y        (1),
        .SPREAD_X        (1),
        .BLOCK_CHANNELS  (1),
        .BLOCK_BITS      (16),
        .BLOCK_SIGNED    (1),
        .BLOCK_HEIGHT    (1),
        .BLOCK_WIDTH     (1),
        .BLOCK_ROWS      (2),
        .BLOCK_Y         (1),
        .BLOCK_X         (1),
        .STRETCH_Y       (1),
        .STRETCH_X       (1),
        .GROUPS          (1),
        .KERNELS         (4),
        .PAIRS           (4),
        .PAIR_WINDOW_Y   ({16'd1, 16'd1, 16'd0, 16'd0}),
        .PAIR_WINDOW_X   ({16'd1, 16'd0, 16'd1, 16'd0}),
        .PAIR_BLOCK_Y    ({16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_BLOCK_X    ({16'd0, 16'd0, 16'd0, 16'd0}),
        .PAIR_KERNELS    ({16'd3, 16'd2, 16'd1, 16'd0}),
        .SKIP            (1),
        .LANES           (2),
        .ACC_BITS        (34),
        .ERROR_IN_WINDOW (0),
        .BIAS_SETS       (1)
    ) e1_gradient (
        .clk(clk), .reset(reset), .enable(1'b1), .running(busy), .cycle(cycle), .batch(32'd2),
        .window_valid(e1_kept_valid[0]), .window_ready(e1_kept_ready[0]),
        .window_data(e1_kept_data[0+:32]),
        .block_valid(e1_errors_valid[0]), .block_ready(e1_errors_ready[0]), .block_data(e1_error_data),
        .out_valid(e1_gradient_valid), .out_ready(e1_gradient_ready), .out_data(e1_gradient_data),
        .out_last(e1_gradient_last), .counters(e1_gradient_counters)
    );
    assign worked[5*33+:33] = e1_gradient_counters[14*64+:33];
    assign offered[5]       = e1_gradient_valid;

    // ---- state --------------------------------------------------------------------------------------------------
    wire [LEARNERS*48-1:0] states;
    assign states[0*48+:48] = g0_state;
    assign states[1*48+:48] = g1_state;
    assign states[2*48+:48] = d0_state;
    assign states[3*48+:48] = d1_state;
    assign state_data = states[state_layer*48+:48];

    always @* begin
        case (state_layer)
            8'd0: state_scales = {g0_rounding, 1'b0, g0_error_maximum, 1'b0, g0_maximum};
            8'd1: state_scales = {g1_rounding, 1'b0, g1_error_maximum, 1'b0, g1_maximum};
            8'd2: state_scales = {d0_rounding, 1'b0, d0_error_maximum, 1'b0, d0_maximum};
            8'd3: state_scales = {d1_rounding, 1'b0, d1_error_maximum, 1'b0, d1_maximum};
            default: state_scales = 192'd0;
        endcase
    end

    wire g0_unused = &{1'b0, g0_forward_counters, g0_back_counters, g0_gradient_counters,
        g0_gradient_last, g0_error_largest};
    wire g1_unused = &{1'b0, g1_forward_counters, g1_back_counters, g1_gradient_counters,
        g1_gradient_last, g1_error_largest};
    wire d0_unused = &{1'b0, d0_forward_counters, d0_back_counters, d0_gradient_counters,
        d0_gradient_last, d0_error_largest};
    wire d1_unused = &{1'b0, d1_forward_counters, d1_back_counters, d1_gradient_counters,
        d1_gradient_last, d1_error_largest};
    wire e0_unused = &{1'b0, e0_forward_counters, e0_back_counters, e0_gradient_counters,
        e0_gradient_last, e0_error_largest};
    wire e1_unused = &{1'b0, e1_forward_counters, e1_back_counters, e1_gradient_counters,
        e1_gradient_last, e1_error_largest};
    wire g0_unused_own = &{1'b0, g0_out_exponent, g0_error_scale_exponent, g0_update_busy};
    wire g1_unused_own = &{1'b0, g1_out_exponent, g1_error_scale_exponent, g1_update_busy};
    wire d0_unused_own = &{1'b0, d0_out_exponent, d0_error_scale_exponent, d0_update_busy};
    wire d1_unused_own = &{1'b0, d1_out_exponent, d1_error_scale_exponent, d1_update_busy};
    wire unused = &{1'b0, state_index};

    // ---- report: what a step gave -------------------------------------------------------------------------------
    always @* begin
        case (report_place)
            16'd0:   report_data = cycle;                          // cycles
            16'd1:   report_data = 64'(judging_cycles);            // judging
            16'd2:   report_data = 64'(deceiving_cycles);          // deceiving
            16'd3:   report_data = real_loss;                      // realLoss
            16'd4:   report_data = fake_loss;                      // fakeLoss
            16'd5:   report_data = generator_loss;                 // generatorLoss
            16'd6:   report_data = 64'(loss_saturated);            // lossSaturated
            16'd7:   report_data = 64'(g0_maximum);                // g0.maximum
            16'd8:   report_data = 64'(g0_error_maximum);          // g0.errorMaximum
            16'd9:   report_data = g0_rounding;                    // g0.rounding
            16'd10:  report_data = g0_update_counters[0+:64];      // g0.update.cellWrites
            16'd11:  report_data = g0_update_counters[64+:64];     // g0.update.skippedCells
            16'd12:  report_data = g0_update_counters[128+:64];    // g0.update.saturatedMomenta
            16'd13:  report_data = g0_update_counters[192+:64];    // g0.update.saturatedWeights
            16'd14:  report_data = 64'(g0_saturated);              // g0.saturated
            16'd15:  report_data = 64'(g0_error_saturated);        // g0.errorSaturated
            16'd16:  report_data = 64'(g0_written);                // g0.written
            16'd17:  report_data = 64'(g0_read);                   // g0.read
            16'd18:  report_data = 64'(g0_peak);                   // g0.peak
            16'd19:  report_data = g0_forward_counters[0+:64];     // g0.forward.busy
            16'd20:  report_data = g0_forward_counters[64+:64];    // g0.forward.starved
            16'd21:  report_data = g0_forward_counters[128+:64];   // g0.forward.stalled
            16'd22:  report_data = g0_forward_counters[192+:64];   // g0.forward.arrayReads
            16'd23:  report_data = g0_forward_counters[896+:64];   // g0.forward.firstRead
            16'd24:  report_data = g0_forward_counters[960+:64];   // g0.forward.lastRead
            16'd25:  report_data = g0_gradient_counters[0+:64];    // g0.gradient.clearing
            16'd26:  report_data = g0_gradient_counters[64+:64];   // g0.gradient.busy
            16'd27:  report_data = g0_gradient_counters[128+:64];  // g0.gradient.starved
            16'd28:  report_data = g0_gradient_counters[192+:64];  // g0.gradient.reading
            16'd29:  report_data = g0_gradient_counters[256+:64];  // g0.gradient.products
            16'd30:  report_data = 64'(g1_maximum);                // g1.maximum
            16'd31:  report_data = 64'(g1_error_maximum);          // g1.errorMaximum
            16'd32:  report_data = g1_rounding;                    // g1.rounding
            16'd33:  report_data = g1_update_counters[0+:64];      // g1.update.cellWrites
            16'd34:  report_data = g1_update_counters[64+:64];     // g1.update.skippedCells
            16'd35:  report_data = g1_update_counters[128+:64];    // g1.update.saturatedMomenta
            16'd36:  report_data = g1_update_counters[192+:64];    // g1.update.saturatedWeights
            16'd37:  report_data = 64'(g1_saturated);              // g1.saturated
            16'd38:  report_data = 64'(g1_error_saturated);        // g1.errorSaturated
            16'd39:  report_data = 64'(g1_written);                // g1.written
            16'd40:  report_data = 64'(g1_read);                   // g1.read
            16'd41:  report_data = 64'(g1_peak);                   // g1.peak
            16'd42:  report_data = g1_forward_counters[0+:64];     // g1.forward.busy
            16'd43:  report_data = g1_forward_counters[64+:64];    // g1.forward.starved
            16'd44:  report_data = g1_forward_counters[128+:64];   // g1.forward.stalled
            16'd45:  report_data = g1_forward_counters[192+:64];   // g1.forward.arrayReads
            16'd46:  report_data = g1_forward_counters[896+:64];   // g1.forward.firstRead
            16'd47:  report_data = g1_forward_counters[960+:64];   // g1.forward.lastRead
            16'd48:  report_data = g1_gradient_counters[0+:64];    // g1.gradient.clearing
            16'd49:  report_data = g1_gradient_counters[64+:64];   // g1.gradient.busy
            16'd50:  report_data = g1_gradient_counters[128+:64];  // g1.gradient.starved
            16'd51:  report_data = g1_gradient_counters[192+:64];  // g1.gradient.reading
            16'd52:  report_data = g1_gradient_counters[256+:64];  // g1.gradient.products
            16'd53:  report_data = g1_back_counters[0+:64];        // g1.error.busy
            16'd54:  report_data = g1_back_counters[64+:64];       // g1.error.starved
            16'd55:  report_data = g1_back_counters[128+:64];      // g1.error.stalled
            16'd56:  report_data = g1_back_counters[192+:64];      // g1.error.arrayReads
            16'd57:  report_data = g1_back_counters[896+:64];      // g1.error.firstRead
            16'd58:  report_data = g1_back_counters[960+:64];      // g1.error.lastRead
            16'd59:  report_data = 64'(g1_signs_written);          // g1.signs.written
            16'd60:  report_data = 64'(g1_signs_read);             // g1.signs.read
            16'd61:  report_data = 64'(g1_signs_peak);             // g1.signs.peak
            16'd62:  report_data = 64'(d0_maximum);                // d0.maximum
            16'd63:  report_data = 64'(d0_error_maximum);          // d0.errorMaximum
            16'd64:  report_data = d0_rounding;                    // d0.rounding
            16'd65:  report_data = d0_update_counters[0+:64];      // d0.update.cellWrites
            16'd66:  report_data = d0_update_counters[64+:64];     // d0.update.skippedCells
            16'd67:  report_data = d0_update_counters[128+:64];    // d0.update.saturatedMomenta
            16'd68:  report_data = d0_update_counters[192+:64];    // d0.update.saturatedWeights
            16'd69:  report_data = 64'(d0_saturated);              // d0.saturated
            16'd70:  report_data = 64'(d0_error_saturated);        // d0.errorSaturated
            16'd71:  report_data = 64'(d0_written);                // d0.written
            16'd72:  report_data = 64'(d0_read);                   // d0.read
            16'd73:  report_data = 64'(d0_peak);                   // d0.peak
            16'd74:  report_data = d0_forward_counters[0+:64];     // d0.forward.busy
            16'd75:  report_data = d0_forward_counters[64+:64];    // d0.forward.starved
            16'd76:  report_data = d0_forward_counters[128+:64];   // d0.forward.stalled
            16'd77:  report_data = d0_forward_counters[192+:64];   // d0.forward.arrayReads
            16'd78:  report_data = d0_forward_counters[896+:64];   // d0.forward.firstRead
            16'd79:  report_data = d0_forward_counters[960+:64];   // d0.forward.lastRead
            16'd80:  report_data = d0_gradient_counters[0+:64];    // d0.gradient.clearing
            16'd81:  report_data = d0_gradient_counters[64+:64];   // d0.gradient.busy
            16'd82:  report_data = d0_gradient_counters[128+:64];  // d0.gradient.starved
            16'd83:  report_data = d0_gradient_counters[192+:64];  // d0.gradient.reading
            16'd84:  report_data = d0_gradient_counters[256+:64];  // d0.gradient.products
            16'd85:  report_data = 64'(d1_maximum);                // d1.maximum
            16'd86:  report_data = 64'(d1_error_maximum);          // d1.errorMaximum
            16'd87:  report_data = d1_rounding;                    // d1.rounding
            16'd88:  report_data = d1_update_counters[0+:64];      // d1.update.cellWrites
            16'd89:  report_data = d1_update_counters[64+:64];     // d1.update.skippedCells
            16'd90:  report_data = d1_update_counters[128+:64];    // d1.update.saturatedMomenta
            16'd91:  report_data = d1_update_counters[192+:64];    // d1.update.saturatedWeights
            16'd92:  report_data = 64'(d1_saturated);              // d1.saturated
            16'd93:  report_data = 64'(d1_error_saturated);        // d1.errorSaturated
            16'd94:  report_data = 64'(d1_written);                // d1.written
            16'd95:  report_data = 64'(d1_read);                   // d1.read
            16'd96:  report_data = 64'(d1_peak);                   // d1.peak
            16'd97:  report_data = d1_forward_counters[0+:64];     // d1.forward.busy
            16'd98:  report_data = d1_forward_counters[64+:64];    // d1.forward.starved
            16'd99:  report_data = d1_forward_counters[128+:64];   // d1.forward.stalled
            16'd100: report_data = d1_forward_counters[192+:64];   // d1.forward.arrayReads
            16'd101: report_data = d1_forward_counters[896+:64];   // d1.forward.firstRead
            16'd102: report_data = d1_forward_counters[960+:64];   // d1.forward.lastRead
            16'd103: report_data = d1_gradient_counters[0+:64];    // d1.gradient.clearing
            16'd104: report_data = d1_gradient_counters[64+:64];   // d1.gradient.busy
            16'd105: report_data = d1_gradient_counters[128+:64];  // d1.gradient.starved
            16'd106: report_data = d1_gradient_counters[192+:64];  // d1.gradient.reading
            16'd107: report_data = d1_gradient_counters[256+:64];  // d1.gradient.products
            16'd108: report_data = d1_back_counters[0+:64];        // d1.error.busy
            16'd109: report_data = d1_back_counters[64+:64];       // d1.error.starved
            16'd110: report_data = d1_back_counters[128+:64];      // d1.error.stalled
            16'd111: report_data = d1_back_counters[192+:64];      // d1.error.arrayReads
            16'd112: report_data = d1_back_counters[896+:64];      // d1.error.firstRead
            16'd113: report_data = d1_back_counters[960+:64];      // d1.error.lastRead
            16'd114: report_data = 64'(d1_signs_written);          // d1.signs.written
            16'd115: report_data = 64'(d1_signs_read);             // d1.signs.read
            16'd116: report_data = 64'(d1_signs_peak);             // d1.signs.peak
            16'd117: report_data = 64'(e0_saturated);              // e0.saturated
            16'd118: report_data = 64'(e0_error_saturated);        // e0.errorSaturated
            16'd119: report_data = 64'(e0_written);                // e0.written
            16'd120: report_data = 64'(e0_read);                   // e0.read
            16'd121: report_data = 64'(e0_peak);                   // e0.peak
            16'd122: report_data = e0_forward_counters[0+:64];     // e0.forward.busy
            16'd123: report_data = e0_forward_counters[64+:64];    // e0.forward.starved
            16'd124: report_data = e0_forward_counters[128+:64];   // e0.forward.stalled
            16'd125: report_data = e0_forward_counters[192+:64];   // e0.forward.arrayReads
            16'd126: report_data = e0_forward_counters[896+:64];   // e0.forward.firstRead
            16'd127: report_data = e0_forward_counters[960+:64];   // e0.forward.lastRead
            16'd128: report_data = e0_gradient_counters[0+:64];    // e0.gradient.clearing
            16'd129: report_data = e0_gradient_counters[64+:64];   // e0.gradient.busy
            16'd130: report_data = e0_gradient_counters[128+:64];  // e0.gradient.starved
            16'd131: report_data = e0_gradient_counters[192+:64];  // e0.gradient.reading
            16'd132: report_data = e0_gradient_counters[256+:64];  // e0.gradient.products
            16'd133: report_data = e0_back_counters[0+:64];        // e0.error.busy
            16'd134: report_data = e0_back_counters[64+:64];       // e0.error.starved
            16'd135: report_data = e0_back_counters[128+:64];      // e0.error.stalled
            16'd136: report_data = e0_back_counters[192+:64];      // e0.error.arrayReads
            16'd137: report_data = e0_back_counters[896+:64];      // e0.error.firstRead
            16'd138: report_data = e0_back_counters[960+:64];      // e0.error.lastRead
            16'd139: report_data = 64'(e1_saturated);              // e1.saturated
            16'd140: report_data = 64'(e1_error_saturated);        // e1.errorSaturated
            16'd141: report_data = 64'(e1_written);                // e1.written
            16'd142: report_data = 64'(e1_read);                   // e1.read
            16'd143: report_data = 64'(e1_peak);                   // e1.peak
            16'd144: report_data = e1_forward_counters[0+:64];     // e1.forward.busy
            16'd145: report_data = e1_forward_counters[64+:64];    // e1.forward.starved
            16'd146: report_data = e1_forward_counters[128+:64];   // e1.forward.stalled
            16'd147: report_data = e1_forward_counters[192+:64];   // e1.forward.arrayReads
            16'd148: report_data = e1_forward_counters[896+:64];   // e1.forward.firstRead
            16'd149: report_data = e1_forward_counters[960+:64];   // e1.forward.lastRead
            16'd150: report_data = e1_gradient_counters[0+:64];    // e1.gradient.clearing
            16'd151: report_data = e1_gradient_counters[64+:64];   // e1.gradient.busy
            16'd152: report_data = e1_gradient_counters[128+:64];  // e1.gradient.starved
            16'd153: report_data = e1_gradient_counters[192+:64];  // e1.gradient.reading
            16'd154: report_data = e1_gradient_counters[256+:64];  // e1.gradient.products
            16'd155: report_data = e1_back_counters[0+:64];        // e1.error.busy
            16'd156: report_data = e1_back_counters[64+:64];       // e1.error.starved
            16'd157: report_data = e1_back_counters[128+:64];      // e1.error.stalled
            16'd158: report_data = e1_back_counters[192+:64];      // e1.error.arrayReads
            16'd159: report_data = e1_back_counters[896+:64];      // e1.error.firstRead
            16'd160: report_data = e1_back_counters[960+:64];      // e1.error.lastRead
            16'd161: report_data = 64'(e1_signs_written);          // e1.signs.written
            16'd162: report_data = 64'(e1_signs_read);             // e1.signs.read
            16'd163: report_data = 64'(e1_signs_peak);             // e1.signs.peak
            default: report_data = 64'd0;
        endcase
    end
endmodule
`default_nettype wire
