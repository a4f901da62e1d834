package org.emat.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.emat.cost.Constants;
import org.emat.cost.MachineCostModel;
import org.emat.cost.StepCost;
import org.emat.report.TrainingMachine;
import org.emat.train.gan.GanState;
import org.emat.train.machine.MachineClock;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.StepCycles;
import org.emat.train.machine.StepSchedule;
import org.emat.train.machine.StepSchedule.Buffer;
import org.emat.train.machine.StepSchedule.Engine;
import org.emat.train.machine.StepSchedule.Stint;

/**
 * What a training tells of its machine.
 *
 * @param machine plan, schedule and cost of a step
 */
record MachineFigures(TrainingMachine machine) {
    /** The figures of a machine; cells are written as often as in a mean step of the training so far. */
    static MachineFigures of(MachinePlan plan, GanState state) {
        StepSchedule schedule = MachineClock.schedule(plan);
        long cellWrites = state.step() == 0 ? 0 : state.counts().cellWrites() / state.step();
        StepCost cost = new MachineCostModel(Constants.standard()).cost(plan, schedule.cycles(), cellWrites);
        return new MachineFigures(new TrainingMachine(plan, schedule, cost));
    }

    /** The figures as data. */
    ObjectNode json() {
        StepSchedule schedule = machine.schedule();
        StepCycles cycles = schedule.cycles();
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("mapping", name(machine.plan().options().mapping()));
        json.put("pipelined", machine.plan().options().pipelined());
        json.put("spatialParallelism", machine.plan().options().spatialParallelism());
        json.put("computationSharing", machine.plan().shares());
        json.put("gradientLanes", machine.plan().options().lanes());
        json.put("cycles", cycles.cycles());
        json.put("judging", cycles.judging());
        json.put("deceiving", cycles.deceiving());
        ArrayNode engines = json.putArray("engines");
        schedule.engines().forEach(engine -> put(engines.addObject(), engine));
        ArrayNode buffers = json.putArray("buffers");
        schedule.buffers().forEach(buffer -> put(buffers.addObject(), buffer));
        json.set("energy", energy());
        return json;
    }

    private static void put(ObjectNode json, Engine engine) {
        Stint first = engine.stints().get(0);
        Stint last = engine.stints().get(engine.stints().size() - 1);
        json.put("layer", engine.layer());
        json.put("role", name(engine.role()));
        json.put(
                "images",
                engine.stints().stream()
                        .filter(stint -> stint.image().isPresent())
                        .count());
        json.put("first", first.first());
        json.put("last", last.last());
        json.put("busy", engine.busy());
    }

    private static void put(ObjectNode json, Buffer buffer) {
        json.put("name", buffer.name());
        json.put("content", buffer.content().name().toLowerCase(Locale.ROOT));
        json.put("pixelBits", buffer.pixelBits());
        json.put("written", buffer.traffic().written());
        json.put("read", buffer.traffic().read());
        json.put("most", buffer.most());
        json.put("capacity", buffer.capacity());
    }

    private ObjectNode energy() {
        StepCost cost = machine.cost();
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("forward", StepCost.energy(cost.forward()));
        json.put("error", StepCost.energy(cost.error()));
        json.put("gradient", StepCost.energy(cost.gradient()));
        json.put("buffers", cost.buffers());
        json.put("updates", cost.updates());
        json.put("total", cost.energy());
        json.put("leastWriting", cost.rewriting().low());
        json.put("mostWriting", cost.rewriting().high());
        return json;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
