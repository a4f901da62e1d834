// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.

// The conversion of a bit-line sum: floor shift, offset, clipping. The result holds `{clipped, code}`.
function automatic [16:0] adc_convert(input [31:0] sum, input signed [15:0] offset, input integer shift,
                                      input integer bits);
    reg signed [31:0] code;
    reg signed [31:0] most;
    begin
        most = (32'sd1 <<< bits) - 32'sd1;
        code = $signed(sum >> shift) + $signed({{16{offset[15]}}, offset});
        if (code < 32'sd0) adc_convert = {1'b1, 16'd0};
        else if (code > most) adc_convert = {1'b1, most[15:0]};
        else adc_convert = {1'b0, code[15:0]};
    end
endfunction

