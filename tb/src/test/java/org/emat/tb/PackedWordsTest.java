package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.emat.network.NumberFormat;
import org.junit.jupiter.api.Test;

/** Packed words against whole numbers of any size. */
class PackedWordsTest {
    private final long seed = Long.getLong("emat.seed", 5L);
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void wordsOfEveryWidthComeBackFromEveryPlace() {
        for (int round = 0; round < 5000; round++) {
            NumberFormat format = new NumberFormat(1 + random.nextInt(32), random.nextBoolean());
            int count = 1 + random.nextInt(9);
            int offset = random.nextInt(20);
            byte[] bytes = new byte[(offset + count * format.bits() + 7) / 8];
            int[] words = new int[count];
            BigInteger whole = BigInteger.ZERO;
            for (int i = 0; i < count; i++) {
                int bit = offset + i * format.bits();
                words[i] = (int) random.nextLong(format.min(), format.max() + 1);
                PackedWords.put(bytes, bit, format.bits(), words[i]);
                whole = whole.or(BigInteger.valueOf(words[i])
                        .and(BigInteger.ONE.shiftLeft(format.bits()).subtract(BigInteger.ONE))
                        .shiftLeft(bit));
            }
            assertThat(number(bytes)).as("seed " + seed).isEqualTo(whole);
            for (int i = 0; i < count; i++) {
                assertThat(PackedWords.get(bytes, offset + (long) i * format.bits(), format))
                        .as("seed " + seed)
                        .isEqualTo(words[i]);
            }
        }
    }

    @Test
    void signedWordsOfUpToSixtyFourBitsAreRead() {
        for (int round = 0; round < 5000; round++) {
            int width = 1 + random.nextInt(64);
            byte[] bytes = new byte[8 + random.nextInt(12)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt();
            }
            int bit = random.nextInt(8 * bytes.length - width + 1);
            BigInteger word = number(bytes).shiftRight(bit);
            long expected = word.longValue() << (64 - width) >> (64 - width);
            assertThat(PackedWords.getSigned(bytes, bit, width))
                    .as("seed " + seed)
                    .isEqualTo(expected);
        }
    }

    private static BigInteger number(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
