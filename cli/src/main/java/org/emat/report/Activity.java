package org.emat.report;

import org.emat.tb.SimulationResult;

/**
 * When an engine read its arrays and gave pixels, cycle by cycle, as the Verilog ran.
 *
 * @param interval cycles of a step
 * @param starts the cycles in which its steps began; their reads follow in the next cycles
 * @param outputs the cycles in which its pixels left
 */
record Activity(int interval, long[] starts, long[] outputs) {
    /** The activity of an engine of a run. */
    static Activity of(ReportContent content, int engine) {
        SimulationResult run = content.simulation();
        return new Activity(
                content.plan().engines().get(engine).interval(),
                run.stepStarts().get(engine),
                run.crossings().get(engine + 1));
    }

    /** Cycle of the first read of the arrays; −1 if there is none. */
    long firstRead() {
        return starts.length == 0 ? -1 : starts[0] + 1;
    }

    /** Last cycle of the last read of the arrays; −1 if there is none. */
    long lastRead() {
        return starts.length == 0 ? -1 : starts[starts.length - 1] + interval;
    }

    /** Cycle of the first pixel; −1 if there is none. */
    long firstOutput() {
        return outputs.length == 0 ? -1 : outputs[0];
    }

    /** Cycle of the last pixel; −1 if there is none. */
    long lastOutput() {
        return outputs.length == 0 ? -1 : outputs[outputs.length - 1];
    }

    /** Part of the cycles of each bin in which arrays were read, 0 to 1. */
    double[] reads(Scale scale) {
        double[] cycles = new double[scale.bins()];
        for (long start : starts) {
            for (long cycle = start + 1; cycle <= start + interval && cycle < scale.end(); ) {
                int bin = scale.bin(cycle);
                long until = Math.min(start + interval + 1, scale.from(bin + 1));
                cycles[bin] += until - cycle;
                cycle = until;
            }
        }
        return perCycle(cycles, scale);
    }

    /** Pixels per cycle in each bin, 0 to 1. */
    double[] outputs(Scale scale) {
        double[] pixels = new double[scale.bins()];
        for (long cycle : outputs) {
            if (cycle < scale.end()) {
                pixels[scale.bin(cycle)]++;
            }
        }
        return perCycle(pixels, scale);
    }

    private static double[] perCycle(double[] counts, Scale scale) {
        for (int bin = 0; bin < counts.length; bin++) {
            counts[bin] /= scale.from(bin + 1) - scale.from(bin);
        }
        return counts;
    }
}
