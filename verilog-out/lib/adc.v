// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// adc: converters of one crossbar, one per ADC_SHARE bit lines. In each cycle, the bit lines whose turn it is are
// converted; the others read as code 0.
`default_nettype none
module adc #(
    parameter BIT_LINES     = 128,  // bit lines that hold weights
    parameter SUM_BITS      = 9,    // bits of a bit line's sum
    parameter FRACTION_BITS = 0,    // fraction bits of a sum
    parameter ADC_BITS      = 9,    // resolution
    parameter ADC_LSB       = 0,    // right shift of a sum
    parameter ADC_OFFSETS   = 0,    // 1: an offset per bit line
    parameter ADC_SHARE     = 1     // bit lines of one converter
) (
    input  wire                           clk,
    input  wire [7:0]                     share,          // which bit line of each converter
    input  wire [BIT_LINES*SUM_BITS-1:0]  sums,           // by bit line
    output wire [BIT_LINES*ADC_BITS-1:0]  codes,          // by bit line
    output reg  [$clog2(BIT_LINES+1)-1:0] clipped,        // conversions of this cycle outside the range
    input  wire                           program_valid,  // set a bit line's offset
    input  wire [15:0]                    program_line,   // bit line
    input  wire [15:0]                    program_data    // signed, in codes
);
`include "adc.vh"
    localparam CLIPPED_BITS = $clog2(BIT_LINES + 1);

    wire [BIT_LINES-1:0] clips;
    genvar k;
    generate
        for (k = 0; k < BIT_LINES; k = k + 1) begin : bit_line
            wire [15:0] offset;
            if (ADC_OFFSETS != 0) begin : stored
                reg [15:0] value;
                always @(posedge clk) if (program_valid && program_line == k) value <= program_data;
                assign offset = value;
            end else begin : none
                assign offset = 16'd0;
            end
            wire              turn = (share == k % ADC_SHARE);
            wire [ADC_BITS:0] code = adc_convert(32'(sums[k*SUM_BITS+:SUM_BITS]), offset);
            assign codes[k*ADC_BITS+:ADC_BITS] = turn ? code[ADC_BITS-1:0] : {ADC_BITS{1'b0}};
            assign clips[k]                    = turn && code[ADC_BITS];
        end
    endgenerate

    always @* begin : count
        integer i;
        clipped = 0;
        for (i = 0; i < BIT_LINES; i = i + 1) clipped = clipped + CLIPPED_BITS'(clips[i]);
    end

    generate
        if (ADC_OFFSETS == 0) begin : no_program
            wire unused = &{1'b0, clk, program_valid, program_line, program_data};
        end
    endgenerate
endmodule
`default_nettype wire
