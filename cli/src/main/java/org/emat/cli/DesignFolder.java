package org.emat.cli;

import org.emat.files.OutputFolder;
import org.emat.plan.PlanJson;
import org.emat.rtl.MemoryImages;
import org.emat.rtl.RtlGenerator;

/** The files of a design: Verilog, memory images, project files and plan. */
final class DesignFolder {
    private DesignFolder() {}

    /** Writes the files below a folder. */
    static void write(Design design, OutputFolder folder) {
        RtlGenerator generator = new RtlGenerator();
        generator.generate(design.plan()).forEach((name, text) -> folder.write("rtl/" + name, text));
        generator.project(design.plan(), "rtl").forEach(folder::write);
        folder.write("plan.json", PlanJson.write(design.plan()));
        folder.fill("images", path -> MemoryImages.write(design.plan(), design.integer(), design.architecture(), path));
    }
}
