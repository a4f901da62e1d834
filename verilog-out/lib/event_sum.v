// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.

// event_sum: running total of the events of all crossbars.
`default_nettype none
module event_sum #(
    parameter COUNT = 1  // sources
) (
    input  wire                clk,
    input  wire                reset,
    input  wire                add,
    input  wire [COUNT*32-1:0] events,
    output reg  [63:0]         sum
);
    reg [31:0] total;
    always @* begin : gather
        integer i;
        total = 32'd0;
        for (i = 0; i < COUNT; i = i + 1) total = total + events[i*32+:32];
    end

    always @(posedge clk)
        if (reset) sum <= 64'd0;
        else if (add) sum <= sum + {32'd0, total};
endmodule
`default_nettype wire

