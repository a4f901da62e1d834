// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// weight_placer: where in the arrays of an engine the weights of a layer lie, one after another.
//
// Weights come as in memory: kernel index, output channel, input channel of the group innermost. Tables say where the
// weights of each kernel index begin; from there counters go on. In the arrays of the layer itself input channels lie
// on neighbouring word lines and output channels in neighbouring weight columns; TRANSPOSED, in the arrays that carry
// its errors back, it is the other way round. Groups have arrays of their own, or lie on the diagonal of one (PACKED).
`default_nettype none
module weight_placer #(
    parameter KERNELS       = 1,    // kernel indices
    parameter OUTPUTS       = 1,    // output channels of a group of the layer
    parameter INPUTS        = 1,    // input channels of a group of the layer
    parameter GROUPS        = 1,    // groups of the layer
    parameter PACKED        = 0,    // 1: all groups in one array
    parameter TRANSPOSED    = 0,    // 1: arrays that carry errors back
    parameter CROSSBAR_ROWS = 128,  // word lines of a crossbar, after which the next row block begins
    parameter [KERNELS*16-1:0] SUBKERNELS = 16'd0,  // by kernel index, where its first weight lies: sub-kernel,
    parameter [KERNELS*16-1:0] BLOCKS     = 16'd0,  // row block of the sub-kernel,
    parameter [KERNELS*16-1:0] ROWS       = 16'd0,  // word line of the row block,
    parameter [KERNELS*16-1:0] COLUMNS    = 16'd0   // weight column of the sub-kernel
) (
    input  wire        clk,
    input  wire        reset,      // to the first weight
    input  wire        advance,    // to the next weight; after the last one to the first
    output reg  [15:0] subkernel,  // output phase * groups with arrays of their own + group
    output reg  [15:0] block,      // row block of the sub-kernel
    output reg  [15:0] row,        // word line of the row block
    output reg  [15:0] column      // weight column of the sub-kernel
);
    localparam KERNEL_W = (KERNELS > 1) ? $clog2(KERNELS) : 1;
    localparam GROUP_W  = (GROUPS > 1) ? $clog2(GROUPS) : 1;
    localparam OUTPUT_W = (OUTPUTS > 1) ? $clog2(OUTPUTS) : 1;
    localparam INPUT_W  = (INPUTS > 1) ? $clog2(INPUTS) : 1;

    // ---- which weight -----------------------------------------------------------------------------------------------
    reg [KERNEL_W-1:0] kernel;
    reg [GROUP_W-1:0]  group;
    reg [OUTPUT_W-1:0] out;
    reg [INPUT_W-1:0]  in;
    wire last_in     = (in == INPUT_W'(INPUTS - 1));
    wire last_out    = (out == OUTPUT_W'(OUTPUTS - 1));
    wire last_group  = (group == GROUP_W'(GROUPS - 1));
    wire last_kernel = (kernel == KERNEL_W'(KERNELS - 1));
    wire group_ends  = last_in && last_out;
    wire kernel_ends = group_ends && last_group;
    wire [KERNEL_W-1:0] next_kernel = (reset || last_kernel) ? 0 : kernel + 1'b1;

    always @(posedge clk) begin
        if (reset) begin
            kernel <= 0;
            group  <= 0;
            out    <= 0;
            in     <= 0;
        end else if (advance) begin
            in <= last_in ? 0 : in + 1'b1;
            if (last_in) out <= last_out ? 0 : out + 1'b1;
            if (group_ends) group <= last_group ? 0 : group + 1'b1;
            if (kernel_ends) kernel <= next_kernel;
        end
    end

    // ---- where it lies ----------------------------------------------------------------------------------------------
    // The first place of the group's weights, to which the walk along inputs returns for each output.
    reg [15:0] first_block, first_row, first_column;
    wire        last_row    = (row == 16'(CROSSBAR_ROWS - 1));
    wire [15:0] next_block  = last_row ? block + 16'd1 : block;
    wire [15:0] next_row    = last_row ? 16'd0 : row + 16'd1;
    wire [15:0] next_column = column + 16'd1;

    always @(posedge clk) begin
        if (reset || (advance && kernel_ends)) begin
            subkernel    <= SUBKERNELS[next_kernel*16+:16];
            block        <= BLOCKS[next_kernel*16+:16];
            row          <= ROWS[next_kernel*16+:16];
            column       <= COLUMNS[next_kernel*16+:16];
            first_block  <= BLOCKS[next_kernel*16+:16];
            first_row    <= ROWS[next_kernel*16+:16];
            first_column <= COLUMNS[next_kernel*16+:16];
        end else if (advance && group_ends) begin
            subkernel    <= (PACKED != 0) ? subkernel : subkernel + 16'd1;
            block        <= (PACKED != 0) ? next_block : first_block;
            row          <= (PACKED != 0) ? next_row : first_row;
            column       <= (PACKED != 0) ? next_column : first_column;
            first_block  <= (PACKED != 0) ? next_block : first_block;
            first_row    <= (PACKED != 0) ? next_row : first_row;
            first_column <= (PACKED != 0) ? next_column : first_column;
        end else if (advance) begin
            if (TRANSPOSED != 0) begin
                column <= last_in ? first_column : next_column;
                block  <= last_in ? next_block : block;
                row    <= last_in ? next_row : row;
            end else begin
                column <= last_in ? next_column : column;
                block  <= last_in ? first_block : next_block;
                row    <= last_in ? first_row : next_row;
            end
        end
    end
endmodule
`default_nettype wire
