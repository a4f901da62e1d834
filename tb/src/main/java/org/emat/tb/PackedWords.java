package org.emat.tb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.emat.network.NumberFormat;

/** Words of a few bits in a byte array, little endian. */
final class PackedWords {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PackedWords() {}

    /** Writes the low bits of a word, 1 to 32 of them, where there were zeros. */
    static void put(byte[] bytes, long bit, int width, long word) {
        int at = (int) (bit >> 3);
        long bits = (word & (1L << width) - 1) << (bit & 7);
        if (at + Long.BYTES <= bytes.length) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) | bits);
            return;
        }
        for (; bits != 0; bits >>>= 8) {
            bytes[at++] |= (byte) bits;
        }
    }

    /** The word of a format. */
    static int get(byte[] bytes, long bit, NumberFormat format) {
        return (int) format.decode(window(bytes, (int) (bit >> 3)) >>> (bit & 7));
    }

    /** A two's complement word of 1 to 64 bits. */
    static long getSigned(byte[] bytes, long bit, int width) {
        int at = (int) (bit >> 3);
        int shift = (int) (bit & 7);
        long word = window(bytes, at) >>> shift;
        if (shift > 0) {
            word |= window(bytes, at + 1) >>> (Long.SIZE - 8) << (Long.SIZE - shift);
        }
        return word << (Long.SIZE - width) >> (Long.SIZE - width);
    }

    /** The 64 bits from a byte on, zeros behind the end. */
    private static long window(byte[] bytes, int at) {
        if (at + Long.BYTES <= bytes.length) {
            return (long) LONGS.get(bytes, at);
        }
        long word = 0;
        for (int i = bytes.length - 1; i >= at; i--) {
            word = word << 8 | bytes[i] & 0xFF;
        }
        return word;
    }
}
