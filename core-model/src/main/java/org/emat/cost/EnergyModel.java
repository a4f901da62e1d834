package org.emat.cost;

import org.emat.plan.EnginePlan;
import org.emat.plan.EnginePlan.Finish;

/** Energy: events of each component × what one takes. Proportional to the events; formulas in {@code docs/cost.md}. */
public final class EnergyModel {
    private final Constants constants;

    /** A model of a set of constants. */
    public EnergyModel(Constants constants) {
        this.constants = constants;
    }

    /** Energy of a component of an engine, in J, without writing cells. */
    public double energy(Component component, EnginePlan plan, EventCounts counts) {
        EngineSizes sizes = new EngineSizes(plan);
        double steps = (double) counts.busy() / plan.interval();
        return switch (component) {
            case CROSSBAR -> counts.arrayReads() * sizes.cellsPerRead() * value(Quantity.CROSSBAR_READ_ENERGY);
            case ADC ->
                counts.conversions()
                        * constants.value(Quantity.ADC_ENERGY, plan.array().adcBits());
            case WORDLINE_DRIVER -> counts.activations() * value(Quantity.DRIVER_ENERGY);
            case SHIFT_ADD -> counts.conversions() * value(Quantity.SHIFT_ADD_ENERGY);
            case ROW_ADDER -> steps * sizes.rowAdders() * plan.array().accumulatorBits() * value(Quantity.ADDER_ENERGY);
            case LINE_BUFFER -> buffer((double) (counts.lineWrites() + counts.lineReads()) * sizes.inputPixelBits());
            case WINDOW_REGISTER -> 2 * steps * sizes.windowBits() * value(Quantity.REGISTER_ENERGY);
            case REQUANTIZER ->
                (plan.overlaps() ? (double) counts.rasterWrites() * plan.lanes() : steps * plan.phases())
                        * plan.geometry().output().channels()
                        * requantised(plan, sizes);
            case BLOCK_TO_RASTER ->
                buffer((double) (counts.rasterWrites() + counts.rasterReads())
                        * plan.lanes()
                        * sizes.outputPixelBits());
            case OVERLAP_ADD ->
                buffer((double) (counts.overlapWrites() + counts.overlapReads()) * sizes.sumPixelBits())
                        + (double) counts.overlapReads() * sizes.sumPixelBits() * value(Quantity.ADDER_ENERGY);
            case GRADIENT_LANES, GRADIENT_ACCUMULATORS, GRADIENT_BIASES -> 0;
            case CSR ->
                (double) counts.cycles()
                        * EngineSizes.COUNTER_BITS
                        * (value(Quantity.REGISTER_ENERGY) + value(Quantity.ADDER_ENERGY));
        };
    }

    /** One word: out of the block register, its scales read, bias added, multiplied, activated. */
    private double requantised(EnginePlan plan, EngineSizes sizes) {
        int bits = plan.array().accumulatorBits();
        double table = plan.scale().finish() == Finish.TABLED ? value(Quantity.ACTIVATION_ENERGY) : 0;
        return bits * (value(Quantity.REGISTER_ENERGY) + value(Quantity.ADDER_ENERGY))
                + buffer(sizes.scaleBits())
                + sizes.multiplierSize() * value(Quantity.MULTIPLIER_ENERGY)
                + table;
    }

    private double buffer(double bits) {
        return bits * value(Quantity.BUFFER_ENERGY);
    }

    private double value(Quantity quantity) {
        return constants.value(quantity);
    }
}
