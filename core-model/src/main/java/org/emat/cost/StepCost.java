package org.emat.cost;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a training step of a machine costs.
 *
 * @param constants name of the constants, overrides included
 * @param period the clock period
 * @param latency time of the step, in s
 * @param forward by layer, engines of sums
 * @param error by layer, engines of errors; those that there are
 * @param gradient by layer, gradient engines
 * @param buffers energy of the buffers of images and inputs, in J
 * @param updates energy of the new parameters, in J, without writing their cells
 * @param rewriting energy of the cells that a step writes
 */
public record StepCost(
        String constants,
        ClockPeriod period,
        double latency,
        List<EngineCost> forward,
        List<EngineCost> error,
        List<EngineCost> gradient,
        double buffers,
        double updates,
        WriteEnergy rewriting) {
    public StepCost {
        forward = List.copyOf(forward);
        error = List.copyOf(error);
        gradient = List.copyOf(gradient);
    }

    /** Energy of some engines, in J. */
    public static double energy(List<EngineCost> engines) {
        return engines.stream().mapToDouble(EngineCost::energy).sum();
    }

    /** Energy of a component over all engines, in J. */
    public double energy(Component component) {
        return Stream.of(forward, error, gradient)
                .flatMap(List::stream)
                .mapToDouble(engine -> engine.of(component).energy())
                .sum();
    }

    /** Energy of the step, in J, without writing cells. */
    public double energy() {
        return energy(forward) + energy(error) + energy(gradient) + buffers + updates;
    }
}
