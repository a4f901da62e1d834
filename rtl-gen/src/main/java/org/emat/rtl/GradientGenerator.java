package org.emat.rtl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emat.train.GradientPlan;

/** Verilog of a gradient plan: its modules and a top that fixes their sizes. */
public final class GradientGenerator {
    /** Modules that every gradient design shares. */
    public static final List<String> LIBRARY = List.of(
            "line_buffer.v",
            "window_register.v",
            "gradient_lanes.v",
            "gradient_accumulators.v",
            "gradient_biases.v",
            "gradient_engine.v");

    /** Most accumulators that may be registers; above, they must be a memory. */
    private static final int MOST_REGISTERS = 1 << 12;

    private final TemplateEngine templates = new TemplateEngine();

    /** Bench and driver of a simulation binary that holds the designs, by file name. */
    public Map<String, String> harness(List<GradientPlan> plans) {
        return Map.of(
                "emat_bench.v",
                templates.render("harness/gradient_bench.v.vm", Map.of("bench", new GradientBenchContext(plans))),
                "harness.cpp",
                templates.render("harness/gradient_harness.cpp.vm", Map.of()));
    }

    /**
     * File name to text, in compilation order.
     *
     * @throws IllegalArgumentException if the accumulators would be more registers than a chip has room for
     */
    public Map<String, String> generate(GradientPlan plan) {
        if (!plan.aligned() && plan.weightWords() > MOST_REGISTERS) {
            throw new IllegalArgumentException("the gradient of '" + plan.name() + "' has " + plan.weightWords()
                    + " accumulators; above " + MOST_REGISTERS + " the lanes (" + plan.lanes() + ") must divide the "
                    + plan.productsPerPair() + " weights of a kernel index, so that the accumulators are a memory");
        }
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : LIBRARY) {
            files.put(name, templates.render("verilog/" + name + ".vm", Map.of()));
        }
        files.put(
                module(plan) + ".v",
                templates.render("verilog/gradient_top.v.vm", Map.of("top", new GradientContext(plan))));
        return files;
    }

    /** Name of the top module. */
    static String module(GradientPlan plan) {
        return plan.name() + "_gradient_top";
    }
}
