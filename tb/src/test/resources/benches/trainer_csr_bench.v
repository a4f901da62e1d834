// SPDX-License-Identifier: Apache-2.0
// The registers and streams of a machine that trains, from the master's side: identity, refused writes, loads that come
// back in the state, a step with its interrupt. Latents and state pass in two beats a pixel and a word.
`default_nettype none
module trainer_csr_bench;
    localparam       LAYERS     = 4;
    localparam       BATCH      = 2;
    localparam       LATENTS    = 2;    // beats of a latent: one pixel of 32 bits
    localparam       REALS      = 16;   // beats of an image: pixels of 16 bits
    localparam       WORDS      = 126;  // of the report
    localparam [1:0] OKAY       = 2'b00;
    localparam [1:0] SLVERR     = 2'b10;

    reg         clk = 1'b0, resetn = 1'b0;
    reg  [15:0] latent_tdata = 16'd0, real_tdata = 16'd0;
    reg         latent_tvalid = 1'b0, latent_tlast = 1'b0, real_tvalid = 1'b0, real_tlast = 1'b0;
    wire        latent_tready, real_tready;
    wire [31:0] state_tdata;
    wire [3:0]  state_tkeep;
    wire        state_tvalid, state_tlast;
    reg         state_tready = 1'b0;
    reg  [15:0] awaddr = 16'd0, araddr = 16'd0;
    reg  [31:0] wdata = 32'd0;
    reg  [3:0]  wstrb = 4'd0;
    reg         awvalid = 1'b0, wvalid = 1'b0, bready = 1'b0, arvalid = 1'b0, rready = 1'b0;
    wire        awready, wready, bvalid, arready, rvalid, irq;
    wire [1:0]  bresp, rresp;
    wire [31:0] rdata;

    tiny_gan_trainer_top #(.LATENT_STREAM_BITS(16), .STATE_STREAM_BITS(32)) dut (
        .aclk(clk), .aresetn(resetn),
        .s_axis_latent_tdata(latent_tdata), .s_axis_latent_tvalid(latent_tvalid),
        .s_axis_latent_tready(latent_tready), .s_axis_latent_tlast(latent_tlast),
        .s_axis_real_tdata(real_tdata), .s_axis_real_tvalid(real_tvalid),
        .s_axis_real_tready(real_tready), .s_axis_real_tlast(real_tlast),
        .m_axis_state_tdata(state_tdata), .m_axis_state_tkeep(state_tkeep), .m_axis_state_tvalid(state_tvalid),
        .m_axis_state_tready(state_tready), .m_axis_state_tlast(state_tlast),
        .s_axil_awaddr(awaddr), .s_axil_awvalid(awvalid), .s_axil_awready(awready),
        .s_axil_wdata(wdata), .s_axil_wstrb(wstrb), .s_axil_wvalid(wvalid), .s_axil_wready(wready),
        .s_axil_bresp(bresp), .s_axil_bvalid(bvalid), .s_axil_bready(bready),
        .s_axil_araddr(araddr), .s_axil_arvalid(arvalid), .s_axil_arready(arready),
        .s_axil_rdata(rdata), .s_axil_rresp(rresp), .s_axil_rvalid(rvalid), .s_axil_rready(rready),
        .irq(irq)
    );

    always #5 clk = !clk;

    integer checked = 0, failed = 0;
    task check(input [63:0] got, input [63:0] expected, input [8*40-1:0] what);
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
            check({63'd0, wready}, 64'd1, "address and data are taken together");
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

    task done_write(input [15:0] address, input [31:0] data);
        begin
            put(address, data, 4'b1111);
            check({62'd0, response}, {62'd0, OKAY}, "answer to a write");
        end
    endtask

    // A write that is refused, and sets one error bit.
    task refused_write(input [15:0] address, input [31:0] data, input [3:0] strobe, input [31:0] bits);
        begin
            put(address, data, strobe);
            check({62'd0, response}, {62'd0, SLVERR}, "answer to a bad write");
            expect_errors(bits, "bad write");
            done_write(16'h0014, ~bits);
            expect_errors(bits, "other bits cleared");
            done_write(16'h0014, bits);
            expect_errors(32'd0, "bit cleared");
        end
    endtask

    task expect_errors(input [31:0] bits, input [8*40-1:0] when_);
        begin
            get(16'h0014);
            check({32'd0, value}, {32'd0, bits}, when_);
        end
    endtask

    task expect_value(input [15:0] address, input [31:0] expected, input [8*40-1:0] what);
        begin
            get(address);
            check({32'd0, value}, {32'd0, expected}, what);
        end
    endtask

    // Parameters of a layer, and what the bench loads.
    function integer parameters(input integer layer);
        case (layer)
            0: parameters = 18;
            1: parameters = 33;
            2: parameters = 34;
            default: parameters = 9;
        endcase
    endfunction
    function [63:0] parameter_word(input integer layer, input integer number);
        parameter_word = {16'd0, 32'h80000000 + layer * 32'd65537 + number * 32'd7919,
            16'h8000 + layer[15:0] * 16'd1000 + number[15:0]};
    endfunction
    function [63:0] scale_word(input integer layer, input integer which);
        scale_word = {(which == 2) ? 8'hf0 : 8'h30, 24'hbcdef0 + layer[23:0], 32'h12345670 + which};
    endfunction

    task load(input integer kind, input integer place, input [63:0] data);
        begin
            done_write(16'h0044, kind);
            done_write(16'h0040, place);
            done_write(16'h0058, data[31:0]);
            done_write(16'h005c, data[63:32]);
        end
    endtask

    task load_all;
        integer layer, number;
        begin
            for (layer = 0; layer < LAYERS; layer = layer + 1) begin
                load(0, 2 * layer, scale_word(layer, 0));
                load(0, 2 * layer + 1, scale_word(layer, 1));
                load(2, layer, scale_word(layer, 2));
                for (number = 0; number < parameters(layer); number = number + 1)
                    load(1, layer, parameter_word(layer, number));
            end
        end
    endtask

    // The state with pauses; each word is compared, or only counted.
    task receive(input compare);
        integer    layer, number;
        reg [63:0] word, expected;
        begin
            for (layer = 0; layer < LAYERS; layer = layer + 1) begin
                for (number = 0; number < parameters(layer) + 3; number = number + 1) begin
                    take_beat(1'b0);
                    word[31:0] = beat;
                    take_beat(layer == LAYERS - 1 && number == parameters(layer) + 2);
                    word[63:32] = beat;
                    expected = (number < parameters(layer)) ? parameter_word(layer, number)
                        : scale_word(layer, number - parameters(layer));
                    if (compare) check(word, expected, "word of the state");
                end
            end
            @(negedge clk);
            #1 check({63'd0, state_tvalid}, 64'd0, "nothing after the state");
        end
    endtask

    reg [31:0] beat;
    task take_beat(input last);
        begin
            @(negedge clk) state_tready = 1'b0;
            while ($urandom % 3 == 0) @(negedge clk);
            state_tready = 1'b1;
            #1 while (!state_tvalid) @(negedge clk) #1;
            beat = state_tdata;
            check({63'd0, state_tlast}, {63'd0, last}, "mark of the last beat");
            check({60'd0, state_tkeep}, 64'd15, "bytes of a beat");
            @(posedge clk) #1 state_tready = 1'b0;
        end
    endtask

    // Latents, each with its mark on a beat of a number; beats of images.
    task send_latents(input integer frames, input integer marked);
        integer i;
        begin
            for (i = 0; i < frames * LATENTS; i = i + 1) begin
                @(negedge clk);
                latent_tdata = $urandom; latent_tvalid = 1'b1; latent_tlast = (i % LATENTS == marked);
                #1 while (!latent_tready) @(negedge clk) #1;
            end
            @(negedge clk) latent_tvalid = 1'b0;
        end
    endtask
    task send_real(input marked);
        begin
            @(negedge clk);
            real_tdata = $urandom; real_tvalid = 1'b1; real_tlast = marked;
            #1 while (!real_tready) @(negedge clk) #1;
            @(negedge clk) real_tvalid = 1'b0;
        end
    endtask
    task send_reals(input integer frames);
        integer i;
        for (i = 0; i < frames * REALS; i = i + 1) send_real(i % REALS == REALS - 1);
    endtask

    integer i;
    initial begin
        repeat (4) @(negedge clk);
        resetn = 1'b1;
        repeat (2) @(negedge clk);

        // ---- while memories are cleared after reset
        refused_write(16'h0008, 32'd1, 4'b1111, 32'd2);
        get(16'h000c);
        while (value[0]) get(16'h000c);
        check({32'd0, value}, 64'd0, "status after the reset");
        expect_value(16'h0000, 32'h454d4154, "id");
        expect_value(16'h0004, 32'h00010100, "version");

        // ---- address: what is not there, what cannot be written
        for (i = 0; i < 9; i = i + 1) begin
            case (i)
                0: refused_write(16'h0000, 32'd1, 4'b1111, 32'd4);
                1: refused_write(16'h0004, 32'd1, 4'b1111, 32'd4);
                2: refused_write(16'h000c, 32'd1, 4'b1111, 32'd4);
                3: refused_write(16'h0010, 32'd1, 4'b1111, 32'd4);
                4: refused_write(16'h0034, 32'd1, 4'b1111, 32'd4);
                5: refused_write(16'h0009, 32'd1, 4'b1111, 32'd4);
                6: refused_write(16'h0060, 32'd1, 4'b1111, 32'd4);
                7: refused_write(16'h1000, 32'd1, 4'b1111, 32'd4);
                default: refused_write(16'hfffc, 32'd1, 4'b1111, 32'd4);
            endcase
        end
        expect_value(16'h0060, 32'd0, "an unknown address");

        // ---- factors; a partial write changes nothing
        for (i = 0; i < 5; i = i + 1) done_write(16'h0020 + i[15:0] * 16'd4, 32'd100 + i);
        done_write(16'h0028, -32'd24);
        for (i = 0; i < 15; i = i + 1) refused_write(16'h0020, 32'd9, i[3:0], 32'd8);
        expect_value(16'h0020, 32'd100, "momentum");
        expect_value(16'h0024, 32'd101, "decay");
        expect_value(16'h0028, -32'd24, "decay shift");
        expect_value(16'h002c, 32'd103, "rate");
        expect_value(16'h0030, 32'd104, "rate shift");

        // ---- loads: of what there is, and the state right after them
        for (i = 0; i < 4; i = i + 1) begin
            done_write(16'h0044, i);
            done_write(16'h0040, (i == 0) ? 2 * LAYERS : LAYERS);
            refused_write(16'h005c, 32'd1, 4'b1111, 32'd16);
        end
        load_all;
        @(negedge clk);
        awaddr = 16'h0008; wdata = 32'd2; wstrb = 4'b1111; awvalid = 1'b1; wvalid = 1'b1;
        #1 check({63'd0, awready}, 64'd0, "control waits until the last load has arrived");
        done_write(16'h0008, 32'd2);
        fork
            receive(1'b1);
            begin
                expect_value(16'h000c, 32'd4, "status while the state is sent");
                refused_write(16'h0008, 32'd1, 4'b1111, 32'd2);
                refused_write(16'h0008, 32'd2, 4'b1111, 32'd2);
                refused_write(16'h005c, 32'd1, 4'b1111, 32'd2);
            end
        join
        expect_value(16'h000c, 32'd0, "status after the state");

        // ---- a step; frames wait for its start
        done_write(16'h0030, 32'd20);
        done_write(16'h0018, 32'd1);
        fork
            send_latents(BATCH, LATENTS - 1);
            send_reals(BATCH);
            begin
                repeat (40) @(negedge clk);
                check({62'd0, latent_tready, real_tready}, 64'd0, "no frame enters before the start");
                done_write(16'h0008, 32'd1);
                expect_value(16'h000c, 32'd1, "status in a step");
                refused_write(16'h0008, 32'd1, 4'b1111, 32'd2);
                refused_write(16'h0008, 32'd2, 4'b1111, 32'd2);
                refused_write(16'h0020, 32'd1, 4'b1111, 32'd2);
                refused_write(16'h005c, 32'd1, 4'b1111, 32'd2);
                while (!irq) @(negedge clk);
            end
        join
        expect_value(16'h000c, 32'd2, "status after a step");
        expect_value(16'h0010, 32'd1, "steps");
        expect_value(16'h0020, 32'd100, "momentum after the step");
        get(16'h1000);
        check({63'd0, value > 32'd500 && value < 32'd20000}, 64'd1, "cycles of the step");
        expect_value(16'h1004, 32'd0, "their upper half");
        expect_value(16'h1000 + 8 * WORDS, 32'd0, "after the report");
        expect_errors(32'd0, "after a step");

        // ---- interrupt
        expect_value(16'h001c, 32'd1, "interrupt");
        done_write(16'h0018, 32'd0);
        #1 check({63'd0, irq}, 64'd0, "disabled interrupt");
        done_write(16'h0018, 32'd1);
        #1 check({63'd0, irq}, 64'd1, "enabled interrupt");
        done_write(16'h001c, 32'd0);
        #1 check({63'd0, irq}, 64'd1, "interrupt after a write of 0");
        done_write(16'h001c, 32'd1);
        #1 check({63'd0, irq}, 64'd0, "cleared interrupt");
        expect_value(16'h001c, 32'd0, "interrupt, cleared");
        expect_value(16'h000c, 32'd2, "status, the interrupt cleared");

        // ---- frames: marks in the wrong place, before the next step; then the state once more
        send_latents(1, -1);
        expect_errors(32'd1, "a latent without a mark");
        done_write(16'h0014, 32'd1);
        send_real(1'b1);
        expect_errors(32'd1, "an image with a mark too early");
        done_write(16'h0008, 32'd2);
        receive(1'b0);

        $display("%0d checks, %0d failed", checked, failed);
        $finish;
    end

    initial begin
        #1000000 $display("hangs");
        $finish;
    end
endmodule
`default_nettype wire
