// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// frame_buffer: pixels of a layer's input, or of images, kept until every reader that is enabled has read them.
//
// A ring of DEPTH pixels with a write position and a read position per reader. A reader that is not enabled skips what
// is written; it may be enabled and disabled while the buffer is empty. A pixel can be read in the cycle after it was
// written, and is offered in the cycle after its read.
`default_nettype none
module frame_buffer #(
    parameter PIXEL_BITS = 16,  // bits of a pixel
    parameter DEPTH      = 1,   // pixels it holds
    parameter READERS    = 1    // readers
) (
    input  wire                          clk,
    input  wire                          reset,
    input  wire                          clear,     // a training step begins: counters start anew
    input  wire [READERS-1:0]            enable,    // readers of what is written
    input  wire                          in_valid,
    output wire                          in_ready,
    input  wire [PIXEL_BITS-1:0]         in_data,
    output reg  [READERS-1:0]            out_valid,
    input  wire [READERS-1:0]            out_ready,
    output wire [READERS*PIXEL_BITS-1:0] out_data,  // by reader
    // of this training step, in pixels
    output reg  [31:0]                   written,
    output reg  [31:0]                   read,
    output reg  [31:0]                   peak       // most that were held
);
    localparam ADDRESS_W = (DEPTH > 1) ? $clog2(DEPTH) : 1;
    localparam COUNT_W   = $clog2(DEPTH + 1);
    localparam [ADDRESS_W-1:0] LAST = ADDRESS_W'(DEPTH - 1);

    reg [PIXEL_BITS-1:0] memory [0:DEPTH-1];
    reg [ADDRESS_W-1:0]  write_address;
    reg [COUNT_W-1:0]    held;  // by the reader that is furthest behind
    wire [READERS*COUNT_W-1:0] counts;
    wire [READERS-1:0]         reads;

    wire write = in_valid && in_ready && (enable != 0);
    assign in_ready = (held != COUNT_W'(DEPTH));

    function automatic [ADDRESS_W-1:0] next(input [ADDRESS_W-1:0] address);
        next = (address == LAST) ? {ADDRESS_W{1'b0}} : address + 1'b1;
    endfunction

    always @(posedge clk) begin
        if (reset) write_address <= 0;
        else if (write) write_address <= next(write_address);
    end
    always @(posedge clk) if (write) memory[write_address] <= in_data;

    genvar r;
    generate
        for (r = 0; r < READERS; r = r + 1) begin : reader
            reg [ADDRESS_W-1:0]  address;
            reg [COUNT_W-1:0]    count;  // pixels to read
            reg [PIXEL_BITS-1:0] data;
            wire advance = !out_valid[r] || out_ready[r];
            wire take    = advance && (count != 0);
            wire pass    = write && !enable[r];
            assign reads[r] = take;
            assign counts[r*COUNT_W+:COUNT_W]         = count;
            assign out_data[r*PIXEL_BITS+:PIXEL_BITS] = data;
            always @(posedge clk) if (take) data <= memory[address];
            always @(posedge clk) begin
                if (reset) begin
                    address      <= 0;
                    count        <= 0;
                    out_valid[r] <= 1'b0;
                end else begin
                    if (take || pass) address <= next(address);
                    count <= count + COUNT_W'(write && enable[r]) - COUNT_W'(take);
                    if (advance) out_valid[r] <= take;
                end
            end
        end
    endgenerate

    reg [31:0] read_now;  // pixels, in this cycle
    always @* begin : look
        integer i;
        held     = 0;
        read_now = 32'd0;
        for (i = 0; i < READERS; i = i + 1) begin
            if (counts[i*COUNT_W+:COUNT_W] > held) held = counts[i*COUNT_W+:COUNT_W];
            read_now = read_now + 32'(reads[i]);
        end
    end

    always @(posedge clk) begin
        if (reset || clear) begin
            written <= 32'd0;
            read    <= 32'd0;
            peak    <= 32'd0;
        end else begin
            written <= written + 32'(write);
            read    <= read + read_now;
            if (32'(held) > peak) peak <= 32'(held);
        end
    end
endmodule
`default_nettype wire
