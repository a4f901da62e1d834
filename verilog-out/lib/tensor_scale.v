// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// tensor_scale: the exponent of a tensor, which follows from maxima of earlier training steps only, with one bit of
// headroom. A maximum is in units of 2^-32; after each step it is the larger one of what the step had and of itself
// less its 2^-DECAY-th part.
`default_nettype none
module tensor_scale #(
    parameter BITS  = 16,  // bits of a word of the tensor
    parameter DECAY = 7    // shift of what a maximum loses
) (
    input  wire        clk,
    input  wire        load,         // set the maximum, between two training steps
    input  wire [62:0] load_maximum, // the new one
    input  wire        advance,      // a training step ends
    input  wire [52:0] largest,      // magnitude of its sums
    input  wire [5:0]  sum_exponent, // exponent of these sums
    output reg  [62:0] maximum,      // in units of 2^-32
    output reg  [4:0]  exponent      // one cycle after the maximum
);
    localparam [6:0] FRACTION = 7'd32;  // exponent of a maximum
    localparam [6:0] MOST     = 7'd30;  // largest exponent
    localparam [6:0] FREE     = 7'(BITS - 2) + FRACTION;  // bits of a maximum that fits with exponent 0

    // The largest magnitude in units of a maximum, rounded up, so that a small one is none the less one.
    wire [6:0]   from  = {1'b0, sum_exponent};
    wire [5:0]   right = (from > FRACTION) ? 6'(from - FRACTION) : 6'd0;
    wire [5:0]   left  = (from < FRACTION) ? 6'(FRACTION - from) : 6'd0;
    wire [85:0]  wide  = {33'd0, largest} << left;
    wire [52:0]  whole = largest >> right;
    wire         part  = ((whole << right) != largest);
    wire [62:0]  limit = 63'd1 << 62;
    wire [62:0]  seen  = (right != 6'd0) ? 63'(whole) + 63'(part) : (wide > 86'(limit)) ? limit : wide[62:0];
    wire [62:0]  kept  = maximum - (maximum >> DECAY);

    always @(posedge clk) begin
        if (load) maximum <= load_maximum;
        else if (advance) maximum <= (seen > kept) ? seen : kept;
    end

    reg [6:0] used;  // bits of the maximum
    always @* begin : count
        integer i;
        used = 7'd0;
        for (i = 0; i < 63; i = i + 1) if (maximum[i]) used = 7'(i) + 7'd1;
    end
    wire [6:0] free = FREE - used;
    always @(posedge clk) exponent <= (used >= FREE) ? 5'd0 : (free > MOST) ? MOST[4:0] : free[4:0];
endmodule
`default_nettype wire
