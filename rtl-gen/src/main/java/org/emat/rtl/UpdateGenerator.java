package org.emat.rtl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Verilog of the update of parameters: from the gradients of a batch to the cells of the new weights. */
public final class UpdateGenerator {
    /** Modules of every update, in compilation order. */
    public static final List<String> LIBRARY = List.of("lfsr.v", "weight_cells.v", "update_unit.v", "weight_placer.v");

    private final TemplateEngine templates = new TemplateEngine();

    /** File name to text, in compilation order. */
    public Map<String, String> generate() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : LIBRARY) {
            files.put(name, templates.render("verilog/" + name + ".vm", Map.of()));
        }
        return files;
    }
}
