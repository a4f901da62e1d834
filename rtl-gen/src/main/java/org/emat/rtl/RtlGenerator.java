package org.emat.rtl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emat.plan.Plan;

/** Verilog of a plan: the shared modules and the top of the design. */
public final class RtlGenerator {
    /** Modules and include files that every design shares. */
    public static final List<String> LIBRARY = List.of(
            "popcount.vh",
            "adc.vh",
            "line_buffer.v",
            "window_register.v",
            "wordline_driver.v",
            "crossbar.v",
            "adc.v",
            "shift_add.v",
            "crossbar_tile.v",
            "row_adder.v",
            "event_sum.v",
            "crossbar_bank.v",
            "overlap_add.v",
            "requantizer.v",
            "block_to_raster.v",
            "layer_engine.v",
            "stream_unpack.v",
            "stream_pack.v",
            "csr.v");

    private final TemplateEngine templates = new TemplateEngine();

    /** Bench and driver of a simulation binary that holds the designs, by file name. */
    public Map<String, String> harness(List<Plan> plans) {
        return Map.of(
                "emat_bench.v", templates.render("harness/bench.v.vm", Map.of("bench", new BenchContext(plans))),
                "harness.cpp", templates.render("harness/harness.cpp.vm", Map.of()));
    }

    /**
     * Project files of a design: file list, FuseSoC core, timing constraints.
     *
     * @param plan the design
     * @param rtlFolder folder of the Verilog files, from that of the project files
     */
    public Map<String, String> project(Plan plan, String rtlFolder) {
        String module = plan.name() + "_top";
        Map<String, Object> context = Map.of(
                "project", new ProjectContext(module, rtlFolder, generate(plan).keySet()));
        Map<String, String> files = new LinkedHashMap<>();
        files.put("files.f", templates.render("project/files.f.vm", context));
        files.put(plan.name() + ".core", templates.render("project/design.core.vm", context));
        files.put(plan.name() + ".sdc", templates.render("project/design.sdc.vm", context));
        return files;
    }

    /** File name to text, in compilation order, include files first. */
    public Map<String, String> generate(Plan plan) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : LIBRARY) {
            files.put(name, templates.render("verilog/" + name + ".vm", Map.of()));
        }
        files.put(plan.name() + "_top.v", templates.render("verilog/top.v.vm", Map.of("top", new TopContext(plan))));
        return files;
    }
}
