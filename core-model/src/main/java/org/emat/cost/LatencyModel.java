package org.emat.cost;

import org.emat.arch.Architecture.Adc;
import org.emat.cost.ClockPeriod.Bound;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;

/** Time: cycles × the shortest clock period. */
public final class LatencyModel {
    private final Constants constants;

    /** A model of a set of constants. */
    public LatencyModel(Constants constants) {
        this.constants = constants;
    }

    /**
     * The clock period of a design: one clock for all engines. A read holds its array for {@code columnsPerAdc}
     * cycles, in each of which a converter makes one conversion.
     */
    public ClockPeriod period(Plan plan) {
        ClockPeriod period = digital();
        for (EnginePlan engine : plan.engines()) {
            period = longer(
                    period,
                    period(engine.array().columnsPerAdc(), engine.array().adcBits()));
        }
        return period;
    }

    /** The clock period of arrays with these converters. */
    public ClockPeriod period(Adc adc) {
        return period(adc.columnsPerAdc(), adc.bits());
    }

    private ClockPeriod period(int columnsPerAdc, int adcBits) {
        double read = constants.value(Quantity.CROSSBAR_READ_LATENCY) / columnsPerAdc;
        double conversion = constants.value(Quantity.ADC_LATENCY, adcBits);
        return longer(longer(digital(), new ClockPeriod(read, Bound.CROSSBAR)), new ClockPeriod(conversion, Bound.ADC));
    }

    /** The clock period of a design without arrays. */
    public ClockPeriod digital() {
        return new ClockPeriod(1 / constants.value(Quantity.CLOCK_FREQUENCY), Bound.CLOCK);
    }

    private static ClockPeriod longer(ClockPeriod a, ClockPeriod b) {
        return b.seconds() > a.seconds() ? b : a;
    }

    /**
     * Cycles in which a component works. Components work at the same time, so these do not add up to the cycles of a
     * run.
     */
    public double activeCycles(Component component, EnginePlan plan, EventCounts counts) {
        double steps = (double) counts.busy() / plan.interval();
        return switch (component) {
            case CROSSBAR, ADC, WORDLINE_DRIVER, SHIFT_ADD -> counts.busy();
            case ROW_ADDER -> new EngineSizes(plan).rowAdders() > 0 ? steps : 0;
            case LINE_BUFFER -> counts.lineWrites();
            case WINDOW_REGISTER -> steps;
            case REQUANTIZER -> plan.overlaps() ? counts.rasterWrites() : steps * plan.phases() / plan.lanes();
            case BLOCK_TO_RASTER -> counts.rasterReads();
            case OVERLAP_ADD -> plan.overlaps() ? steps : 0;
            case GRADIENT_LANES, GRADIENT_ACCUMULATORS, GRADIENT_BIASES -> 0;
            case CSR -> counts.cycles();
        };
    }
}
