// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// tanh_table_top: 1 layer engine, 3x3x4 signed 8-bit to 6x6x2 signed 8-bit
//
// Data in and out by AXI4-Stream (pixels in raster order, channel 0 in the least significant bits), registers and
// programming by AXI4-Lite (map: csr.v). One layer_engine per layer, valid/ready between them.
`default_nettype none
module tanh_table_top #(
    parameter STREAM_BITS = 64  // bits of a beat of the data streams
) (
    input  wire                     aclk,
    input  wire                     aresetn,        // synchronous, active low
    // input frames
    input  wire [STREAM_BITS-1:0]   s_axis_tdata,
    input  wire                     s_axis_tvalid,
    output wire                     s_axis_tready,
    input  wire                     s_axis_tlast,   // last beat of a frame; a wrong one sets an error bit
    // output frames
    output wire [STREAM_BITS-1:0]   m_axis_tdata,
    output wire [STREAM_BITS/8-1:0] m_axis_tkeep,
    output wire                     m_axis_tvalid,
    input  wire                     m_axis_tready,
    output wire                     m_axis_tlast,   // last beat of a frame
    // registers
    input  wire [15:0]              s_axil_awaddr,
    input  wire                     s_axil_awvalid,
    output wire                     s_axil_awready,
    input  wire [31:0]              s_axil_wdata,
    input  wire [3:0]               s_axil_wstrb,
    input  wire                     s_axil_wvalid,
    output wire                     s_axil_wready,
    output wire [1:0]               s_axil_bresp,
    output wire                     s_axil_bvalid,
    input  wire                     s_axil_bready,
    input  wire [15:0]              s_axil_araddr,
    input  wire                     s_axil_arvalid,
    output wire                     s_axil_arready,
    output wire [31:0]              s_axil_rdata,
    output wire [1:0]               s_axil_rresp,
    output wire                     s_axil_rvalid,
    input  wire                     s_axil_rready,
    // run
    output wire                     irq,            // all frames have left
    output wire                     running,        // from cycle 0 until the last output beat
    output wire [63:0]              running_cycle   // number of this cycle
);
    localparam ENGINES = 1;

    reg reset;
    always @(posedge aclk) reset <= !aresetn;

    // ---- registers ----------------------------------------------------------------------------------------------
    wire                    started, misaligned;
    wire [ENGINES-1:0]      program_valid;
    wire [3:0]              program_kind;
    wire [15:0]             program_subkernel, program_block, program_line, program_word;
    wire [63:0]             program_data;
    wire [ENGINES*1024-1:0] counters;

    csr #(.ENGINES(ENGINES)) csr (
        .clk(aclk), .reset(reset),
        .awaddr(s_axil_awaddr), .awvalid(s_axil_awvalid), .awready(s_axil_awready),
        .wdata(s_axil_wdata), .wstrb(s_axil_wstrb), .wvalid(s_axil_wvalid), .wready(s_axil_wready),
        .bresp(s_axil_bresp), .bvalid(s_axil_bvalid), .bready(s_axil_bready),
        .araddr(s_axil_araddr), .arvalid(s_axil_arvalid), .arready(s_axil_arready),
        .rdata(s_axil_rdata), .rresp(s_axil_rresp), .rvalid(s_axil_rvalid), .rready(s_axil_rready),
        .started(started), .running(running), .cycle(running_cycle), .irq(irq),
        .output_beat(m_axis_tvalid && m_axis_tready), .output_last(m_axis_tlast), .misaligned(misaligned),
        .program_valid(program_valid), .program_kind(program_kind), .program_subkernel(program_subkernel),
        .program_block(program_block), .program_line(program_line), .program_word(program_word),
        .program_data(program_data), .counters(counters)
    );

    // ---- links: pixels between the engines ----------------------------------------------------------------------
    wire link_valid_0, link_ready_0;
    wire [31:0] link_data_0;  // 3x3x4 signed 8-bit
    wire link_valid_1, link_ready_1;
    wire [15:0] link_data_1;  // 6x6x2 signed 8-bit

    stream_unpack #(
        .STREAM_BITS(STREAM_BITS), .PIXEL_BITS(32), .PIXELS(9)
    ) stream_unpack (
        .clk(aclk), .reset(reset), .enable(started),
        .beat_valid(s_axis_tvalid), .beat_ready(s_axis_tready), .beat_data(s_axis_tdata),
        .beat_last(s_axis_tlast), .misaligned(misaligned),
        .pixel_valid(link_valid_0), .pixel_ready(link_ready_0), .pixel_data(link_data_0)
    );

    // ---- engines ------------------------------------------------------------------------------------------------
    // layer: transposed convolution, 9 steps of 8 cycles, 4 crossbars
    layer_engine #(
        .CHANNELS       (4),
        .INPUT_BITS     (8),
        .INPUT_SIGNED   (1),
        .IN_HEIGHT      (3),
        .IN_WIDTH       (3),
        .OUT_CHANNELS   (2),
        .OUT_BITS       (8),
        .OUT_SIGNED     (1),
        .OUT_HEIGHT     (6),
        .OUT_WIDTH      (6),
        .STEPS_Y        (3),
        .ADVANCE_Y      (1),
        .WINDOW_Y       (3),
        .ORIGIN_Y       (-1),
        .STRETCH_Y      (1),
        .STEPS_X        (3),
        .ADVANCE_X      (1),
        .WINDOW_X       (3),
        .ORIGIN_X       (-1),
        .STRETCH_X      (1),
        .PHASES         (4),
        .BLOCK_Y        (2),
        .BLOCK_X        (2),
        .BLOCKS_X       (3),
        .LANES          (1),
        .OVERLAP        (0),
        .LINE_ROWS      (4),
        .RASTER_BLOCKS  (6),
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
        .CROSSBAR_ROWS  (32),
        .CROSSBAR_COLS  (16),
        .WEIGHT_BITS    (8),
        .CELL_BITS      (2),
        .VALUE_BITS     (2),
        .FRACTION_BITS  (0),
        .DIFFERENTIAL   (0),
        .LINES          (4),
        .ADC_BITS       (7),
        .ADC_LSB        (0),
        .ADC_OFFSETS    (0),
        .ADC_SHARE      (1),
        .ACC_BITS       (22),
        .SCALE_SETS     (1),
        .Q_BITS         (8),
        .EXACT          (0),
        .FINISH         (2),
        .IMAGES         ("/tanh_table_engine0")
    ) engine_0_layer (
        .clk(aclk), .reset(reset), .enable(started), .running(running), .cycle(running_cycle),
        .in_valid(link_valid_0), .in_ready(link_ready_0), .in_data(link_data_0),
        .out_valid(link_valid_1), .out_ready(link_ready_1), .out_data(link_data_1),
        .program_valid(program_valid[0]), .program_kind(program_kind),
        .program_subkernel(program_subkernel), .program_block(program_block), .program_line(program_line),
        .program_word(program_word), .program_data(program_data),
        .weight_valid(1'b0), .weight_subkernel(16'd0), .weight_block(16'd0), .weight_row(16'd0),
        .weight_column(16'd0), .weight_cells(8'd0), .weight_changed(4'd0),
        .counters(counters[0*1024+:1024])
    );

    stream_pack #(
        .STREAM_BITS(STREAM_BITS), .PIXEL_BITS(16), .PIXELS(36)
    ) stream_pack (
        .clk(aclk), .reset(reset),
        .pixel_valid(link_valid_1), .pixel_ready(link_ready_1),
        .pixel_data(link_data_1),
        .beat_valid(m_axis_tvalid), .beat_ready(m_axis_tready), .beat_data(m_axis_tdata),
        .beat_last(m_axis_tlast)
    );
    assign m_axis_tkeep = {(STREAM_BITS / 8) {1'b1}};
endmodule
`default_nettype wire
