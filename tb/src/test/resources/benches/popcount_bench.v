// SPDX-License-Identifier: Apache-2.0
// Compares both forms of popcount.vh, and the language's own, word by word.
`default_nettype none

`define VERILATOR
module word_parallel (
    input  wire [63:0] word,
    output wire [6:0]  ones
);
`include "popcount.vh"
    assign ones = popcount64(word);
endmodule

`undef VERILATOR
module bit_loop (
    input  wire [63:0] word,
    output wire [6:0]  ones
);
`include "popcount.vh"
    assign ones = popcount64(word);
endmodule

module popcount_bench;
    reg  [63:0] word, drawn;
    wire [6:0]  parallel, loop;
    integer     compared = 0, different = 0, random, seed, i;

    word_parallel word_parallel (.word(word), .ones(parallel));
    bit_loop bit_loop (.word(word), .ones(loop));

    task compare(input [63:0] value);
        begin
            word = value;
            #1 compared = compared + 1;
            if (parallel !== loop || 32'(loop) !== $countones(value)) begin
                different = different + 1;
                if (different < 10) $display("%h: word-parallel %0d, loop %0d", value, parallel, loop);
            end
        end
    endtask

    initial begin
        if (!$value$plusargs("random=%d", random) || !$value$plusargs("seed=%d", seed)) $finish;
        for (i = 0; i < 64; i = i + 1) begin
            compare(64'd1 << i);
            compare(~(64'd1 << i));
            compare((64'd1 << i) - 64'd1);
            compare(~((64'd1 << i) - 64'd1));
        end
        compare(64'd0);
        compare(~64'd0);
        compare({32{2'b01}});
        compare({32{2'b10}});
        compare({16{4'b0011}});
        compare({16{4'b1100}});
        compare({8{8'h0f}});
        compare({8{8'hf0}});
        // Even, sparse and dense words.
        for (i = 0; i < random; i = i + 1) begin
            drawn = {$urandom(seed), $urandom(seed)};
            if (i % 3 == 1) drawn = drawn & {$urandom(seed), $urandom(seed)} & {$urandom(seed), $urandom(seed)};
            if (i % 3 == 2) drawn = drawn | {$urandom(seed), $urandom(seed)} | {$urandom(seed), $urandom(seed)};
            compare(drawn);
        end
        $display("compared %0d words, %0d differ", compared, different);
        $finish;
    end
endmodule
