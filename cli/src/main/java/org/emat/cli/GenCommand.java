package org.emat.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.emat.files.OutputFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the files of a design. */
@Command(
        name = "gen",
        header = "Writes the Verilog, memory images and project files of a design.",
        description = "The folder holds rtl/, images/ (load them with +images=FOLDER), files.f, a FuseSoC core, timing"
                + " constraints and the plan.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./emat gen examples/dcgan_mnist.json -o build",
            "  cd build && verilator --lint-only -Wall --top-module dcgan_mnist_top -f files.f"
        })
final class GenCommand implements Callable<Integer> {
    @Mixin
    DesignArguments arguments = new DesignArguments();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FOLDER",
            description = "The folder to write: new, empty, or written by emat before.")
    Path target;

    @Override
    public Integer call() {
        arguments.output.check();
        OutputFolder.check(target);
        try (Progress progress = arguments.output.progress()) {
            Design design = new DesignLoader(arguments.configuration(), progress).load();
            progress.begin("writing files");
            try (OutputFolder folder = OutputFolder.begin(target)) {
                DesignFolder.write(design, folder);
                folder.finish();
            }
            progress.end();
            PlanTable table = new PlanTable(design.passes());
            arguments.output.write(table.json());
            arguments.output.print(table);
            arguments.output.println(
                    "Wrote " + target + ": top module " + design.plan().name() + "_top.");
            Warnings.of(design).forEach(arguments.output::note);
        }
        return 0;
    }
}
