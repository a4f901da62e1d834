package org.emat.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** The options that no other one beats in both of two costs. */
final class Frontier {
    private Frontier() {}

    /** By rising first and falling second cost; one of several equals. */
    static <T> List<T> of(List<T> options, ToLongFunction<T> first, ToLongFunction<T> second) {
        List<T> sorted = options.stream()
                .sorted(Comparator.comparingLong(first).thenComparingLong(second))
                .toList();
        List<T> best = new ArrayList<>();
        long least = Long.MAX_VALUE;
        for (T option : sorted) {
            if (second.applyAsLong(option) < least) {
                least = second.applyAsLong(option);
                best.add(option);
            }
        }
        return best;
    }
}
