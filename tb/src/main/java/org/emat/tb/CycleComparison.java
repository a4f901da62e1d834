package org.emat.tb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emat.schedule.EngineCycles;
import org.emat.train.GradientCycles;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.StepCycles;

/** Compares the cycles and the buffer traffic that a step took in Verilog with what the golden clock predicts. */
public final class CycleComparison {
    private final Optional<MachineSimulation.Result> before;
    private final MachineSimulation.Result result;
    private final List<MachineDifference> differences = new ArrayList<>();

    private CycleComparison(Optional<MachineSimulation.Result> before, MachineSimulation.Result result) {
        this.before = before;
        this.result = result;
    }

    /**
     * All differences; none if both are equal.
     *
     * @param predicted of any step
     * @param plan the machine
     * @param before what the step before gave, since engines count on; nothing is said of engines without it
     * @param result what the step gave
     */
    public static List<MachineDifference> of(
            StepCycles predicted,
            MachinePlan plan,
            Optional<MachineSimulation.Result> before,
            MachineSimulation.Result result) {
        CycleComparison comparison = new CycleComparison(before, result);
        comparison.compare("cycles", predicted.cycles());
        comparison.compare("judging", predicted.judging());
        comparison.compare("deceiving", predicted.deceiving());
        if (plan.keptImages() > 0) {
            comparison.compare("images", predicted.images());
        }
        for (int i = 0; i < plan.layers().size(); i++) {
            comparison.compare(plan.layers().get(i).id(), predicted.layers().get(i));
        }
        return comparison.differences;
    }

    private void compare(String id, StepCycles.Layer layer) {
        compare(id, layer.inputs());
        layer.signs().ifPresent(signs -> compare(id + ".signs", signs));
        if (before.isPresent()) {
            compare(id + ".forward", layer.forward());
            layer.error().ifPresent(error -> compare(id + ".error", error));
            compare(id + ".gradient", layer.gradient());
        }
        compareTimes(id + ".forward", layer.forward());
        layer.error().ifPresent(error -> compareTimes(id + ".error", error));
    }

    /** Cycles of a step: the first read is that of the first step, as of any. */
    private void compareTimes(String engine, EngineCycles cycles) {
        compare(engine + ".firstRead", cycles.firstRead());
        compare(engine + ".lastRead", cycles.lastRead());
    }

    private void compare(String buffer, StepCycles.Traffic traffic) {
        compare(buffer + ".written", traffic.written());
        compare(buffer + ".read", traffic.read());
        compare(buffer + ".peak", traffic.peak());
    }

    private void compare(String engine, EngineCycles cycles) {
        compareSince(engine + ".busy", cycles.busy());
        compareSince(engine + ".starved", cycles.inputStarved());
        compareSince(engine + ".stalled", cycles.outputStalled());
        compareSince(engine + ".arrayReads", cycles.arrayReads());
    }

    private void compare(String engine, GradientCycles cycles) {
        compareSince(engine + ".busy", cycles.busy());
        compareSince(engine + ".starved", cycles.starved());
        compareSince(engine + ".reading", cycles.reading());
        compareSince(engine + ".products", cycles.products());
    }

    private void compareSince(String name, long expected) {
        compare(name, result.word(name) - before.orElseThrow().word(name), expected);
    }

    private void compare(String name, long expected) {
        compare(name, result.word(name), expected);
    }

    private void compare(String name, long found, long expected) {
        if (found != expected) {
            differences.add(new MachineDifference(name, expected, found));
        }
    }
}
