// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// Number of ones of a 64-bit word. The word-parallel form is the fastest to simulate, the loop the smallest to
// synthesise; a test holds both equal.
`ifdef VERILATOR
function automatic [6:0] popcount64(input [63:0] value);
    reg [63:0] t;
    begin
        t = value - ((value >> 1) & 64'h5555555555555555);
        t = (t & 64'h3333333333333333) + ((t >> 2) & 64'h3333333333333333);
        t = (t + (t >> 4)) & 64'h0f0f0f0f0f0f0f0f;
        t = (t * 64'h0101010101010101) >> 56;
        popcount64 = t[6:0];
    end
endfunction
`else
function automatic [6:0] popcount64(input [63:0] value);
    integer i;
    begin
        popcount64 = 7'd0;
        for (i = 0; i < 64; i = i + 1) popcount64 = popcount64 + {6'd0, value[i]};
    end
endfunction
`endif
