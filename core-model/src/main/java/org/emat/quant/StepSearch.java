package org.emat.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.emat.network.NumberFormat;

/**
 * Chooses steps of least squared error: the full range of the calibration against ranges that clip its tails in favour
 * of finer steps.
 */
final class StepSearch {
    private static final int RANGES = 80;
    private static final double NARROWEST = 0.2;

    private StepSearch() {}

    /**
     * The step for a tensor.
     *
     * @param samples the values, as the activation gave them
     * @param bits width of the words
     * @param otherwise range to use when all values are zero
     */
    static Step find(Samples samples, int bits, double otherwise) {
        double most = samples.mostAfter() == 0 ? otherwise : samples.mostAfter();
        List<Step> candidates = new ArrayList<>(ranges(new NumberFormat(bits, false), most));
        if (!samples.isUnsigned()) {
            candidates.addAll(ranges(new NumberFormat(bits, true), most));
        }
        return best(candidates, step -> samples.error(step::nearest));
    }

    /** Steps of a format that cover a range or less of it; the full range comes first. */
    static List<Step> ranges(NumberFormat format, double most) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < RANGES; i++) {
            double part = 1 - (1 - NARROWEST) * i / RANGES;
            steps.add(new Step(format, Math.max(Double.MIN_NORMAL, most * part / Math.max(1, format.max()))));
        }
        return steps;
    }

    /** The first candidate of least error. */
    static <T> T best(List<T> candidates, ToDoubleFunction<T> error) {
        T best = candidates.get(0);
        double least = error.applyAsDouble(best);
        for (T candidate : candidates.subList(1, candidates.size())) {
            double found = error.applyAsDouble(candidate);
            if (found < least) {
                least = found;
                best = candidate;
            }
        }
        return best;
    }
}
