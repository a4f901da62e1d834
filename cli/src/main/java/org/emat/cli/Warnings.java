package org.emat.cli;

import java.util.ArrayList;
import java.util.List;
import org.emat.plan.EnginePlan;

/** What a user should know of a mapping before it is built. */
final class Warnings {
    private Warnings() {}

    /** One sentence per engine whose conversions can lose something. */
    static List<String> of(Design design) {
        List<String> warnings = new ArrayList<>();
        for (EnginePlan engine : design.plan().engines()) {
            int rows = 0;
            for (int phase = 0; phase < engine.phases(); phase++) {
                rows = Math.max(rows, Math.min(engine.array().rows(), engine.rows(phase)));
            }
            long most = engine.maxSum(rows)
                    >> (engine.array().fractionBits() + engine.array().adcLsb());
            if (most > engine.array().maxCode()) {
                int bits = Long.SIZE - Long.numberOfLeadingZeros(most);
                warnings.add("layer '" + engine.name() + "': a bit line of " + rows + " rows can sum to " + most
                        + ", beyond the " + engine.array().maxCode() + " of a "
                        + engine.array().adcBits()
                        + "-bit converter, so conversions can clip; " + bits + " bits would not.");
            } else if (!engine.lossless()) {
                warnings.add("layer '" + engine.name()
                        + "': conversions are not exact (right shift, offsets or deviating cells).");
            }
        }
        return warnings;
    }
}
