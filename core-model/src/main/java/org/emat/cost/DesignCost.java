package org.emat.cost;

import java.util.List;

/**
 * What a run of a design costs.
 *
 * @param constants name of the constants, overrides included
 * @param engines per engine
 * @param period the clock period
 * @param latency time of the run, in s
 * @param rewriting energy of the cells written during the run
 * @param programming writing all weights once, before any run
 */
public record DesignCost(
        String constants,
        List<EngineCost> engines,
        ClockPeriod period,
        double latency,
        WriteEnergy rewriting,
        Programming programming) {
    public DesignCost {
        engines = List.copyOf(engines);
    }

    /** Energy of a component over all engines, in J. */
    public double energy(Component component) {
        return engines.stream()
                .mapToDouble(engine -> engine.of(component).energy())
                .sum();
    }

    /** Area of a component over all engines, in mm². */
    public double area(Component component) {
        return engines.stream()
                .mapToDouble(engine -> engine.of(component).area())
                .sum();
    }

    /** Energy of the run, in J, without writing cells. */
    public double energy() {
        return engines.stream().mapToDouble(EngineCost::energy).sum();
    }

    /** Area of all engines, in mm². */
    public double area() {
        return engines.stream().mapToDouble(EngineCost::area).sum();
    }
}
