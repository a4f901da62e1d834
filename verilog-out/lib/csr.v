// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// csr: AXI4-Lite registers: identity, start and status, cycle counters, program window, engine counters.
//
//   0x00 id            0x04 version       0x08 control: bit 0 start      0x0c status: bit 0 running, bit 1 done
//   0x10 frames to run 0x14 error         0x18 interrupt enable: bit 0
//   0x20 cycles        0x28 cycle of the first output beat   0x30 cycle of the last output beat   (low, high)
//   0x40 engine        0x44 kind          0x48 sub-kernel    0x4c row block    0x50 line    0x54 word
//   0x58 data low      0x5c data high, whose write programs the word
//   0x1000 + engine * 0x80 + counter * 8: counters (low, high)
//     0 busy cycles             1 input-starved cycles    2 output-stalled cycles   3 array reads
//     4 word-line activations   5 conversions             6 clipped conversions     7 cells written
//     8 line buffer writes      9 line buffer reads      10 raster buffer writes   11 raster buffer reads
//    12, 13 cycle of the first and of the last output pixel
//    14, 15 first and last cycle of the array reads
//
// Error bits stay until 1 is written to them:
//   bit 0 frame    the last beat of an input frame came without s_axis_tlast, or another beat came with it
//   bit 1 running  a word was programmed while frames run
//   bit 2 address  a write to an address without a writable register
//   bit 3 strobe   a write of less than four bytes
// A write with one of the last three does nothing and is answered with SLVERR. Reads of other addresses give 0.
`default_nettype none
module csr #(
    parameter ENGINES = 1,            // layer engines
    parameter VERSION = 32'h00000200  // of the register map
) (
    input  wire                    clk,
    input  wire                    reset,
    // AXI4-Lite
    input  wire [15:0]             awaddr,
    input  wire                    awvalid,
    output wire                    awready,
    input  wire [31:0]             wdata,
    input  wire [3:0]              wstrb,
    input  wire                    wvalid,
    output wire                    wready,
    output reg  [1:0]              bresp,
    output reg                     bvalid,
    input  wire                    bready,
    input  wire [15:0]             araddr,
    input  wire                    arvalid,
    output wire                    arready,
    output reg  [31:0]             rdata,
    output wire [1:0]              rresp,
    output reg                     rvalid,
    input  wire                    rready,
    // run
    output reg                     started,            // frames may enter
    output wire                    running,            // from the start until the last output beat
    output reg  [63:0]             cycle,              // number of this cycle since the start
    output wire                    irq,                // all frames have left
    input  wire                    output_beat,        // an output beat leaves
    input  wire                    output_last,        // it is the last one of its frame
    input  wire                    misaligned,         // an input beat disagrees with the frame's length
    // program port of the engines
    output reg  [ENGINES-1:0]      program_valid,
    output reg  [3:0]              program_kind,
    output reg  [15:0]             program_subkernel,
    output reg  [15:0]             program_block,
    output reg  [15:0]             program_line,
    output reg  [15:0]             program_word,
    output reg  [63:0]             program_data,
    input  wire [ENGINES*1024-1:0] counters            // 16 of 64 bits each per engine
);
    localparam ID = 32'h454d4154;  // "EMAT"

    localparam [15:0] ADDR_ID           = 16'h0000;
    localparam [15:0] ADDR_VERSION      = 16'h0004;
    localparam [15:0] ADDR_CONTROL      = 16'h0008;
    localparam [15:0] ADDR_STATUS       = 16'h000c;
    localparam [15:0] ADDR_FRAMES       = 16'h0010;
    localparam [15:0] ADDR_ERROR        = 16'h0014;
    localparam [15:0] ADDR_INTERRUPT    = 16'h0018;
    localparam [15:0] ADDR_CYCLES       = 16'h0020;
    localparam [15:0] ADDR_FIRST_OUTPUT = 16'h0028;
    localparam [15:0] ADDR_LAST_OUTPUT  = 16'h0030;
    localparam [15:0] ADDR_ENGINE       = 16'h0040;
    localparam [15:0] ADDR_KIND         = 16'h0044;
    localparam [15:0] ADDR_SUBKERNEL    = 16'h0048;
    localparam [15:0] ADDR_BLOCK        = 16'h004c;
    localparam [15:0] ADDR_LINE         = 16'h0050;
    localparam [15:0] ADDR_WORD         = 16'h0054;
    localparam [15:0] ADDR_DATA_LOW     = 16'h0058;
    localparam [15:0] ADDR_DATA_HIGH    = 16'h005c;
    localparam [15:0] ADDR_COUNTERS     = 16'h1000;
    localparam [15:0] HIGH_WORD         = 16'h0004;  // from the low half of a 64-bit register to its high half

    localparam ERROR_FRAME   = 0;
    localparam ERROR_RUNNING = 1;
    localparam ERROR_ADDRESS = 2;
    localparam ERROR_STROBE  = 3;
    localparam ERRORS        = 4;

    localparam [1:0] OKAY   = 2'b00;
    localparam [1:0] SLVERR = 2'b10;

    localparam COUNTER_WORDS = ENGINES * 32;
    localparam COUNTER_W     = $clog2(COUNTER_WORDS);

    reg              done, interrupt_enable, any_output;
    reg [31:0]       frames, frame;
    reg [15:0]       engine;
    reg [63:0]       first_output, last_output;
    reg [ERRORS-1:0] errors;

    assign running = started && !done;
    assign irq     = done && interrupt_enable;

    // ---- writes: address and data together ----------------------------------------------------------------------
    function automatic is_writable(input [15:0] address);
        case (address)
            ADDR_CONTROL, ADDR_FRAMES, ADDR_ERROR, ADDR_INTERRUPT, ADDR_ENGINE, ADDR_KIND, ADDR_SUBKERNEL, ADDR_BLOCK,
            ADDR_LINE, ADDR_WORD, ADDR_DATA_LOW, ADDR_DATA_HIGH: is_writable = 1'b1;
            default: is_writable = 1'b0;
        endcase
    endfunction

    wire [ERRORS-1:0] raised;
    wire              write    = awvalid && wvalid && (!bvalid || bready);
    wire              programs = (awaddr == ADDR_DATA_HIGH);
    wire              refused  = raised[ERROR_RUNNING] || raised[ERROR_ADDRESS] || raised[ERROR_STROBE];
    wire              accepted = write && !refused;

    assign raised[ERROR_FRAME]   = misaligned;
    assign raised[ERROR_RUNNING] = write && programs && running;
    assign raised[ERROR_ADDRESS] = write && !is_writable(awaddr);
    assign raised[ERROR_STROBE]  = write && (wstrb != 4'b1111);
    assign awready               = write;
    assign wready                = write;

    always @(posedge clk) begin
        if (reset) begin
            bvalid <= 1'b0;
            bresp  <= OKAY;
        end else begin
            if (write) bvalid <= 1'b1;
            else if (bready) bvalid <= 1'b0;
            if (write) bresp <= refused ? SLVERR : OKAY;
        end
    end

    always @(posedge clk) begin
        if (reset) errors <= {ERRORS{1'b0}};
        else if (accepted && awaddr == ADDR_ERROR) errors <= (errors & ~wdata[ERRORS-1:0]) | raised;
        else errors <= errors | raised;
    end

    always @(posedge clk) begin
        if (reset) begin
            started           <= 1'b0;
            frames            <= 32'd1;
            interrupt_enable  <= 1'b0;
            engine            <= 16'd0;
            program_kind      <= 4'd0;
            program_subkernel <= 16'd0;
            program_block     <= 16'd0;
            program_line      <= 16'd0;
            program_word      <= 16'd0;
            program_data      <= 64'd0;
        end else if (accepted) begin
            case (awaddr)
                ADDR_CONTROL:   started             <= wdata[0];
                ADDR_FRAMES:    frames              <= wdata;
                ADDR_INTERRUPT: interrupt_enable    <= wdata[0];
                ADDR_ENGINE:    engine              <= wdata[15:0];
                ADDR_KIND:      program_kind        <= wdata[3:0];
                ADDR_SUBKERNEL: program_subkernel   <= wdata[15:0];
                ADDR_BLOCK:     program_block       <= wdata[15:0];
                ADDR_LINE:      program_line        <= wdata[15:0];
                ADDR_WORD:      program_word        <= wdata[15:0];
                ADDR_DATA_LOW:  program_data[31:0]  <= wdata;
                ADDR_DATA_HIGH: program_data[63:32] <= wdata;
                default: ;
            endcase
        end
    end

    genvar e;
    generate
        for (e = 0; e < ENGINES; e = e + 1) begin : select
            always @(posedge clk) program_valid[e] <= !reset && accepted && programs && (engine == e);
        end
    endgenerate

    // ---- run ----------------------------------------------------------------------------------------------------
    wire frame_end = output_beat && output_last;
    always @(posedge clk) begin
        if (reset) begin
            cycle        <= 64'd0;
            done         <= 1'b0;
            any_output   <= 1'b0;
            frame        <= 32'd0;
            first_output <= 64'd0;
            last_output  <= 64'd0;
        end else if (running) begin
            cycle <= cycle + 64'd1;
            if (output_beat) begin
                any_output  <= 1'b1;
                last_output <= cycle;
                if (!any_output) first_output <= cycle;
                if (frame_end) frame <= frame + 32'd1;
                if (frame_end && frame + 32'd1 == frames) done <= 1'b1;
            end
        end
    end

    // ---- reads --------------------------------------------------------------------------------------------------
    wire                 read       = arvalid && (!rvalid || rready);
    wire [15:0]          offset     = araddr - ADDR_COUNTERS;
    wire [COUNTER_W-1:0] counter    = COUNTER_W'(offset >> 2);
    wire                 is_counter = (araddr >= ADDR_COUNTERS) && (32'(offset) < COUNTER_WORDS * 4);
    assign arready = read;
    assign rresp   = OKAY;

    always @(posedge clk) begin
        if (reset) begin
            rvalid <= 1'b0;
            rdata  <= 32'd0;
        end else begin
            if (read) rvalid <= 1'b1;
            else if (rready) rvalid <= 1'b0;
            if (read) begin
                case (araddr)
                    ADDR_ID:                       rdata <= ID;
                    ADDR_VERSION:                  rdata <= VERSION;
                    ADDR_CONTROL:                  rdata <= 32'(started);
                    ADDR_STATUS:                   rdata <= 32'({done, running});
                    ADDR_FRAMES:                   rdata <= frames;
                    ADDR_ERROR:                    rdata <= 32'(errors);
                    ADDR_INTERRUPT:                rdata <= 32'(interrupt_enable);
                    ADDR_CYCLES:                   rdata <= cycle[31:0];
                    ADDR_CYCLES + HIGH_WORD:       rdata <= cycle[63:32];
                    ADDR_FIRST_OUTPUT:             rdata <= first_output[31:0];
                    ADDR_FIRST_OUTPUT + HIGH_WORD: rdata <= first_output[63:32];
                    ADDR_LAST_OUTPUT:              rdata <= last_output[31:0];
                    ADDR_LAST_OUTPUT + HIGH_WORD:  rdata <= last_output[63:32];
                    default:                       rdata <= is_counter ? counters[counter*32+:32] : 32'd0;
                endcase
            end
        end
    end
endmodule
`default_nettype wire
