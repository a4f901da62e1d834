package org.emat.tb;

import java.util.ArrayList;
import java.util.List;

/** What differs in a comparison, in words for a failing test. */
final class Differences {
    private Differences() {}

    /** One entry per differing count and one for differing words; empty if all is equal. */
    static List<String> of(Comparison comparison) {
        List<String> differences = new ArrayList<>();
        if (comparison.differingWords() > 0) {
            differences.add(comparison.differingWords() + " words differ");
        }
        comparison.firstMismatch().ifPresent(mismatch -> differences.add("first: " + mismatch));
        comparison.whole().forEach((name, count) -> {
            if (!count.same()) {
                differences.add(name + " " + count);
            }
        });
        for (Comparison.EngineComparison engine : comparison.engines()) {
            engine.counts().forEach((name, count) -> {
                if (!count.same()) {
                    differences.add(engine.name() + " " + name + " " + count);
                }
            });
        }
        return differences;
    }
}
