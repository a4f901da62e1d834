// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// state_sender: what a machine has learnt, on command, as words of 64 bits. Of each layer, the generator's first: its
// parameters with their momenta, {16'd0, momentum[31:0], parameter[15:0]}, then the maximum of its sums, that of the
// errors of its outputs, and its shift register.
`default_nettype none
module state_sender #(
    parameter LAYERS = 1,                                // layers of both networks
    parameter [LAYERS*32-1:0] PARAMETERS = {LAYERS{32'd1}}  // parameters of each; the first layer's lowest
) (
    input  wire                   clk,
    input  wire                   reset,
    input  wire                   send,         // while not busy
    output wire                   busy,         // a word has still to leave
    // the machine
    output wire                   state_read,
    output wire [7:0]             state_layer,  // whose answer state_data is
    output wire [31:0]            state_index,  // number of a parameter
    input  wire [47:0]            state_data,   // the answer, a cycle later and until the next request
    input  wire [191:0]           scales,       // of state_layer: {shift register, maximum of errors, maximum of sums}
    // words
    output reg                    word_valid,
    input  wire                   word_ready,
    output wire [63:0]            word_data
);
    localparam LAYER_W = (LAYERS > 1) ? $clog2(LAYERS) : 1;
    localparam [31:0] SCALES = 32'd3;  // words of a layer besides its parameters

    reg                asking;     // a word has still to be asked for
    reg  [LAYER_W-1:0] layer;      // of the next word, and of a parameter that is offered: other words follow it
    reg  [31:0]        index;      // of it in the layer
    reg                out_scale;  // the word that is offered is none of the parameters
    reg  [63:0]        scale;      // the word, then

    wire [31:0] count    = PARAMETERS[layer*32+:32];
    wire        is_scale = (index >= count);
    wire [1:0]  which    = 2'(index - count);
    wire        ask      = asking && (!word_valid || word_ready);
    wire        last     = (index == count + SCALES - 32'd1);

    assign busy        = asking || word_valid;
    assign state_read  = ask && !is_scale;
    assign state_layer = 8'(layer);
    assign state_index = index;
    assign word_data   = out_scale ? scale : {16'd0, state_data};

    always @(posedge clk) begin
        if (reset) begin
            asking     <= 1'b0;
            layer      <= 0;
            index      <= 32'd0;
            word_valid <= 1'b0;
        end else begin
            if (send) asking <= 1'b1;
            else if (ask && last && layer == LAYER_W'(LAYERS - 1)) asking <= 1'b0;
            if (ask) begin
                index <= last ? 32'd0 : index + 32'd1;
                if (last) layer <= (layer == LAYER_W'(LAYERS - 1)) ? 0 : layer + 1'b1;
            end
            if (ask) word_valid <= 1'b1;
            else if (word_ready) word_valid <= 1'b0;
        end
    end
    always @(posedge clk) begin
        if (ask) begin
            out_scale <= is_scale;
            if (is_scale) scale <= scales[which*64+:64];
        end
    end
endmodule
`default_nettype wire
