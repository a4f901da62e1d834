// SPDX-License-Identifier: Apache-2.0
// The registers of a whole design through its AXI4-Lite port: identity, error bits, responses, waiting for the master.
`default_nettype none
module csr_bench;
    localparam       BEATS  = 21;  // of an input frame: 6 x 7 pixels of 24 bits, two to a beat of 64 bits
    localparam [1:0] OKAY   = 2'b00;
    localparam [1:0] SLVERR = 2'b10;

    reg         clk = 1'b0, resetn = 1'b0;
    reg  [63:0] s_tdata = 64'd0;
    reg         s_tvalid = 1'b0, s_tlast = 1'b0;
    wire        s_tready;
    wire [63:0] m_tdata;
    wire [7:0]  m_tkeep;
    wire        m_tvalid, m_tlast;
    reg  [15:0] awaddr = 16'd0, araddr = 16'd0;
    reg  [31:0] wdata = 32'd0;
    reg  [3:0]  wstrb = 4'd0;
    reg         awvalid = 1'b0, wvalid = 1'b0, bready = 1'b0, arvalid = 1'b0, rready = 1'b0;
    wire        awready, wready, bvalid, arready, rvalid;
    wire [1:0]  bresp, rresp;
    wire [31:0] rdata;
    wire        irq, running;
    wire [63:0] running_cycle;

    conv_small_top dut (
        .aclk(clk), .aresetn(resetn),
        .s_axis_tdata(s_tdata), .s_axis_tvalid(s_tvalid), .s_axis_tready(s_tready), .s_axis_tlast(s_tlast),
        .m_axis_tdata(m_tdata), .m_axis_tkeep(m_tkeep), .m_axis_tvalid(m_tvalid), .m_axis_tready(1'b1),
        .m_axis_tlast(m_tlast),
        .s_axil_awaddr(awaddr), .s_axil_awvalid(awvalid), .s_axil_awready(awready),
        .s_axil_wdata(wdata), .s_axil_wstrb(wstrb), .s_axil_wvalid(wvalid), .s_axil_wready(wready),
        .s_axil_bresp(bresp), .s_axil_bvalid(bvalid), .s_axil_bready(bready),
        .s_axil_araddr(araddr), .s_axil_arvalid(arvalid), .s_axil_arready(arready),
        .s_axil_rdata(rdata), .s_axil_rresp(rresp), .s_axil_rvalid(rvalid), .s_axil_rready(rready),
        .irq(irq), .running(running), .running_cycle(running_cycle)
    );

    always #5 clk = !clk;

    integer checked = 0, failed = 0;
    task check(input [31:0] got, input [31:0] expected, input [8*40-1:0] what);
        begin
            checked = checked + 1;
            if (got !== expected) begin
                failed = failed + 1;
                $display("%0s: got %h, expected %h", what, got, expected);
            end
        end
    endtask

    // Inputs change after the falling edge; a handshake is read before the rising one.
    reg [1:0] response;
    task put(input [15:0] address, input [31:0] data, input [3:0] strobe);
        begin
            @(negedge clk);
            awaddr = address; wdata = data; wstrb = strobe; awvalid = 1'b1; wvalid = 1'b1;
            #1 while (!awready) @(negedge clk) #1;
            check({31'd0, wready}, 32'd1, "address and data are taken together");
            @(negedge clk);
            awvalid = 1'b0; wvalid = 1'b0; bready = 1'b1;
            #1 while (!bvalid) @(negedge clk) #1;
            response = bresp;
            @(negedge clk) bready = 1'b0;
        end
    endtask

    reg [31:0] value;
    task get(input [15:0] address);
        begin
            @(negedge clk);
            araddr = address; arvalid = 1'b1; rready = 1'b1;
            #1 while (!arready) @(negedge clk) #1;
            @(negedge clk) arvalid = 1'b0;
            #1 while (!rvalid) @(negedge clk) #1;
            value = rdata;
            @(negedge clk) rready = 1'b0;
        end
    endtask

    task expect_errors(input [31:0] bits, input [8*40-1:0] when_);
        begin
            get(16'h0014);
            check(value, bits, when_);
        end
    endtask

    task clear_errors(input [31:0] bits);
        begin
            put(16'h0014, bits, 4'b1111);
            check({30'd0, response}, {30'd0, OKAY}, "answer to clearing errors");
        end
    endtask

    // A frame whose beat `marked` carries the end mark.
    task send_frame(input integer marked);
        integer i;
        begin
            for (i = 0; i < BEATS; i = i + 1) begin
                @(negedge clk);
                s_tdata = {$urandom, $urandom}; s_tvalid = 1'b1; s_tlast = (i == marked);
                #1 while (!s_tready) @(negedge clk) #1;
            end
            @(negedge clk) s_tvalid = 1'b0;
            s_tlast = 1'b0;
        end
    endtask

    integer i;
    initial begin
        repeat (4) @(negedge clk);
        resetn = 1'b1;
        repeat (2) @(negedge clk);

        get(16'h0000);
        check(value, 32'h454d4154, "id");
        expect_errors(32'd0, "after the reset");

        // ---- address: what is not there, what cannot be written
        for (i = 0; i < 6; i = i + 1) begin
            case (i)
                0: put(16'h0000, 32'd1, 4'b1111);
                1: put(16'h000c, 32'd1, 4'b1111);
                2: put(16'h0060, 32'd1, 4'b1111);
                3: put(16'h0009, 32'd1, 4'b1111);
                4: put(16'h1000, 32'd1, 4'b1111);
                default: put(16'hfffc, 32'd1, 4'b1111);
            endcase
            check({30'd0, response}, {30'd0, SLVERR}, "answer to an unknown address");
            expect_errors(32'd4, "unknown address");
            clear_errors(32'hfffffffb);
            expect_errors(32'd4, "other bits cleared");
            clear_errors(32'd4);
            expect_errors(32'd0, "address bit cleared");
        end

        // ---- strobe: a partial write changes nothing, and does not hang
        put(16'h0010, 32'd7, 4'b1111);
        for (i = 0; i < 15; i = i + 1) begin
            put(16'h0010, 32'd9, i[3:0]);
            check({30'd0, response}, {30'd0, SLVERR}, "answer to a partial write");
            get(16'h0010);
            check(value, 32'd7, "frames after a partial write");
        end
        expect_errors(32'd8, "partial write");
        put(16'h0014, 32'd8, 4'b0011);
        expect_errors(32'd8, "partly written clear");
        clear_errors(32'd15);
        expect_errors(32'd0, "strobe bit cleared");

        // ---- program: before the run a word counts, during it does not
        for (i = 16'h0040; i < 16'h0058; i = i + 4) put(i[15:0], 32'd0, 4'b1111);
        put(16'h0058, 32'd1, 4'b1111);
        put(16'h005c, 32'd2, 4'b1111);
        check({30'd0, response}, {30'd0, OKAY}, "answer to programming");
        get(16'h1038);
        check(value, 32'd64, "cells written before the run");
        put(16'h0010, 32'd2, 4'b1111);
        put(16'h0008, 32'd1, 4'b1111);
        get(16'h000c);
        check(value, 32'd1, "status while running");
        put(16'h005c, 32'd2, 4'b1111);
        check({30'd0, response}, {30'd0, SLVERR}, "answer to programming in a run");
        expect_errors(32'd2, "programmed in a run");
        get(16'h1038);
        check(value, 32'd64, "cells written in the run");
        clear_errors(32'd2);
        expect_errors(32'd0, "running bit cleared");

        // ---- frame: marks in the wrong place, both ways
        send_frame(BEATS - 1);
        expect_errors(32'd0, "frame with its mark");
        send_frame(3);
        expect_errors(32'd1, "frame with a mark too early");
        clear_errors(32'd1);
        expect_errors(32'd0, "frame bit cleared");

        // ---- end: all frames have left
        put(16'h0018, 32'd1, 4'b1111);
        while (!irq) @(negedge clk);
        get(16'h000c);
        check(value, 32'd2, "status after the run");
        check({31'd0, running}, 32'd0, "running after the run");
        put(16'h005c, 32'd2, 4'b1111);
        check({30'd0, response}, {30'd0, OKAY}, "answer to programming after the run");
        send_frame(-1);
        expect_errors(32'd1, "frame without a mark");

        // ---- a new error in the cycle in which its bit is cleared stays
        @(negedge clk);
        awaddr = 16'h0014; wdata = 32'd15; wstrb = 4'b1111; awvalid = 1'b1; wvalid = 1'b1;
        s_tvalid = 1'b1; s_tlast = 1'b1;
        #1 check({30'd0, awready, s_tready}, 32'd3, "a write and a beat at once");
        @(negedge clk);
        awvalid = 1'b0; wvalid = 1'b0; s_tvalid = 1'b0; s_tlast = 1'b0; bready = 1'b1;
        @(negedge clk) bready = 1'b0;
        expect_errors(32'd1, "set and cleared at once");
        clear_errors(32'd15);
        expect_errors(32'd0, "all bits cleared");

        $display("%0d checks, %0d failed", checked, failed);
        $finish;
    end

    initial begin
        #1000000 $display("hangs");
        $finish;
    end
endmodule
`default_nettype wire
