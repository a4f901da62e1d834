// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// gradient_accumulators: one accumulator per weight, in rows of LANES.
//
// ALIGNED, the products of a cycle belong to one row, and the accumulators are a memory with a read and a write port: a
// row is read while its products are formed and written back in the cycle after. Otherwise any lane may reach any
// accumulator, and these are registers, which takes WORDS * LANES comparisons: for small layers. Without
// EMAT_STRUCTURAL, for simulation, the same is written without the comparisons.
`default_nettype none
module gradient_accumulators #(
    parameter WORDS        = 1,   // accumulators
    parameter BITS         = 32,  // bits of an accumulator
    parameter PRODUCT_BITS = 17,  // bits of a product
    parameter LANES        = 1,   // products of a cycle
    parameter ALIGNED      = 1,   // 1: all products of a cycle belong to one row
    parameter WORD_W       = 8,   // bits of an address
    parameter DEPTH        = (WORDS + LANES - 1) / LANES,     // rows
    parameter ROW_W        = (DEPTH > 1) ? $clog2(DEPTH) : 1  // bits of a row's number
) (
    input  wire                          clk,
    input  wire                          reset,
    input  wire                          busy,       // products are formed in this cycle, and added in the next one
    input  wire [ROW_W-1:0]              busy_row,   // their row; not used unless ALIGNED
    input  wire [LANES*PRODUCT_BITS-1:0] products,   // those formed in the cycle before, signed
    input  wire [LANES-1:0]              live,       // which of them count; not used for ALIGNED
    input  wire [LANES*WORD_W-1:0]       addresses,  // whose accumulators differ; not used for ALIGNED
    // while no products are formed or added
    input  wire [ROW_W-1:0]              row,
    input  wire                          read,
    input  wire                          clear,      // after the read
    output wire [LANES*BITS-1:0]         data        // the row read in the cycle before
);
    reg added;  // there are products to add
    always @(posedge clk) added <= !reset && busy;

    generate
        if (ALIGNED) begin : rows
            reg [LANES*BITS-1:0] memory [0:DEPTH-1];
            reg [LANES*BITS-1:0] held, written;
            reg [ROW_W-1:0]      added_row;
            reg                  forward;  // `held` was read while `written` was on its way
            assign data = held;
            always @(posedge clk) begin
                if (busy) added_row <= busy_row;
                forward <= added && (busy_row == added_row);
                if (busy || read) held <= memory[busy ? busy_row : row];
            end
            wire [LANES*BITS-1:0] stored = forward ? written : held;
            always @(posedge clk) begin
                if (added || clear) begin : update
                    integer lane;
                    reg [LANES*BITS-1:0] sums;
                    sums = {LANES * BITS{1'b0}};
                    if (added) begin
                        for (lane = 0; lane < LANES; lane = lane + 1)
                            sums[lane*BITS+:BITS] =
                                stored[lane*BITS+:BITS] + BITS'($signed(products[lane*PRODUCT_BITS+:PRODUCT_BITS]));
                    end
                    memory[added ? added_row : row] <= sums;
                    written                         <= sums;
                end
            end
            wire unused = &{1'b0, live, addresses};
        end else begin : registers
            reg [DEPTH*LANES*BITS-1:0] memory;
            reg [LANES*BITS-1:0]       held;
            assign data = held;
            always @(posedge clk) if (read) held <= memory[row*(LANES*BITS)+:LANES*BITS];
`ifdef EMAT_STRUCTURAL
            // Seen from the accumulators, so that each is a register with an adder: at most one lane has its address.
            always @(posedge clk) begin
                if (added || clear) begin : update
                    integer word, lane;
                    reg [BITS-1:0] addend;
                    for (word = 0; word < DEPTH * LANES; word = word + 1) begin
                        addend = {BITS{1'b0}};
                        for (lane = 0; lane < LANES; lane = lane + 1)
                            addend = addend | (BITS'($signed(products[lane*PRODUCT_BITS+:PRODUCT_BITS]))
                                & {BITS{added && live[lane] && addresses[lane*WORD_W+:WORD_W] == WORD_W'(word)}});
                        memory[word*BITS+:BITS] <= (memory[word*BITS+:BITS] + addend)
                            & {BITS{!clear || row != ROW_W'(word / LANES)}};
                    end
                end
            end
`else
            localparam PLACE_W = $clog2(DEPTH * LANES * BITS);
            // Seen from the lanes: at most one has an accumulator's address.
            always @(posedge clk) begin
                if (added) begin : update
                    integer lane;
                    reg [PLACE_W-1:0] place;
                    for (lane = 0; lane < LANES; lane = lane + 1) begin
                        place = PLACE_W'(32'(addresses[lane*WORD_W+:WORD_W]) * BITS);
                        if (live[lane])
                            memory[place+:BITS] <= memory[place+:BITS]
                                + BITS'($signed(products[lane*PRODUCT_BITS+:PRODUCT_BITS]));
                    end
                end else if (clear) memory[row*(LANES*BITS)+:LANES*BITS] <= {LANES * BITS{1'b0}};
            end
`endif
            wire unused = &{1'b0, busy_row};
        end
    endgenerate
endmodule
`default_nettype wire
