// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.

// csr: AXI4-Lite registers: identity, start and status, cycle counters, program window, engine counters.
//
//   0x00 id            0x04 version       0x08 control: bit 0 start      0x0c status: bit 0 running, bit 1 done
//   0x10 frames to run 0x14 error (0)     0x18 interrupt enable: bit 0
//   0x20 cycles        0x28 cycle of the first output beat   0x30 cycle of the last output beat   (low, high)
//   0x40 engine        0x44 kind          0x48 sub-kernel    0x4c row block    0x50 line    0x54 word
//   0x58 data low      0x5c data high, whose write programs the word
//   0x1000 + engine * 0x80 + counter * 8: counters (low, high)
//     0 busy cycles          1 input-starved cycles   2 output-stalled cycles   3 array reads
//     4 word-line activations   5 conversions         6 clipped conversions     7 cells written
//     8 line buffer writes   9 line buffer reads     10 raster buffer writes   11 raster buffer reads
//    12, 13 cycle of the first and of the last output pixel
//    14, 15 cycle of the first and of the last array read
`default_nettype none
module csr #(
    parameter ENGINES = 1,            // layer engines
    parameter BEATS   = 1,            // output beats of a frame
    parameter VERSION = 32'h00000100  // of the register map
) (
    input  wire                       clk,
    input  wire                       reset,
    input  wire [15:0]                awaddr,
    input  wire                       awvalid,
    output wire                       awready,
    input  wire [31:0]                wdata,
    input  wire [3:0]                 wstrb,
    input  wire                       wvalid,
    output wire                       wready,
    output wire [1:0]                 bresp,
    output reg                        bvalid,
    input  wire                       bready,
    input  wire [15:0]                araddr,
    input  wire                       arvalid,
    output wire                       arready,
    output reg  [31:0]                rdata,
    output wire [1:0]                 rresp,
    output reg                        rvalid,
    input  wire                       rready,
    output reg                        started,
    output wire                       running,
    output reg  [63:0]                cycle,
    output wire                       irq,
    input  wire                       output_beat,        // an output beat left
    output reg  [ENGINES-1:0]         program_valid,
    output reg  [3:0]                 program_kind,
    output reg  [15:0]                program_subkernel,
    output reg  [15:0]                program_block,
    output reg  [15:0]                program_line,
    output reg  [15:0]                program_word,
    output reg  [63:0]                program_data,
    input  wire [ENGINES*1024-1:0]    counters
);
    localparam ID = 32'h454d4154;

    reg         done, interrupt_enable, any_output;
    reg  [31:0] frames, frame, beat;
    reg  [15:0] engine;
    reg  [63:0] first_output, last_output;

    assign running   = started && !done;
    assign irq = done && interrupt_enable;
    assign bresp     = 2'b00;
    assign rresp     = 2'b00;

    // ---- writes: address and data together ----------------------------------------------------------------------
    wire write = awvalid && wvalid && (!bvalid || bready) && (wstrb == 4'b1111);
    assign awready = write;
    assign wready  = write;

    always @(posedge clk) begin
        if (reset) begin
            bvalid            <= 1'b0;
            started           <= 1'b0;
            frames            <= 32'd1;
            interrupt_enable  <= 1'b0;
            engine            <= 16'd0;
            program_valid     <= {ENGINES{1'b0}};
            program_kind      <= 4'd0;
            program_subkernel <= 16'd0;
            program_block     <= 16'd0;
            program_line      <= 16'd0;
            program_word      <= 16'd0;
            program_data      <= 64'd0;
        end else begin
            program_valid <= {ENGINES{1'b0}};
            if (write) bvalid <= 1'b1;
            else if (bready) bvalid <= 1'b0;
            if (write) begin
                case (awaddr)
                    16'h0008: started <= wdata[0];
                    16'h0010: frames <= wdata;
                    16'h0018: interrupt_enable <= wdata[0];
                    16'h0040: engine <= wdata[15:0];
                    16'h0044: program_kind <= wdata[3:0];
                    16'h0048: program_subkernel <= wdata[15:0];
                    16'h004c: program_block <= wdata[15:0];
                    16'h0050: program_line <= wdata[15:0];
                    16'h0054: program_word <= wdata[15:0];
                    16'h0058: program_data[31:0] <= wdata;
                    16'h005c: begin
                        program_data[63:32] <= wdata;
                        program_valid       <= {{(ENGINES-1) {1'b0}}, 1'b1} << engine;
                    end
                    default: ;
                endcase
            end
        end
    end

    // ---- run ----------------------------------------------------------------------------------------------------
    wire frame_end = output_beat && (beat == BEATS - 1);
    always @(posedge clk) begin
        if (reset) begin
            cycle        <= 64'd0;
            done         <= 1'b0;
            any_output   <= 1'b0;
            frame        <= 32'd0;
            beat         <= 32'd0;
            first_output <= 64'd0;
            last_output  <= 64'd0;
        end else if (running) begin
            cycle <= cycle + 64'd1;
            if (output_beat) begin
                any_output  <= 1'b1;
                last_output <= cycle;
                if (!any_output) first_output <= cycle;
                beat <= frame_end ? 32'd0 : beat + 32'd1;
                if (frame_end) frame <= frame + 32'd1;
                if (frame_end && frame + 32'd1 == frames) done <= 1'b1;
            end
        end
    end

    // ---- reads --------------------------------------------------------------------------------------------------
    wire        read    = arvalid && (!rvalid || rready);
    wire [31:0] counter = ({16'd0, araddr} - 32'h1000) >> 2;
    assign arready = read;

    always @(posedge clk) begin
        if (reset) begin
            rvalid <= 1'b0;
            rdata  <= 32'd0;
        end else begin
            if (read) rvalid <= 1'b1;
            else if (rready) rvalid <= 1'b0;
            if (read) begin
                case (araddr)
                    16'h0000: rdata <= ID;
                    16'h0004: rdata <= VERSION;
                    16'h0008: rdata <= {31'd0, started};
                    16'h000c: rdata <= {30'd0, done, running};
                    16'h0010: rdata <= frames;
                    16'h0018: rdata <= {31'd0, interrupt_enable};
                    16'h0020: rdata <= cycle[31:0];
                    16'h0024: rdata <= cycle[63:32];
                    16'h0028: rdata <= first_output[31:0];
                    16'h002c: rdata <= first_output[63:32];
                    16'h0030: rdata <= last_output[31:0];
                    16'h0034: rdata <= last_output[63:32];
                    default: rdata <= (araddr >= 16'h1000 && counter < ENGINES * 32) ? counters[counter*32+:32] : 32'd0;
                endcase
            end
        end
    end
endmodule
`default_nettype wire

