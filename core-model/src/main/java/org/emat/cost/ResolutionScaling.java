package org.emat.cost;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * Takes a table by converter resolution to resolutions that it does not hold. The parts of a successive-approximation
 * converter grow with the number of its decisions, its capacitor array doubles with every bit (Saberi et al., 2011):
 * {@code p + q·bits + r·2^bits} through the three nearest entries. ISAAC's areas and energies for 4 to 10 bits follow
 * this form, see {@code docs/cost.md}.
 */
final class ResolutionScaling {
    private ResolutionScaling() {}

    /** The value for a resolution; empty where the table has less than three entries or the form becomes negative. */
    static OptionalDouble at(SortedMap<Integer, Double> table, int bits) {
        if (table.containsKey(bits)) {
            return OptionalDouble.of(table.get(bits));
        }
        List<Integer> near = table.keySet().stream()
                .sorted(Comparator.comparingInt(entry -> Math.abs(entry - bits)))
                .limit(3)
                .sorted()
                .toList();
        if (near.size() < 3) {
            return OptionalDouble.empty();
        }
        int a = near.get(0);
        int b = near.get(1);
        int c = near.get(2);
        double first = (table.get(b) - table.get(a)) / (b - a);
        double second = (table.get(c) - table.get(b)) / (c - b);
        double r = (second - first) / (power(b, c) - power(a, b));
        double q = first - r * power(a, b);
        double value = table.get(a) + q * (bits - a) + r * (Math.scalb(1.0, bits) - Math.scalb(1.0, a));
        return value >= 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** Mean growth of 2^bits a bit. */
    private static double power(int from, int to) {
        return (Math.scalb(1.0, to) - Math.scalb(1.0, from)) / (to - from);
    }
}
