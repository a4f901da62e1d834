package org.emat.measure;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.emat.arch.Architecture;
import org.emat.cost.ClockPeriod;
import org.emat.cost.Component;
import org.emat.cost.Constants;
import org.emat.cost.CostModel;
import org.emat.cost.DesignCost;
import org.emat.cost.EngineCost;
import org.emat.cost.GradientCostModel;
import org.emat.cost.LatencyModel;
import org.emat.cost.Programming;
import org.emat.cost.WriteModel;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;
import org.emat.train.GradientPlan;

/**
 * What a design is made of and what it costs.
 *
 * @param setting parameters, the same for all mappings of a row
 * @param crossbars physical crossbars
 * @param cells cells that hold weights
 * @param cellsOfCrossbars cells of all crossbars
 * @param energy of a frame, per component, in J, without writing cells: the mean over a streaming run; for gradients that
 *     of one more frame of a batch, whose read-out is not in it
 * @param area per component, in mm²
 * @param period the clock
 * @param programming writing all weights once
 */
public record Hardware(
        Setting setting,
        long crossbars,
        long cells,
        long cellsOfCrossbars,
        Map<Component, Double> energy,
        Map<Component, Double> area,
        ClockPeriod period,
        Programming programming) {
    public Hardware {
        // In the order of components, so that sums are the same in every run.
        energy = Collections.unmodifiableMap(new EnumMap<>(energy));
        area = Collections.unmodifiableMap(new EnumMap<>(area));
    }

    /** The hardware of a subject and its cost over a measurement. */
    static Hardware of(Subject subject, Measurement measurement, Constants constants) {
        return subject instanceof ChainSubject chain
                ? ofChain(chain, measurement, constants)
                : ofGradient((GradientSubject) subject, measurement, constants);
    }

    private static Hardware ofChain(ChainSubject subject, Measurement measurement, Constants constants) {
        Plan plan = subject.plan();
        DesignCost cost = new CostModel(constants)
                .cost(
                        plan,
                        measurement.engines().stream()
                                .map(Measurement.Engine::counts)
                                .toList(),
                        measurement.cyclesOfAll());
        Map<Component, Double> energy = new EnumMap<>(Component.class);
        Map<Component, Double> area = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            energy.put(component, cost.energy(component) / measurement.frames());
            area.put(component, cost.area(component));
        }
        long crossbars =
                plan.engines().stream().mapToLong(EnginePlan::crossbars).sum();
        long each = (long) subject.architecture().crossbar().rows()
                * subject.architecture().crossbar().columns();
        return new Hardware(
                subject.setting(),
                crossbars,
                plan.engines().stream().mapToLong(EnginePlan::cells).sum(),
                crossbars * each,
                energy,
                area,
                cost.period(),
                cost.programming());
    }

    private static Hardware ofGradient(GradientSubject subject, Measurement measurement, Constants constants) {
        Architecture architecture = subject.setting().architecture(subject.variant());
        GradientCostModel model =
                new GradientCostModel(constants, new LatencyModel(constants).period(architecture.adc()));
        Map<Component, Double> energy = new EnumMap<>(Component.class);
        Map<Component, Double> area = new EnumMap<>(Component.class);
        for (int i = 0; i < subject.plans().size(); i++) {
            GradientPlan plan = subject.plans().get(i);
            EngineCost one = model.cost(plan, measurement.gradientsOfOne().get(i));
            EngineCost all = model.cost(plan, measurement.gradients().get(i));
            for (Component component : Component.values()) {
                // What one more frame takes: clearing and read-out, once a batch, cancel.
                double more = all.of(component).energy() - one.of(component).energy();
                energy.merge(component, more / (measurement.frames() - 1), Double::sum);
                area.merge(component, all.of(component).area(), Double::sum);
            }
        }
        Programming nothing = new Programming(0, new WriteModel(constants).energy(0), 0, 0);
        return new Hardware(subject.setting(), 0, 0, 0, energy, area, model.period(), nothing);
    }

    /** Share of the cells of all crossbars that hold weights, 0 to 1; 0 without crossbars. */
    public double utilisation() {
        return cellsOfCrossbars == 0 ? 0 : (double) cells / cellsOfCrossbars;
    }

    /** Energy of a frame, in J, without writing cells. */
    public double totalEnergy() {
        return energy.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Area, in mm². */
    public double totalArea() {
        return area.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
