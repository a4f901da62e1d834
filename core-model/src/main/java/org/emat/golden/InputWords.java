package org.emat.golden;

import org.emat.network.NumberFormat;

/** Refusal of input words that their format does not hold: the kernels would silently disagree about them. */
final class InputWords {
    private InputWords() {}

    /**
     * Refuses words outside the format. One OR over the words and one comparison, since it runs for every vector; an
     * unsigned word of 32 bits is any int.
     */
    static void check(NumberFormat format, int[] words, int from, int count) {
        int used = 0;
        for (int i = from; i < from + count; i++) {
            used |= format.signed() ? words[i] ^ (words[i] >> 31) : words[i];
        }
        int magnitudeBits = format.signed() ? format.bits() - 1 : format.bits();
        if ((used & 0xFFFFFFFFL) >>> magnitudeBits != 0) {
            throw new IllegalArgumentException(
                    "an input word is outside " + format.min() + " to " + format.max() + ", the range of its format");
        }
    }
}
