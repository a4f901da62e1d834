// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// fixed_point: shifts between exponents. A word w with exponent e means w * 2^-e.

// value / 2^shift, halves to even. Half of 2^shift is the first bit that is cut off. It rounds up, unless it is the
// only one and the result even.
function automatic signed [63:0] round_half_even(input signed [63:0] value, input [5:0] shift);
    reg [63:0] half, others;
    begin
        half            = (64'd1 << shift) >> 1;
        others          = (half << 1) | (half - 64'd1);
        round_half_even = value >>> shift;
        if ((value & half) != 64'd0 && (value & others) != 64'd0) round_half_even = round_half_even + 64'sd1;
    end
endfunction

// value / 2^shift, halves to even; for a negative shift value * 2^-shift. What is multiplied is cut to 18 bits, since
// words of at most 16 bits are made of it.
function automatic signed [63:0] scaled(input signed [63:0] value, input signed [7:0] shift);
    reg signed [63:0] near;
    begin
        near   = (value > 64'sd131071) ? 64'sd131071 : (value < -64'sd131071) ? -64'sd131071 : value;
        scaled = (shift >= 8'sd0) ? round_half_even(value, 6'(shift)) : near <<< 6'(-shift);
    end
endfunction

// The nearest value of some signed bits.
function automatic signed [63:0] saturated_to(input signed [63:0] value, input integer bits);
    reg signed [63:0] most;
    begin
        most         = (64'sd1 <<< (bits - 1)) - 64'sd1;
        saturated_to = (value > most) ? most : (value < ~most) ? ~most : value;
    end
endfunction
