package org.emat.cost;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.emat.golden.Events;
import org.emat.plan.EnginePlan;
import org.emat.schedule.EngineCycles;
import org.emat.train.gan.TrainingFormat;
import org.emat.train.machine.MachineLayer;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.MachinePlanner;
import org.emat.train.machine.StepCycles;
import org.emat.train.machine.StepCycles.Traffic;
import org.emat.window.Tap;
import org.emat.window.WindowAxis;

/** Costs of a training step, from what the golden clock counts. Formulas in {@code docs/cost.md}. */
public final class MachineCostModel {
    private static final int FACTOR_BITS = 15;
    private static final int ADDITIONS = 3; // of an update

    /** Share of the bits of a real word that is 1: words of both signs, of all sizes. */
    private static final double ONES = 0.5;

    private final Constants constants;
    private final EnergyModel energy;
    private final AreaModel area;
    private final LatencyModel latency;
    private final WriteModel writes;

    /** A model of a set of constants. */
    public MachineCostModel(Constants constants) {
        this.constants = constants;
        energy = new EnergyModel(constants);
        area = new AreaModel(constants);
        latency = new LatencyModel(constants);
        writes = new WriteModel(constants);
    }

    /**
     * Cost of a step.
     *
     * @param cycles what the golden clock counts of it
     * @param cellWrites cells that a step writes, on the mean
     */
    public StepCost cost(MachinePlan plan, StepCycles cycles, long cellWrites) {
        ClockPeriod period = latency.period(
                MachinePlanner.architecture(plan.gan(), plan.options().mapping())
                        .adc());
        GradientCostModel gradients = new GradientCostModel(constants, period);
        List<EngineCost> forward = new ArrayList<>();
        List<EngineCost> error = new ArrayList<>();
        List<EngineCost> gradient = new ArrayList<>();
        for (int i = 0; i < plan.layers().size(); i++) {
            MachineLayer layer = plan.layers().get(i);
            StepCycles.Layer counts = cycles.layers().get(i);
            forward.add(cost(layer.id(), layer.forward(), counts.forward(), period));
            layer.error()
                    .ifPresent(engine ->
                            error.add(cost(layer.id(), engine, counts.error().orElseThrow(), period)));
            gradient.add(gradients.cost(layer.gradient(), counts.gradient()));
        }
        return new StepCost(
                constants.name(),
                period,
                cycles.cycles() * period.seconds(),
                forward,
                error,
                gradient,
                buffers(plan, cycles),
                updates(plan),
                writes.energy(cellWrites));
    }

    private EngineCost cost(String name, EnginePlan plan, EngineCycles cycles, ClockPeriod period) {
        EventCounts counts = EventCounts.of(plan, cycles, new Events(activations(plan, cycles), 0));
        Map<Component, Cost> components = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            double taken = component == Component.BLOCK_TO_RASTER
                    ? sums(plan, counts)
                    : energy.energy(component, plan, counts);
            components.put(
                    component,
                    new Cost(
                            taken,
                            area.area(component, plan),
                            latency.activeCycles(component, plan, counts) * period.seconds()));
        }
        return new EngineCost(name, components);
    }

    /** Sums leave an engine as wide as its accumulators. */
    private double sums(EnginePlan plan, EventCounts counts) {
        return (double) (counts.rasterWrites() + counts.rasterReads())
                * plan.lanes()
                * new EngineSizes(plan).sumPixelBits()
                * constants.value(Quantity.BUFFER_ENERGY);
    }

    /** Word lines driven with 1: a part of those that a real pixel is on; padding and inserted zeros drive none. */
    static long activations(EnginePlan plan, EngineCycles cycles) {
        long real = 0; // pixels of the taps of all steps of an image
        for (int phase = 0; phase < plan.phases(); phase++) {
            for (Tap tap : plan.taps(phase)) {
                real += real(plan.window().vertical(), tap.windowY())
                        * real(plan.window().horizontal(), tap.windowX());
            }
        }
        double images = (double) cycles.busy() / plan.interval() / plan.window().steps();
        long lines = real
                * plan.geometry().input().channels()
                * plan.columnBlocks()
                * plan.input().bits();
        return Math.round(ONES * images * lines);
    }

    /** Steps in which a place of the window is a pixel of the input. */
    private static long real(WindowAxis axis, int place) {
        long real = 0;
        for (int step = 0; step < axis.steps(); step++) {
            real += axis.real(axis.start(step) + place) >= 0 ? 1 : 0;
        }
        return real;
    }

    private double buffers(MachinePlan plan, StepCycles cycles) {
        int word = plan.gan().format().activationBits();
        double bits = pixels(cycles.images()) * plan.gan().image().channels() * word;
        for (int i = 0; i < plan.layers().size(); i++) {
            StepCycles.Layer counts = cycles.layers().get(i);
            double ofWord = pixels(counts.inputs()) * word
                    + counts.signs().map(MachineCostModel::pixels).orElse(0.0);
            bits += ofWord * plan.layers().get(i).layer().geometry().input().channels();
        }
        return bits * constants.value(Quantity.BUFFER_ENERGY);
    }

    private static double pixels(Traffic traffic) {
        return (double) traffic.written() + traffic.read();
    }

    /** Each parameter and its momentum are read and written once, and multiplied by their factors. */
    private double updates(MachinePlan plan) {
        int parameter = TrainingFormat.WEIGHT_BITS;
        int momentum = TrainingFormat.MOMENTUM_BITS;
        double one = 2.0 * (parameter + momentum) * constants.value(Quantity.BUFFER_ENERGY)
                + FACTOR_BITS * (2.0 * momentum + parameter) * constants.value(Quantity.MULTIPLIER_ENERGY)
                + (double) ADDITIONS * momentum * constants.value(Quantity.ADDER_ENERGY);
        long parameters = plan.learners().stream()
                .mapToLong(layer -> layer.layer().parameterCount())
                .sum();
        return parameters * one;
    }
}
