package org.emat.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emat.arch.Architecture.Budget;
import org.emat.network.TensorShape;
import org.emat.plan.Dataflow;
import org.emat.plan.EnginePlan;
import org.emat.plan.FrameCycles;
import org.emat.plan.OperationScheduler.Pass;
import org.emat.plan.PaceBound;

/** The mapping of a network, for people and as data. */
final class PlanTable {
    private final List<Pass> passes;

    PlanTable(List<Pass> passes) {
        this.passes = passes;
    }

    /** Share of the cells of all crossbars of an engine that hold weights, 0 to 1. */
    static double utilisation(EnginePlan engine) {
        double cells = (double) engine.crossbars()
                * engine.array().rows()
                * engine.array().columns();
        return engine.crossbars() == 0 ? 0 : engine.cells() / cells;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < passes.size(); i++) {
            if (passes.size() > 1) {
                text.append(String.format(
                        Locale.ROOT,
                        "Pass %d of %d, after %,d cells were written:%n",
                        i + 1,
                        passes.size(),
                        passes.get(i).cellWrites()));
            }
            text.append(text(passes.get(i).dataflow()));
        }
        return text.toString();
    }

    private static String text(Dataflow dataflow) {
        Table table = new Table(
                "layer", "operator", "input", "output", "phases", "copies", "crossbars", "used", "steps", "interval");
        for (EnginePlan engine : dataflow.plan().engines()) {
            table.row(
                    engine.name(),
                    operator(engine),
                    shape(engine.geometry().input()),
                    shape(engine.geometry().output()),
                    engine.phases(),
                    engine.copies(),
                    engine.crossbars(),
                    String.format(Locale.ROOT, "%.1f %%", 100 * utilisation(engine)),
                    engine.window().steps(),
                    engine.interval());
        }
        return table + "Design '" + dataflow.plan().name() + "': "
                + dataflow.plan().engines().size() + " layer engines, " + dataflow.crossbars() + " crossbars, "
                + dataflow.converters() + " converters; a frame takes at least "
                + dataflow.pace() + " cycles, for " + slowest(dataflow) + "."
                + dataflow.bound().map(bound -> bound(dataflow, bound)).orElse("")
                + " A step takes 'interval' cycles; shapes are height x width x channels."
                + System.lineSeparator();
    }

    private static String bound(Dataflow dataflow, PaceBound bound) {
        return String.format(
                Locale.ROOT,
                " With these mappings, no plan within the budget of %s can take fewer than %.0f cycles, for %s; this one goes at %.0f %% of"
                        + " that pace.",
                budget(dataflow.budget()),
                Math.ceil(bound.cycles()),
                bound.limit(),
                100 * bound.cycles() / dataflow.pace());
    }

    private static String slowest(Dataflow dataflow) {
        return dataflow.slowest().stream()
                .findFirst()
                .map(engine -> "'" + Table.oneLine(engine.name()) + "'")
                .orElse("the external streams");
    }

    private static String budget(Budget budget) {
        return Stream.of(limit(budget.crossbars(), "crossbars"), limit(budget.converters(), "converters"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
    }

    private static Optional<String> limit(int limit, String of) {
        return limit == Budget.UNLIMITED ? Optional.empty() : Optional.of(limit + " " + of);
    }

    private static String operator(EnginePlan engine) {
        return engine.geometry().operator().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String shape(TensorShape shape) {
        return shape.height() + "x" + shape.width() + "x" + shape.channels();
    }

    /** The mapping as data. */
    ObjectNode json() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("name", passes.get(0).dataflow().plan().name());
        ArrayNode layers = json.putArray("layers");
        ArrayNode list = json.putArray("passes");
        for (int i = 0; i < passes.size(); i++) {
            Dataflow dataflow = passes.get(i).dataflow();
            for (EnginePlan engine : dataflow.plan().engines()) {
                layer(layers.addObject(), engine).put("pass", i);
            }
            ObjectNode pass = list.addObject();
            pass.put("cyclesPerFrame", dataflow.pace());
            pass.put("crossbars", dataflow.crossbars());
            pass.put("converters", dataflow.converters());
            pass.put("cellWrites", passes.get(i).cellWrites());
            dataflow.bound().ifPresent(bound -> {
                pass.put("bound", bound.cycles());
                pass.put("boundBy", bound.limit().name().toLowerCase(Locale.ROOT));
            });
        }
        return json;
    }

    private static ObjectNode layer(ObjectNode layer, EnginePlan engine) {
        layer.put("name", engine.name());
        layer.put("operator", operator(engine));
        layer.put("input", shape(engine.geometry().input()));
        layer.put("output", shape(engine.geometry().output()));
        layer.put("phases", engine.phases());
        layer.put("copies", engine.copies());
        layer.put("crossbars", engine.crossbars());
        layer.put("converters", engine.converters());
        layer.put("utilisation", utilisation(engine));
        layer.put("steps", engine.window().steps());
        layer.put("interval", engine.interval());
        layer.put("cyclesPerFrame", FrameCycles.of(engine).pace());
        layer.put("accumulatorBits", engine.array().accumulatorBits());
        layer.put("lossless", engine.lossless());
        return layer;
    }
}
