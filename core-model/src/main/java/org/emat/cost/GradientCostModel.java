package org.emat.cost;

import java.util.EnumMap;
import java.util.Map;
import org.emat.train.GradientCycles;
import org.emat.train.GradientPlan;
import org.emat.train.Operand;

/** Costs of a gradient engine, which has no array and no converter. Formulas in {@code docs/cost.md}. */
public final class GradientCostModel {
    private final Constants constants;
    private final ClockPeriod period;

    /**
     * A model of a set of constants.
     *
     * @param period the clock, which is that of the arrays where the engine works beside them
     */
    public GradientCostModel(Constants constants, ClockPeriod period) {
        this.constants = constants;
        this.period = period;
    }

    /** The clock. */
    public ClockPeriod period() {
        return period;
    }

    /**
     * Cost of an engine over a run.
     *
     * @param cycles what it did
     */
    public EngineCost cost(GradientPlan plan, GradientCycles cycles) {
        Map<Component, Cost> components = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            components.put(
                    component,
                    new Cost(
                            energy(component, plan, cycles),
                            area(component, plan),
                            activeCycles(component, plan, cycles) * period.seconds()));
        }
        return new EngineCost(plan.name(), components);
    }

    private double energy(Component component, GradientPlan plan, GradientCycles cycles) {
        double words = cycles.accumulatorReads() + cycles.accumulatorWrites();
        return switch (component) {
            case LINE_BUFFER ->
                value(Quantity.BUFFER_ENERGY)
                        * ((cycles.windowWrites() + cycles.windowReads())
                                        * (double) plan.window().pixelBits()
                                + (cycles.blockWrites() + cycles.blockReads())
                                        * (double) plan.block().pixelBits());
            case WINDOW_REGISTER -> 2.0 * cycles.steps() * windowBits(plan) * value(Quantity.REGISTER_ENERGY);
            case GRADIENT_LANES -> (double) cycles.products() * productBits(plan) * value(Quantity.MULTIPLIER_ENERGY);
            case GRADIENT_ACCUMULATORS ->
                words
                                * plan.accumulatorBits()
                                * value(plan.aligned() ? Quantity.BUFFER_ENERGY : Quantity.REGISTER_ENERGY)
                        + (double) cycles.products() * plan.accumulatorBits() * value(Quantity.ADDER_ENERGY);
            case GRADIENT_BIASES ->
                (double) errorPixels(plan, cycles)
                        * plan.error().shape().channels()
                        * plan.accumulatorBits()
                        * (value(Quantity.REGISTER_ENERGY) + value(Quantity.ADDER_ENERGY));
            case CSR ->
                (double) cycles.cycles()
                        * EngineSizes.COUNTER_BITS
                        * (value(Quantity.REGISTER_ENERGY) + value(Quantity.ADDER_ENERGY));
            default -> 0;
        };
    }

    private double area(Component component, GradientPlan plan) {
        double sums = (double) plan.weightWords() * plan.accumulatorBits();
        double adders = (double) (plan.aligned() ? plan.lanes() : plan.weightWords()) * plan.accumulatorBits();
        return switch (component) {
            case LINE_BUFFER -> (lineBits(plan.window()) + lineBits(plan.block())) * value(Quantity.BUFFER_AREA);
            case WINDOW_REGISTER -> 2.0 * windowBits(plan) * value(Quantity.REGISTER_AREA);
            case GRADIENT_LANES -> (double) plan.lanes() * productBits(plan) * value(Quantity.MULTIPLIER_AREA);
            case GRADIENT_ACCUMULATORS ->
                sums * value(plan.aligned() ? Quantity.BUFFER_AREA : Quantity.REGISTER_AREA)
                        + adders * value(Quantity.ADDER_AREA);
            case GRADIENT_BIASES ->
                plan.accumulatorBits()
                        * (plan.biasWords() * value(Quantity.REGISTER_AREA)
                                + plan.error().shape().channels() * value(Quantity.ADDER_AREA));
            case CSR ->
                (double) EngineSizes.COUNTERS
                        * EngineSizes.COUNTER_BITS
                        * (value(Quantity.REGISTER_AREA) + value(Quantity.ADDER_AREA));
            default -> 0;
        };
    }

    private static double activeCycles(Component component, GradientPlan plan, GradientCycles cycles) {
        return switch (component) {
            case LINE_BUFFER -> Math.max(cycles.windowWrites(), cycles.blockWrites());
            case WINDOW_REGISTER -> cycles.steps();
            case GRADIENT_LANES -> cycles.busy();
            case GRADIENT_ACCUMULATORS -> (double) cycles.busy() + cycles.clearing() + cycles.reading();
            case GRADIENT_BIASES -> errorPixels(plan, cycles);
            case CSR -> cycles.cycles();
            default -> 0;
        };
    }

    private static long errorPixels(GradientPlan plan, GradientCycles cycles) {
        return plan.errorInWindow() ? cycles.windowWrites() : cycles.blockWrites();
    }

    /** Bits of a window and a block together. */
    private static double windowBits(GradientPlan plan) {
        return bits(plan.window()) + bits(plan.block());
    }

    private static double bits(Operand operand) {
        return (double) operand.vertical().window() * operand.horizontal().window() * operand.pixelBits();
    }

    private static double lineBits(Operand operand) {
        return (double) operand.bufferRows() * operand.shape().width() * operand.pixelBits();
    }

    /** Bit × bit of a product. */
    private static double productBits(GradientPlan plan) {
        return (double) plan.window().format().bits() * plan.block().format().bits();
    }

    private double value(Quantity quantity) {
        return constants.value(quantity);
    }
}
