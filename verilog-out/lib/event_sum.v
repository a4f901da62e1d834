// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// event_sum: running total of the events of all crossbars.
`default_nettype none
module event_sum #(
    parameter COUNT = 1,  // sources
    parameter BITS  = 8   // bits of a source's events of one cycle
) (
    input  wire                  clk,
    input  wire                  reset,
    input  wire                  add,     // the events of this cycle count
    input  wire [COUNT*BITS-1:0] events,  // by source
    output reg  [63:0]           sum      // of all cycles since the reset
);
    localparam TOTAL_BITS = BITS + $clog2(COUNT + 1);

    reg [TOTAL_BITS-1:0] total;
    always @* begin : gather
        integer i;
        total = {TOTAL_BITS{1'b0}};
        for (i = 0; i < COUNT; i = i + 1) total = total + TOTAL_BITS'(events[i*BITS+:BITS]);
    end

    always @(posedge clk)
        if (reset) sum <= 64'd0;
        else if (add) sum <= sum + 64'(total);
endmodule
`default_nettype wire
