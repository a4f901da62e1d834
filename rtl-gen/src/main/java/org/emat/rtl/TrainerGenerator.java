package org.emat.rtl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emat.train.machine.MachinePlan;

/** Verilog of a machine that trains: its modules, the one that joins them, and the top with registers and streams. */
public final class TrainerGenerator {
    private static final List<String> OWN = List.of(
            "fixed_point.vh",
            "forward_response.v",
            "error_response.v",
            "tensor_scale.v",
            "loss_unit.v",
            "frame_buffer.v",
            "frame_gate.v",
            "stream_fork.v",
            "frame_turn.v",
            "word_signs.v",
            "gradient_adder.v",
            "batch_sequencer.v",
            "state_sender.v",
            "trainer_csr.v");

    /** Modules and include files that every machine shares. */
    public static final List<String> LIBRARY = library();

    private final TemplateEngine templates = new TemplateEngine();

    private static List<String> library() {
        List<String> names = new ArrayList<>(RtlGenerator.LIBRARY);
        names.remove("csr.v");
        GradientGenerator.LIBRARY.stream().filter(name -> !names.contains(name)).forEach(names::add);
        names.addAll(UpdateGenerator.LIBRARY);
        names.addAll(OWN);
        return List.copyOf(names);
    }

    /** Bench and driver of a simulation, by file name. */
    public Map<String, String> harness(MachinePlan plan) {
        return Map.of(
                "emat_bench.v",
                templates.render(
                        "harness/trainer_bench.v.vm",
                        Map.of("top", new TrainerTopContext(plan, new TrainerContext(plan)))),
                "harness.cpp",
                templates.render("harness/trainer_harness.cpp.vm", Map.of()));
    }

    /** File name to text, in compilation order, include files first. */
    public Map<String, String> generate(MachinePlan plan) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : LIBRARY) {
            files.put(name, templates.render("verilog/" + name + ".vm", Map.of()));
        }
        TrainerContext machine = new TrainerContext(plan);
        TrainerTopContext top = new TrainerTopContext(plan, machine);
        files.put(machine.getModule() + ".v", templates.render("verilog/gan_trainer.v.vm", Map.of("top", machine)));
        files.put(top.getModule() + ".v", templates.render("verilog/gan_trainer_top.v.vm", Map.of("top", top)));
        return files;
    }

    /** Name of the module that joins the others. */
    static String module(MachinePlan plan) {
        return plan.name() + "_trainer";
    }
}
