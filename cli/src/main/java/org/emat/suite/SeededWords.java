package org.emat.suite;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * Words drawn from a name, the same on every machine and for ever: the name's 64-bit FNV-1a hash is the start of a
 * SplitMix64 sequence, whose numbers are scaled to the range.
 */
final class SeededWords {
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final long seed;

    SeededWords(String name) {
        long hash = FNV_OFFSET;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
        }
        seed = hash;
    }

    /** Words that are uniform from {@code low} to {@code high}, both included. */
    int[] draw(int count, int low, int high) {
        long range = (long) high - low + 1;
        return IntStream.range(0, count)
                .parallel()
                .map(i -> (int) (low + ((mix(seed + STEP * (i + 1L)) >>> 32) * range >>> 32)))
                .toArray();
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
