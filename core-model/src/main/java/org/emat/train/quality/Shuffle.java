package org.emat.train.quality;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Numbers below a bound in random order: each once, then all again in another order. */
final class Shuffle {
    private final SplittableRandom random;
    private final int[] order;
    private int at;

    Shuffle(int bound, long seed) {
        random = new SplittableRandom(seed);
        order = IntStream.range(0, bound).toArray();
        at = bound;
    }

    int[] next(int count) {
        return IntStream.range(0, count).map(i -> next()).toArray();
    }

    private int next() {
        if (at == order.length) {
            for (int i = order.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int kept = order[i];
                order[i] = order[other];
                order[other] = kept;
            }
            at = 0;
        }
        return order[at++];
    }
}
