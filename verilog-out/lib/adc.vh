// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// The conversion of a bit-line sum: floor shift, offset, clipping. The result holds `{clipped, code}`. The module that
// includes this has the parameters FRACTION_BITS, ADC_BITS and ADC_LSB.
function automatic [ADC_BITS:0] adc_convert(input [31:0] sum, input signed [15:0] offset);
    reg signed [31:0] code;
    begin
        code = $signed(sum >> (FRACTION_BITS + ADC_LSB)) + {{16{offset[15]}}, offset};
        if (code < 32'sd0) adc_convert = {1'b1, {ADC_BITS{1'b0}}};
        else if (code >= (32'sd1 <<< ADC_BITS)) adc_convert = {1'b1, {ADC_BITS{1'b1}}};
        else adc_convert = {1'b0, code[ADC_BITS-1:0]};
    end
endfunction
