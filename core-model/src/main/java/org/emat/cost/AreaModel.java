package org.emat.cost;

import org.emat.plan.EnginePlan;
import org.emat.plan.EnginePlan.Finish;

/**
 * Area: hardware of each component × what one unit takes. Independent of what runs; formulas in {@code docs/cost.md}.
 */
public final class AreaModel {
    private final Constants constants;

    /** A model of a set of constants. */
    public AreaModel(Constants constants) {
        this.constants = constants;
    }

    /** Area of a component of an engine, in mm². */
    public double area(Component component, EnginePlan plan) {
        EngineSizes sizes = new EngineSizes(plan);
        int bits = plan.array().accumulatorBits();
        return switch (component) {
            case CROSSBAR -> sizes.physicalCells() * value(Quantity.CROSSBAR_AREA);
            case ADC ->
                plan.converters()
                        * constants.value(Quantity.ADC_AREA, plan.array().adcBits());
            case WORDLINE_DRIVER -> sizes.drivers() * value(Quantity.DRIVER_AREA);
            case SHIFT_ADD ->
                plan.converters() * value(Quantity.SHIFT_ADD_AREA) + registers((double) sizes.accumulators() * bits);
            case ROW_ADDER -> (double) sizes.rowAdders() * bits * value(Quantity.ADDER_AREA);
            case LINE_BUFFER -> buffer(sizes.lineBits());
            case WINDOW_REGISTER -> registers(2.0 * sizes.windowBits());
            case REQUANTIZER ->
                registers(sizes.blockBits())
                        + buffer((double) plan.geometry().scaleCount() * sizes.scaleBits())
                        + (double) plan.lanes() * plan.geometry().output().channels() * lane(plan, sizes);
            case BLOCK_TO_RASTER -> buffer(sizes.rasterBits());
            case OVERLAP_ADD -> buffer(sizes.overlapBits()) + sizes.overlapAdderBits() * value(Quantity.ADDER_AREA);
            case GRADIENT_LANES, GRADIENT_ACCUMULATORS, GRADIENT_BIASES -> 0;
            case CSR ->
                (double) EngineSizes.COUNTERS
                        * EngineSizes.COUNTER_BITS
                        * (value(Quantity.REGISTER_AREA) + value(Quantity.ADDER_AREA));
        };
    }

    /** The arithmetic of one channel of the requantiser. */
    private double lane(EnginePlan plan, EngineSizes sizes) {
        double table = plan.scale().finish() == Finish.TABLED ? value(Quantity.ACTIVATION_AREA) : 0;
        return plan.array().accumulatorBits() * value(Quantity.ADDER_AREA)
                + sizes.multiplierSize() * value(Quantity.MULTIPLIER_AREA)
                + table;
    }

    private double registers(double bits) {
        return bits * value(Quantity.REGISTER_AREA);
    }

    private double buffer(double bits) {
        return bits * value(Quantity.BUFFER_AREA);
    }

    private double value(Quantity quantity) {
        return constants.value(quantity);
    }
}
