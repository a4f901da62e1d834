// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// deconv_gradient_top: weight gradient of a transposed convolution, 9 steps, 2400 products, 400 cycles a frame
//
// One gradient_engine with its sizes. Streams are whole pixels and rows, as between the engines of a design.
`default_nettype none
module deconv_gradient_top (
    input  wire          clk,
    input  wire          reset,        // synchronous
    input  wire          enable,       // started
    input  wire          running,      // counters run
    input  wire [63:0]   cycle,        // number of this cycle
    input  wire [31:0]   batch,        // frames of a batch; constant while enabled
    input  wire          window_valid,
    output wire          window_ready,
    input  wire [31:0]   window_data,  // input 3x3x4 signed 8-bit
    input  wire          block_valid,
    output wire          block_ready,
    input  wire [47:0]   block_data,   // error 6x6x6 signed 8-bit
    output wire          out_valid,
    input  wire          out_ready,
    output wire [131:0]  out_data,     // 6 weights or 1 bias, signed 22-bit
    output wire          out_last,     // last beat of a batch
    output wire [1023:0] counters      // list: gradient_engine.v
);
    gradient_engine #(
        .STEPS_Y         (3),
        .STEPS_X         (3),
        .WINDOW_CHANNELS (4),
        .WINDOW_BITS     (8),
        .WINDOW_SIGNED   (1),
        .WINDOW_HEIGHT   (3),
        .WINDOW_WIDTH    (3),
        .WINDOW_ROWS     (4),
        .ADVANCE_Y       (1),
        .ADVANCE_X       (1),
        .WINDOW_Y        (3),
        .WINDOW_X        (3),
        .ORIGIN_Y        (-1),
        .ORIGIN_X        (-1),
        .SPREAD_Y        (1),
        .SPREAD_X        (1),
        .BLOCK_CHANNELS  (6),
        .BLOCK_BITS      (8),
        .BLOCK_SIGNED    (1),
        .BLOCK_HEIGHT    (6),
        .BLOCK_WIDTH     (6),
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
        .LANES           (6),
        .ACC_BITS        (22),
        .ERROR_IN_WINDOW (0),
        .BIAS_SETS       (1)
    ) gradient_engine (
        .clk(clk), .reset(reset), .enable(enable), .running(running), .cycle(cycle), .batch(batch),
        .window_valid(window_valid), .window_ready(window_ready), .window_data(window_data),
        .block_valid(block_valid), .block_ready(block_ready), .block_data(block_data),
        .out_valid(out_valid), .out_ready(out_ready), .out_data(out_data), .out_last(out_last), .counters(counters)
    );
endmodule
`default_nettype wire
