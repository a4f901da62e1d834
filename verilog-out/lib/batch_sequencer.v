// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// batch_sequencer: the order of a training step.
//
//   JUDGE    latents through the generator; real and generated images through the discriminator and back
//   UPDATE_D the discriminator's gradients are read out, its parameters and cells updated
//   DECEIVE  generated images through the updated discriminator, back through it and the generator
//   UPDATE_G the generator's gradients are read out, its parameters and cells updated
//   ADVANCE  the maxima take in those of this step
//
// With SHARED, generated images are judged once, and their errors go on through the generator: after JUDGE, both
// networks are updated at the same time.
//
// Without PIPELINED an image enters once the one before is through with all work. An update begins when every gradient
// engine of its network offers its sums, for then nothing reads its cells any more.
`default_nettype none
module batch_sequencer #(
    parameter PIPELINED     = 1,  // 1: images follow one another as handshakes let them
    parameter SHARED        = 0,  // 1: generated images are judged once
    parameter SPATIAL       = 0,  // 1: two copies of the discriminator, for real and for generated images
    parameter GENERATOR     = 1,  // layers of the generator
    parameter DISCRIMINATOR = 1   // gradient engines of the discriminator, of all copies
) (
    input  wire                        clk,
    input  wire                        reset,
    input  wire                        start,            // a training step, while not busy
    input  wire [15:0]                 batch,            // images of a batch
    output wire                        busy,             // until the step ends, or memories are cleared after reset
    output reg                         done,             // the step ends, for one cycle
    output wire                        clear,            // a step begins: its counts start anew
    output wire                        advance,          // the maxima take in those of the step
    // images
    output wire [15:0]                 latents_allowed,  // that may have entered the generator
    output wire [15:0]                 images_allowed,   // that may have entered the discriminator
    input  wire [15:0]                 generated,        // images that have left the generator
    output wire                        judging,
    output wire                        deceiving,
    // gradient engines of the generator, then of the discriminator: {work to do, frames whose steps have begun[31:0]}
    input  wire [(GENERATOR+DISCRIMINATOR)*33-1:0] worked,
    input  wire [GENERATOR+DISCRIMINATOR-1:0]      offered,  // sums are offered
    input  wire [GENERATOR+DISCRIMINATOR-1:0]      updated,  // all parameters since the sums were offered
    output wire                        update_generator,     // sums may be taken
    output wire                        update_discriminator
);
    localparam LAYERS = GENERATOR + DISCRIMINATOR;
    localparam [2:0] IDLE     = 3'd0;
    localparam [2:0] JUDGE    = 3'd1;
    localparam [2:0] UPDATE_D = 3'd2;
    localparam [2:0] DECEIVE  = 3'd3;
    localparam [2:0] UPDATE_G = 3'd4;
    localparam [2:0] ADVANCE  = 3'd5;
    localparam [2:0] SETTLE   = 3'd6;

    reg  [2:0]  state;
    reg  [15:0] latents, images;  // that may have entered, without PIPELINED
    wire [15:0] both     = batch << 1;
    wire [15:0] all      = both + batch;
    wire        offers_g = (offered[GENERATOR-1:0] == {GENERATOR{1'b1}});
    wire        offers_d = (offered[LAYERS-1:GENERATOR] == {DISCRIMINATOR{1'b1}});
    wire        ends_g   = (updated[GENERATOR-1:0] == {GENERATOR{1'b1}});
    wire        ends_d   = (updated[LAYERS-1:GENERATOR] == {DISCRIMINATOR{1'b1}});

    // Between two steps a gradient engine works only while it clears its accumulators after reset.
    reg clearing;
    always @* begin : find_clearing
        integer i;
        clearing = 1'b0;
        for (i = 0; i < LAYERS; i = i + 1) if (worked[i*33+32] && state == IDLE) clearing = 1'b1;
    end

    assign busy      = (state != IDLE) || clearing;
    assign clear     = start && !busy;
    assign advance   = (state == ADVANCE);
    assign judging   = (state == JUDGE);
    assign deceiving = (state == DECEIVE);
    assign update_discriminator = (state == UPDATE_D);
    assign update_generator     = (state == UPDATE_G) || (SHARED != 0 && state == UPDATE_D);

    always @(posedge clk) begin
        if (reset) state <= IDLE;
        else
            case (state)
                IDLE:     if (clear) state <= JUDGE;
                JUDGE:    if (offers_d && (offers_g || SHARED == 0)) state <= UPDATE_D;
                UPDATE_D: if (ends_d && (ends_g || SHARED == 0)) state <= (SHARED != 0) ? ADVANCE : DECEIVE;
                DECEIVE:  if (offers_g) state <= UPDATE_G;
                UPDATE_G: if (ends_g) state <= ADVANCE;
                ADVANCE:  state <= SETTLE;
                default:  state <= IDLE;
            endcase
    end
    always @(posedge clk) done <= !reset && (state == SETTLE);

    // ---- one image at a time ------------------------------------------------------------------------------------
    // The generator's gradient engines must have done those images that came after the judged ones, or, with SHARED,
    // after the real ones. The second copy of the discriminator judges those after the real ones.
    localparam FIRST_COPY = GENERATOR + ((SPATIAL != 0) ? DISCRIMINATOR / 2 : DISCRIMINATOR);
    wire [15:0] real_images      = (images < batch) ? images : batch;
    wire [15:0] generated_images = images - real_images;
    wire [15:0] wanted_first     = (state != JUDGE) ? 16'd0 : (SPATIAL != 0) ? real_images : images;
    wire [15:0] wanted_second    = (state != JUDGE) ? 16'd0 : generated_images;
    wire [15:0] wanted_generator = (SHARED != 0) ? generated_images : (images > both) ? images - both : 16'd0;
    reg         quiet;  // all gradient engines are through with what has entered
    always @* begin : find_quiet
        integer i;
        reg [15:0] wanted;
        quiet = 1'b1;
        for (i = 0; i < LAYERS; i = i + 1) begin
            wanted = (i < GENERATOR) ? wanted_generator : (i < FIRST_COPY) ? wanted_first : wanted_second;
            if (worked[i*33+32] || worked[i*33+:32] < {16'd0, wanted}) quiet = 1'b0;
        end
    end
    wire next_latent = (state == JUDGE) && (latents != batch) && (generated == latents);
    wire next_image  = (SHARED != 0 || generated == batch) && quiet
                    && ((state == JUDGE && images < both) || (state == DECEIVE && images < all));

    always @(posedge clk) begin
        if (reset || clear) begin
            latents <= 16'd0;
            images  <= 16'd0;
        end else begin
            if (next_latent) latents <= latents + 16'd1;
            if (next_image) images <= images + 16'd1;
        end
    end
    assign latents_allowed = (PIPELINED != 0) ? batch : (SHARED != 0) ? generated_images : latents;
    assign images_allowed  = (PIPELINED == 0) ? images : (state == DECEIVE) ? all : both;
endmodule
`default_nettype wire
