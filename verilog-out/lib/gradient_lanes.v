// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// gradient_lanes: the products of a step, LANES per cycle, each with the address of its accumulator.
//
// The products of the chosen pairs follow each other; those of a pair run over the channels of its block pixel and, for
// each, over the channels of its window pixel that are in the same group. That is the order of the weights of a kernel
// index. A lane finds its product by adding digits: no division.
`default_nettype none
module gradient_lanes #(
    parameter WINDOW_CHANNELS = 1,  // channels of a window pixel
    parameter WINDOW_BITS     = 8,  // bits of a word
    parameter WINDOW_SIGNED   = 0,  // 1: words are signed
    parameter WINDOW_Y        = 1,  // rows of the window
    parameter WINDOW_X        = 1,  // columns of the window
    parameter BLOCK_CHANNELS  = 1,  // channels of a block pixel
    parameter BLOCK_BITS      = 8,  // bits of a word
    parameter BLOCK_SIGNED    = 1,  // 1: words are signed
    parameter BLOCK_Y         = 1,  // rows of the block
    parameter BLOCK_X         = 1,  // columns of the block
    parameter GROUPS          = 1,  // channel groups
    parameter PAIRS           = 1,  // pairs of pixels of a step
    parameter [PAIRS*16-1:0] PAIR_WINDOW_Y = 16'd0,  // row of the window, of each pair
    parameter [PAIRS*16-1:0] PAIR_WINDOW_X = 16'd0,  // column of the window
    parameter [PAIRS*16-1:0] PAIR_BLOCK_Y  = 16'd0,  // row of the block
    parameter [PAIRS*16-1:0] PAIR_BLOCK_X  = 16'd0,  // column of the block
    parameter [PAIRS*16-1:0] PAIR_KERNELS  = 16'd0,  // kernel index
    parameter LANES           = 1,  // products of a cycle
    parameter ALIGNED         = 1,  // 1: all products of a cycle are of one pair, at a multiple of LANES
    parameter LEFT_W          = 8,  // bits of `left`
    parameter ROW_W           = 8,  // bits of a row's number
    parameter WORD_W          = 8,  // bits of an accumulator's address
    parameter PRODUCT_BITS    = WINDOW_BITS + BLOCK_BITS + 1  // bits of a product
) (
    input  wire                          clk,
    input  wire                          start,      // a step begins in the next cycle
    input  wire                          busy,       // products are formed in this cycle
    input  wire [LEFT_W-1:0]             left,       // products of the step from here on
    input  wire [PAIRS*16-1:0]           chosen,     // its pairs
    // leftmost column and its top pixel in the least significant bits
    input  wire [WINDOW_X*WINDOW_Y*WINDOW_CHANNELS*WINDOW_BITS-1:0] window,
    input  wire [BLOCK_X*BLOCK_Y*BLOCK_CHANNELS*BLOCK_BITS-1:0]     block,
    output wire [ROW_W-1:0]              row,        // of this cycle's products; for ALIGNED
    // one cycle later
    output reg  [LANES*PRODUCT_BITS-1:0] products,   // signed
    output reg  [LANES-1:0]              live,       // lanes with a product
    output reg  [LANES*WORD_W-1:0]       addresses   // of accumulators; 0 for ALIGNED
);
    localparam GROUP_INPUTS = WINDOW_CHANNELS / GROUPS;
    localparam GROUP_BLOCKS = BLOCK_CHANNELS / GROUPS;
    localparam PER_GROUP    = GROUP_BLOCKS * GROUP_INPUTS;  // products of a pair in one group
    localparam PER_PAIR     = GROUPS * PER_GROUP;
    localparam RANK_W       = $clog2(PAIRS + LANES / PER_PAIR + 2);
    localparam GROUP_W      = $clog2(GROUPS + 1);
    localparam OUTPUT_W     = $clog2(GROUP_BLOCKS + 1);
    localparam INPUT_W      = $clog2(GROUP_INPUTS + 1);
    localparam PLACE_W      = RANK_W + GROUP_W + OUTPUT_W + INPUT_W;

    // The place of a product: rank of its pair among the chosen ones, group, channel of the block pixel in its group,
    // channel of the window pixel in its group, as digits of a number to which the digits of a lane are added.
    function automatic [PLACE_W-1:0] later(
            input [PLACE_W-1:0] place, input integer ranks, input integer groups, input integer outputs,
            input integer inputs);
        integer input_sum, output_sum, group_sum;
        reg     input_carry, output_carry, group_carry;
        begin
            input_sum    = 32'(place[INPUT_W-1:0]) + inputs;
            input_carry  = (input_sum >= GROUP_INPUTS);
            output_sum   = 32'(place[INPUT_W+:OUTPUT_W]) + outputs + (input_carry ? 1 : 0);
            output_carry = (output_sum >= GROUP_BLOCKS);
            group_sum    = 32'(place[OUTPUT_W+INPUT_W+:GROUP_W]) + groups + (output_carry ? 1 : 0);
            group_carry  = (group_sum >= GROUPS);
            later = {
                RANK_W'(32'(place[GROUP_W+OUTPUT_W+INPUT_W+:RANK_W]) + ranks + (group_carry ? 1 : 0)),
                GROUP_W'(group_sum - (group_carry ? GROUPS : 0)),
                OUTPUT_W'(output_sum - (output_carry ? GROUP_BLOCKS : 0)),
                INPUT_W'(input_sum - (input_carry ? GROUP_INPUTS : 0))
            };
        end
    endfunction

    reg [PLACE_W-1:0] first_place;  // of the first product of this cycle
    always @(posedge clk) begin
        if (start) first_place <= 0;
        else if (busy)
            first_place <= later(first_place, LANES / PER_PAIR, LANES / PER_GROUP % GROUPS,
                                 LANES / GROUP_INPUTS % GROUP_BLOCKS, LANES % GROUP_INPUTS);
    end

    wire [RANK_W-1:0] first_rank = first_place[GROUP_W+OUTPUT_W+INPUT_W+:RANK_W];
    wire [15:0]       first_pair = chosen[first_rank*16+:16];

    // Rows of LANES accumulators, counted on from the first one of the pair's kernel index.
    localparam ROWS_PER_PAIR = PER_PAIR / LANES;
    localparam CHUNK_W       = $clog2(ROWS_PER_PAIR + 2);
    reg [CHUNK_W-1:0] chunk;
    always @(posedge clk) begin
        if (start) chunk <= 0;
        else if (busy) chunk <= (chunk == CHUNK_W'(ROWS_PER_PAIR - 1)) ? 0 : chunk + 1'b1;
    end
    assign row = ROW_W'(32'(PAIR_KERNELS[first_pair*16+:16]) * ROWS_PER_PAIR + 32'(chunk));

    always @(posedge clk) begin
        if (busy) begin : multiply
            integer lane, rank, group, channel, in_group, at_window, at_block;
            reg [PLACE_W-1:0] place;
            reg [15:0]        pair;
            reg signed [PRODUCT_BITS-1:0] x, e;
            for (lane = 0; lane < LANES; lane = lane + 1) begin
                place    = later(first_place, lane / PER_PAIR, lane / PER_GROUP % GROUPS,
                                 lane / GROUP_INPUTS % GROUP_BLOCKS, lane % GROUP_INPUTS);
                rank     = 32'(place[GROUP_W+OUTPUT_W+INPUT_W+:RANK_W]);
                group    = 32'(place[OUTPUT_W+INPUT_W+:GROUP_W]);
                channel  = 32'(place[INPUT_W+:OUTPUT_W]) + group * GROUP_BLOCKS;
                in_group = 32'(place[INPUT_W-1:0]);
                pair     = ALIGNED ? first_pair : chosen[rank*16+:16];
                at_window = 32'(PAIR_WINDOW_X[pair*16+:16]) * WINDOW_Y + 32'(PAIR_WINDOW_Y[pair*16+:16]);
                at_window = (at_window * WINDOW_CHANNELS + group * GROUP_INPUTS + in_group) * WINDOW_BITS;
                at_block  = 32'(PAIR_BLOCK_X[pair*16+:16]) * BLOCK_Y + 32'(PAIR_BLOCK_Y[pair*16+:16]);
                at_block  = (at_block * BLOCK_CHANNELS + channel) * BLOCK_BITS;
                x = {
                    {PRODUCT_BITS - WINDOW_BITS{WINDOW_SIGNED != 0 && window[at_window+WINDOW_BITS-1]}},
                    window[at_window+:WINDOW_BITS]
                };
                e = {
                    {PRODUCT_BITS - BLOCK_BITS{BLOCK_SIGNED != 0 && block[at_block+BLOCK_BITS-1]}},
                    block[at_block+:BLOCK_BITS]
                };
                products[lane*PRODUCT_BITS+:PRODUCT_BITS] <= x * e;
                live[lane] <= ALIGNED || (LEFT_W'(lane) < left);
                addresses[lane*WORD_W+:WORD_W] <= ALIGNED
                    ? 0 : WORD_W'(32'(PAIR_KERNELS[pair*16+:16]) * PER_PAIR + channel * GROUP_INPUTS + in_group);
            end
        end
    end
endmodule
`default_nettype wire
