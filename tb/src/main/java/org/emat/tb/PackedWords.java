package org.emat.tb;

import org.emat.network.NumberFormat;

/** Words of a few bits in a byte array, little endian. */
final class PackedWords {
    private PackedWords() {}

    static void put(byte[] bytes, long bit, int width, long word) {
        for (int i = 0; i < width; ) {
            int at = (int) ((bit + i) / 8);
            int shift = (int) ((bit + i) % 8);
            int count = Math.min(8 - shift, width - i);
            bytes[at] |= (byte) ((word >> i & ((1 << count) - 1)) << shift);
            i += count;
        }
    }

    static int get(byte[] bytes, long bit, NumberFormat format) {
        long word = 0;
        for (int i = 0; i < format.bits(); ) {
            int at = (int) ((bit + i) / 8);
            int shift = (int) ((bit + i) % 8);
            int count = Math.min(8 - shift, format.bits() - i);
            word |= (long) (bytes[at] >> shift & ((1 << count) - 1)) << i;
            i += count;
        }
        return (int) format.decode(word);
    }
}
