// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// tiny_parallel_gan_trainer_top: trains a generator of 2 layers from 2x1x1 to 1x4x4 and a discriminator of 2
//
// Latents and real images in and the state out by AXI4-Stream (pixels in raster order, channel 0 in the least
// significant bits), registers by AXI4-Lite (map: trainer_csr.v). Images may be sent before the step that takes them.
// With beats as wide as a pixel, the streams keep up with the machine; narrower ones may make a step longer.
`default_nettype none
module tiny_parallel_gan_trainer_top #(
    parameter LATENT_STREAM_BITS = 32,  // bits of a beat of the latents
    parameter REAL_STREAM_BITS   = 16,  // bits of a beat of the real images
    parameter STATE_STREAM_BITS  = 64  // bits of a beat of the state
) (
    input  wire                           aclk,
    input  wire                           aresetn,              // synchronous, active low
    // latents, 2 for a step
    input  wire [LATENT_STREAM_BITS-1:0]  s_axis_latent_tdata,
    input  wire                           s_axis_latent_tvalid,
    output wire                           s_axis_latent_tready,
    input  wire                           s_axis_latent_tlast,  // last beat of a latent; a wrong one sets an error bit
    // real images, 2 for a step
    input  wire [REAL_STREAM_BITS-1:0]    s_axis_real_tdata,
    input  wire                           s_axis_real_tvalid,
    output wire                           s_axis_real_tready,
    input  wire                           s_axis_real_tlast,    // last beat of an image; a wrong one sets an error bit
    // state, on command; words of 64 bits: state_sender.v
    output wire [STATE_STREAM_BITS-1:0]   m_axis_state_tdata,
    output wire [STATE_STREAM_BITS/8-1:0] m_axis_state_tkeep,
    output wire                           m_axis_state_tvalid,
    input  wire                           m_axis_state_tready,
    output wire                           m_axis_state_tlast,   // last beat of the state
    // registers
    input  wire [15:0]                    s_axil_awaddr,
    input  wire                           s_axil_awvalid,
    output wire                           s_axil_awready,
    input  wire [31:0]                    s_axil_wdata,
    input  wire [3:0]                     s_axil_wstrb,
    input  wire                           s_axil_wvalid,
    output wire                           s_axil_wready,
    output wire [1:0]                     s_axil_bresp,
    output wire                           s_axil_bvalid,
    input  wire                           s_axil_bready,
    input  wire [15:0]                    s_axil_araddr,
    input  wire                           s_axil_arvalid,
    output wire                           s_axil_arready,
    output wire [31:0]                    s_axil_rdata,
    output wire [1:0]                     s_axil_rresp,
    output wire                           s_axil_rvalid,
    input  wire                           s_axil_rready,
    output wire                           irq                   // a step has ended
);
    localparam LAYERS       = 4;
    localparam REPORT_WORDS = 164;

    reg reset;
    always @(posedge aclk) reset <= !aresetn;

    // ---- registers ----------------------------------------------------------------------------------------------
    wire                       start, running, busy, done, send, sending;
    wire [14:0]                momentum, decay, rate;
    wire signed [6:0]          decay_shift;
    wire [6:0]                 rate_shift;
    wire                       load_maximum, load_parameters, load_rounding;
    wire [7:0]                 load_place;
    wire [63:0]                load_data;
    wire [15:0]                report_place;
    wire [63:0]                report_data;
    wire                       latent_misaligned, real_misaligned;

    trainer_csr #(.LAYERS(LAYERS), .REPORT_WORDS(REPORT_WORDS)) csr (
        .clk(aclk), .reset(reset),
        .awaddr(s_axil_awaddr), .awvalid(s_axil_awvalid), .awready(s_axil_awready),
        .wdata(s_axil_wdata), .wstrb(s_axil_wstrb), .wvalid(s_axil_wvalid), .wready(s_axil_wready),
        .bresp(s_axil_bresp), .bvalid(s_axil_bvalid), .bready(s_axil_bready),
        .araddr(s_axil_araddr), .arvalid(s_axil_arvalid), .arready(s_axil_arready),
        .rdata(s_axil_rdata), .rresp(s_axil_rresp), .rvalid(s_axil_rvalid), .rready(s_axil_rready),
        .start(start), .running(running), .machine_busy(busy), .machine_done(done), .irq(irq),
        .misaligned(latent_misaligned || real_misaligned),
        .momentum(momentum), .decay(decay), .decay_shift(decay_shift), .rate(rate), .rate_shift(rate_shift),
        .load_maximum(load_maximum), .load_parameters(load_parameters), .load_rounding(load_rounding),
        .load_place(load_place), .load_data(load_data), .send(send), .sending(sending),
        .report_place(report_place), .report_data(report_data)
    );

    // ---- images: they enter while a step runs ---------------------------------------------------------------------
    wire latent_valid, latent_ready, real_valid, real_ready;
    wire [32-1:0] latent_data;
    wire [16-1:0] real_data;

    stream_unpack #(
        .STREAM_BITS(LATENT_STREAM_BITS), .PIXEL_BITS(32), .PIXELS(1)
    ) latent_unpack (
        .clk(aclk), .reset(reset), .enable(1'b1),
        .beat_valid(s_axis_latent_tvalid), .beat_ready(s_axis_latent_tready), .beat_data(s_axis_latent_tdata),
        .beat_last(s_axis_latent_tlast), .misaligned(latent_misaligned),
        .pixel_valid(latent_valid), .pixel_ready(latent_ready && running), .pixel_data(latent_data)
    );
    stream_unpack #(
        .STREAM_BITS(REAL_STREAM_BITS), .PIXEL_BITS(16), .PIXELS(16)
    ) real_unpack (
        .clk(aclk), .reset(reset), .enable(1'b1),
        .beat_valid(s_axis_real_tvalid), .beat_ready(s_axis_real_tready), .beat_data(s_axis_real_tdata),
        .beat_last(s_axis_real_tlast), .misaligned(real_misaligned),
        .pixel_valid(real_valid), .pixel_ready(real_ready && running), .pixel_data(real_data)
    );

    // ---- machine ------------------------------------------------------------------------------------------------
    wire         state_read;
    wire [7:0]   state_layer;
    wire [31:0]  state_index;
    wire [47:0]  state_data;
    wire [191:0] state_scales;

    tiny_parallel_gan_trainer machine (
        .clk(aclk), .reset(reset), .start(start), .busy(busy), .done(done), .momentum(momentum), .decay(decay),
        .decay_shift(decay_shift), .rate(rate), .rate_shift(rate_shift),
        .latent_valid(latent_valid && running), .latent_ready(latent_ready), .latent_data(latent_data),
        .real_valid(real_valid && running), .real_ready(real_ready), .real_data(real_data),
        .load_maximum(load_maximum), .load_parameters(load_parameters), .load_rounding(load_rounding),
        .load_place(load_place), .load_data(load_data), .state_read(state_read), .state_layer(state_layer),
        .state_index(state_index), .state_data(state_data), .state_scales(state_scales), .report_place(report_place),
        .report_data(report_data)
    );

    // ---- state --------------------------------------------------------------------------------------------------
    wire                  word_valid, word_ready;
    wire [63:0]           word_data;

    state_sender #(.LAYERS(LAYERS), .PARAMETERS({
        32'd9,  // d1
        32'd34,  // d0
        32'd33,  // g1
        32'd18  // g0
    })) state_sender (
        .clk(aclk), .reset(reset), .send(send), .busy(sending),
        .state_read(state_read), .state_layer(state_layer), .state_index(state_index), .state_data(state_data),
        .scales(state_scales), .word_valid(word_valid), .word_ready(word_ready), .word_data(word_data)
    );
    stream_pack #(.STREAM_BITS(STATE_STREAM_BITS), .PIXEL_BITS(64), .PIXELS(106)) state_pack (
        .clk(aclk), .reset(reset),
        .pixel_valid(word_valid), .pixel_ready(word_ready), .pixel_data(word_data),
        .beat_valid(m_axis_state_tvalid), .beat_ready(m_axis_state_tready), .beat_data(m_axis_state_tdata),
        .beat_last(m_axis_state_tlast)
    );
    assign m_axis_state_tkeep = {(STATE_STREAM_BITS / 8) {1'b1}};
endmodule
`default_nettype wire
