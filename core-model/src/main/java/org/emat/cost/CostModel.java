package org.emat.cost;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;

/** Costs of a design: what {@link EnergyModel}, {@link AreaModel}, {@link LatencyModel} and {@link WriteModel} say. */
public final class CostModel {
    private final Constants constants;
    private final EnergyModel energy;
    private final AreaModel area;
    private final LatencyModel latency;
    private final WriteModel writes;

    /** A model of a set of constants. */
    public CostModel(Constants constants) {
        this.constants = constants;
        energy = new EnergyModel(constants);
        area = new AreaModel(constants);
        latency = new LatencyModel(constants);
        writes = new WriteModel(constants);
    }

    /**
     * Cost of a run.
     *
     * @param plan the design
     * @param counts what each engine did, in the order of the plan
     * @param cycles cycles of the run
     */
    public DesignCost cost(Plan plan, List<EventCounts> counts, long cycles) {
        if (counts.size() != plan.engines().size()) {
            throw new IllegalArgumentException(
                    "counts of " + plan.engines().size() + " engines are needed, not of " + counts.size());
        }
        ClockPeriod period = latency.period(plan);
        List<EngineCost> engines = new ArrayList<>();
        EventCounts total = EventCounts.none();
        for (int i = 0; i < counts.size(); i++) {
            engines.add(cost(plan.engines().get(i), counts.get(i), period));
            total = total.plus(counts.get(i));
        }
        return new DesignCost(
                constants.name(),
                engines,
                period,
                cycles * period.seconds(),
                writes.energy(total.cellWrites()),
                writes.once(plan));
    }

    private EngineCost cost(EnginePlan plan, EventCounts counts, ClockPeriod period) {
        Map<Component, Cost> components = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            components.put(
                    component,
                    new Cost(
                            energy.energy(component, plan, counts),
                            area.area(component, plan),
                            latency.activeCycles(component, plan, counts) * period.seconds()));
        }
        return new EngineCost(plan.name(), components);
    }
}
