// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// word_signs: which words of a pixel are positive. That is all that the slope of a ReLU asks of its output.
`default_nettype none
module word_signs #(
    parameter CHANNELS  = 1,  // channels of a pixel
    parameter WORD_BITS = 16  // bits of a word, which is signed
) (
    input  wire [CHANNELS*WORD_BITS-1:0] words,  // channel 0 in the least significant bits
    output wire [CHANNELS-1:0]           signs   // 1: the word is positive
);
    genvar c;
    generate
        for (c = 0; c < CHANNELS; c = c + 1) begin : channel
            assign signs[c] = ($signed(words[c*WORD_BITS+:WORD_BITS]) > 0);
        end
    endgenerate
endmodule
`default_nettype wire
