package org.emat.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.emat.network.TensorShape;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;

/** The mapping of a network, for people and as data. */
final class PlanTable {
    private final Plan plan;

    PlanTable(Plan plan) {
        this.plan = plan;
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
        Table table =
                new Table("layer", "operator", "input", "output", "phases", "crossbars", "used", "steps", "interval");
        int crossbars = 0;
        for (EnginePlan engine : plan.engines()) {
            crossbars += engine.crossbars();
            table.row(
                    engine.name(),
                    operator(engine),
                    shape(engine.geometry().input()),
                    shape(engine.geometry().output()),
                    engine.phases(),
                    engine.crossbars(),
                    String.format(Locale.ROOT, "%.1f %%", 100 * utilisation(engine)),
                    engine.window().steps(),
                    engine.interval());
        }
        return table + "Design '" + plan.name() + "': " + plan.engines().size() + " layer engines, " + crossbars
                + " crossbars. A step takes 'interval' cycles; shapes are height x width x channels."
                + System.lineSeparator();
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
        json.put("name", plan.name());
        ArrayNode layers = json.putArray("layers");
        for (EnginePlan engine : plan.engines()) {
            ObjectNode layer = layers.addObject();
            layer.put("name", engine.name());
            layer.put("operator", operator(engine));
            layer.put("input", shape(engine.geometry().input()));
            layer.put("output", shape(engine.geometry().output()));
            layer.put("phases", engine.phases());
            layer.put("crossbars", engine.crossbars());
            layer.put("utilisation", utilisation(engine));
            layer.put("steps", engine.window().steps());
            layer.put("interval", engine.interval());
            layer.put("accumulatorBits", engine.array().accumulatorBits());
            layer.put("lossless", engine.lossless());
        }
        return json;
    }
}
