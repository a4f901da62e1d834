// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// trainer_csr: AXI4-Lite registers of a machine that trains: identity, steps, factors, loads, report.
//
//   0x00 id            0x04 version
//   0x08 control: bit 0 starts a step, bit 1 alone sends the state
//   0x0c status: bit 0 busy, bit 1 done: a step has ended and none begun since, bit 2 the state is being sent
//   0x10 steps done since reset           0x14 error
//   0x18 interrupt enable: bit 0          0x1c interrupt: bit 0 a step has ended; stays until 1 is written to it
//   0x20 momentum      0x24 decay         0x28 decay shift   0x2c rate          0x30 rate shift     (update_unit)
//   0x40 place         0x44 kind          0x58 data low      0x5c data high, whose write loads the data:
//     kind 0 a maximum; place 2 * layer that of its sums, 2 * layer + 1 that of the errors of its outputs
//     kind 1 the next parameter of the layer `place`: {momentum[31:0], parameter[15:0]}
//     kind 2 the shift register of the layer `place`
//   0x1000 + word * 8: report (low, high)
//
// Error bits stay until 1 is written to them:
//   bit 0 frame    the last beat of a latent or of an image came without tlast, or another beat came with it
//   bit 1 running  control, a factor or data was written while the machine is busy or the state is being sent
//   bit 2 address  a write to an address without a writable register
//   bit 3 strobe   a write of less than four bytes
//   bit 4 place    data was written for a place or of a kind that there is not
// A write with one of the last four does nothing and is answered with SLVERR. Reads of other addresses give 0. After a
// load a write of control waits until the parameter has arrived.
`default_nettype none
module trainer_csr #(
    parameter LAYERS       = 1,            // layers of both networks
    parameter REPORT_WORDS = 1,            // words of the report
    parameter VERSION      = 32'h00010100  // of the register map; the upper half tells a machine that trains
) (
    input  wire                       clk,
    input  wire                       reset,
    // AXI4-Lite
    input  wire [15:0]                awaddr,
    input  wire                       awvalid,
    output wire                       awready,
    input  wire [31:0]                wdata,
    input  wire [3:0]                 wstrb,
    input  wire                       wvalid,
    output wire                       wready,
    output reg  [1:0]                 bresp,
    output reg                        bvalid,
    input  wire                       bready,
    input  wire [15:0]                araddr,
    input  wire                       arvalid,
    output wire                       arready,
    output reg  [31:0]                rdata,
    output wire [1:0]                 rresp,
    output reg                        rvalid,
    input  wire                       rready,
    // steps
    output reg                        start,            // a step, for one cycle
    output reg                        running,          // from the cycle after the start to the end of the step
    input  wire                       machine_busy,
    input  wire                       machine_done,     // for one cycle, at the end of a step
    output wire                       irq,              // a step has ended
    input  wire                       misaligned,       // an input beat disagrees with the frame's length
    // factors of the update
    output reg  [14:0]                momentum,
    output reg  [14:0]                decay,
    output reg  signed [6:0]          decay_shift,
    output reg  [14:0]                rate,
    output reg  [6:0]                 rate_shift,
    // loads
    output reg                        load_maximum,     // for one cycle each
    output reg                        load_parameters,
    output reg                        load_rounding,
    output reg  [7:0]                 load_place,
    output reg  [63:0]                load_data,
    // state and report
    output reg                        send,             // the state, for one cycle
    input  wire                       sending,          // it is under way
    output wire [15:0]                report_place,     // of a word
    input  wire [63:0]                report_data       // that word, of the last step
);
    localparam ID = 32'h454d4154;  // "EMAT"

    localparam [15:0] ADDR_ID          = 16'h0000;
    localparam [15:0] ADDR_VERSION     = 16'h0004;
    localparam [15:0] ADDR_CONTROL     = 16'h0008;
    localparam [15:0] ADDR_STATUS      = 16'h000c;
    localparam [15:0] ADDR_STEPS       = 16'h0010;
    localparam [15:0] ADDR_ERROR       = 16'h0014;
    localparam [15:0] ADDR_ENABLE      = 16'h0018;
    localparam [15:0] ADDR_INTERRUPT   = 16'h001c;
    localparam [15:0] ADDR_MOMENTUM    = 16'h0020;
    localparam [15:0] ADDR_DECAY       = 16'h0024;
    localparam [15:0] ADDR_DECAY_SHIFT = 16'h0028;
    localparam [15:0] ADDR_RATE        = 16'h002c;
    localparam [15:0] ADDR_RATE_SHIFT  = 16'h0030;
    localparam [15:0] ADDR_PLACE       = 16'h0040;
    localparam [15:0] ADDR_KIND        = 16'h0044;
    localparam [15:0] ADDR_DATA_LOW    = 16'h0058;
    localparam [15:0] ADDR_DATA_HIGH   = 16'h005c;
    localparam [15:0] ADDR_REPORT      = 16'h1000;

    localparam ERROR_FRAME   = 0;
    localparam ERROR_RUNNING = 1;
    localparam ERROR_ADDRESS = 2;
    localparam ERROR_STROBE  = 3;
    localparam ERROR_PLACE   = 4;
    localparam ERRORS        = 5;

    localparam [1:0] OKAY   = 2'b00;
    localparam [1:0] SLVERR = 2'b10;

    localparam [1:0] KIND_MAXIMUM   = 2'd0;
    localparam [1:0] KIND_PARAMETER = 2'd1;
    localparam [1:0] KIND_ROUNDING  = 2'd2;

    localparam [2:0] ARRIVAL = 3'd7;  // cycles from the write of a parameter until it can be read

    reg              done, interrupt, interrupt_enable;
    reg [31:0]       steps;
    reg [1:0]        kind;
    reg [2:0]        arriving;  // cycles until the last parameter can be read
    reg [ERRORS-1:0] errors;

    wire working = machine_busy || start || running;
    wire leaving = sending || send;
    assign irq   = interrupt && interrupt_enable;

    // ---- writes: address and data together ----------------------------------------------------------------------
    function automatic is_writable(input [15:0] address);
        case (address)
            ADDR_CONTROL, ADDR_ERROR, ADDR_ENABLE, ADDR_INTERRUPT, ADDR_MOMENTUM, ADDR_DECAY, ADDR_DECAY_SHIFT,
            ADDR_RATE, ADDR_RATE_SHIFT, ADDR_PLACE, ADDR_KIND, ADDR_DATA_LOW, ADDR_DATA_HIGH: is_writable = 1'b1;
            default: is_writable = 1'b0;
        endcase
    endfunction

    // What may change between two steps only.
    function automatic is_quiet(input [15:0] address);
        case (address)
            ADDR_CONTROL, ADDR_MOMENTUM, ADDR_DECAY, ADDR_DECAY_SHIFT, ADDR_RATE, ADDR_RATE_SHIFT, ADDR_DATA_HIGH:
                is_quiet = 1'b1;
            default: is_quiet = 1'b0;
        endcase
    endfunction

    wire              controls = (awaddr == ADDR_CONTROL);
    wire              loads    = (awaddr == ADDR_DATA_HIGH);
    wire [31:0]       places   = (kind == KIND_MAXIMUM) ? 32'd2 * LAYERS : LAYERS;
    wire              is_place = (kind <= KIND_ROUNDING) && ({24'd0, load_place} < places);
    wire              waits    = controls && (arriving != 3'd0);
    wire              write    = awvalid && wvalid && (!bvalid || bready) && !waits;
    wire [ERRORS-1:0] raised;
    wire              refused  = (raised[ERRORS-1:ERROR_RUNNING] != {(ERRORS-ERROR_RUNNING){1'b0}});
    wire              accepted = write && !refused;

    assign raised[ERROR_FRAME]   = misaligned;
    assign raised[ERROR_RUNNING] = write && is_quiet(awaddr) && (working || leaving);
    assign raised[ERROR_ADDRESS] = write && !is_writable(awaddr);
    assign raised[ERROR_STROBE]  = write && (wstrb != 4'b1111);
    assign raised[ERROR_PLACE]   = write && loads && !is_place;
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
            interrupt_enable <= 1'b0;
            momentum         <= 15'd0;
            decay            <= 15'd0;
            decay_shift      <= 7'sd0;
            rate             <= 15'd0;
            rate_shift       <= 7'd0;
            load_place       <= 8'd0;
            kind             <= KIND_MAXIMUM;
            load_data        <= 64'd0;
        end else if (accepted) begin
            case (awaddr)
                ADDR_ENABLE:      interrupt_enable <= wdata[0];
                ADDR_MOMENTUM:    momentum         <= wdata[14:0];
                ADDR_DECAY:       decay            <= wdata[14:0];
                ADDR_DECAY_SHIFT: decay_shift      <= wdata[6:0];
                ADDR_RATE:        rate             <= wdata[14:0];
                ADDR_RATE_SHIFT:  rate_shift       <= wdata[6:0];
                ADDR_PLACE:       load_place       <= wdata[7:0];
                ADDR_KIND:        kind             <= wdata[1:0];
                ADDR_DATA_LOW:    load_data[31:0]  <= wdata;
                ADDR_DATA_HIGH:   load_data[63:32] <= wdata;
                default: ;
            endcase
        end
    end

    // ---- steps, loads and state -----------------------------------------------------------------------------------
    always @(posedge clk) begin
        start           <= !reset && accepted && controls && wdata[0];
        send            <= !reset && accepted && controls && wdata[1:0] == 2'b10;
        load_maximum    <= !reset && accepted && loads && kind == KIND_MAXIMUM;
        load_parameters <= !reset && accepted && loads && kind == KIND_PARAMETER;
        load_rounding   <= !reset && accepted && loads && kind == KIND_ROUNDING;
        if (reset) arriving <= 3'd0;
        else if (accepted && loads) arriving <= ARRIVAL;
        else if (arriving != 3'd0) arriving <= arriving - 3'd1;
    end

    always @(posedge clk) begin
        if (reset) begin
            running   <= 1'b0;
            done      <= 1'b0;
            interrupt <= 1'b0;
            steps     <= 32'd0;
        end else begin
            if (start) running <= 1'b1;
            else if (machine_done) running <= 1'b0;
            if (start) done <= 1'b0;
            else if (machine_done) done <= 1'b1;
            if (machine_done) interrupt <= 1'b1;
            else if (accepted && awaddr == ADDR_INTERRUPT && wdata[0]) interrupt <= 1'b0;
            if (machine_done) steps <= steps + 32'd1;
        end
    end

    // ---- reads --------------------------------------------------------------------------------------------------
    wire        read      = arvalid && (!rvalid || rready);
    wire [15:0] offset    = araddr - ADDR_REPORT;
    wire        is_report = (araddr >= ADDR_REPORT) && (32'(offset) < REPORT_WORDS * 8);
    assign report_place = offset >> 3;
    assign arready      = read;
    assign rresp        = OKAY;

    always @(posedge clk) begin
        if (reset) begin
            rvalid <= 1'b0;
            rdata  <= 32'd0;
        end else begin
            if (read) rvalid <= 1'b1;
            else if (rready) rvalid <= 1'b0;
            if (read) begin
                case (araddr)
                    ADDR_ID:          rdata <= ID;
                    ADDR_VERSION:     rdata <= VERSION;
                    ADDR_STATUS:      rdata <= 32'({leaving, done, working});
                    ADDR_STEPS:       rdata <= steps;
                    ADDR_ERROR:       rdata <= 32'(errors);
                    ADDR_ENABLE:      rdata <= 32'(interrupt_enable);
                    ADDR_INTERRUPT:   rdata <= 32'(interrupt);
                    ADDR_MOMENTUM:    rdata <= 32'(momentum);
                    ADDR_DECAY:       rdata <= 32'(decay);
                    ADDR_DECAY_SHIFT: rdata <= {{25{decay_shift[6]}}, decay_shift};
                    ADDR_RATE:        rdata <= 32'(rate);
                    ADDR_RATE_SHIFT:  rdata <= 32'(rate_shift);
                    ADDR_PLACE:       rdata <= 32'(load_place);
                    ADDR_KIND:        rdata <= 32'(kind);
                    ADDR_DATA_LOW:    rdata <= load_data[31:0];
                    ADDR_DATA_HIGH:   rdata <= load_data[63:32];
                    default:          rdata <= is_report ? report_data[offset[2]*32+:32] : 32'd0;
                endcase
            end
        end
    end
endmodule
`default_nettype wire
