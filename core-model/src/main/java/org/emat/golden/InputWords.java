package org.emat.golden;

import org.emat.network.NumberFormat;

/** Refusal of input words that their format does not hold: the kernels would silently disagree about them. */
final class InputWords {
    private InputWords() {}

    /** Whether a format holds a word; an unsigned word of 32 bits is any int. */
    static boolean holds(NumberFormat format, int word) {
        return format.bits() == Integer.SIZE || format.holds(word);
    }

    /**
     * Refuses words outside the format. One OR over the words and one comparison, since it runs for every vector.
     */
    static void check(NumberFormat format, int[] words, int from, int count) {
        int used = format.signed() ? usedSigned(words, from, from + count) : used(words, from, from + count);
        int magnitudeBits = format.signed() ? format.bits() - 1 : format.bits();
        if ((used & 0xFFFFFFFFL) >>> magnitudeBits != 0) {
            throw new IllegalArgumentException(
                    "an input word is outside " + format.min() + " to " + format.max() + ", the range of its format");
        }
    }

    private static int used(int[] words, int from, int to) {
        int used = 0;
        for (int i = from; i < to; i++) {
            used |= words[i];
        }
        return used;
    }

    private static int usedSigned(int[] words, int from, int to) {
        int used = 0;
        for (int i = from; i < to; i++) {
            used |= words[i] ^ (words[i] >> 31);
        }
        return used;
    }
}
