package org.emat.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.emat.files.OutputFile;
import org.emat.plan.PlanJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how a network is mapped. */
@Command(
        name = "plan",
        header = "Maps a network onto crossbars and shows the mapping.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./emat plan examples/dcgan_mnist_generator.onnx",
            "  ./emat plan design.json --plan plan.json --json mapping.json"
        })
final class PlanCommand implements Callable<Integer> {
    @Mixin
    DesignArguments arguments = new DesignArguments();

    @Option(names = "--plan", paramLabel = "FILE", description = "Writes the whole plan as JSON.")
    Path plan;

    @Override
    public Integer call() {
        arguments.output.check();
        if (plan != null) {
            OutputFile.check(plan);
        }
        try (Progress progress = arguments.output.progress()) {
            Design design = new DesignLoader(arguments.configuration(), progress).loadInPasses();
            progress.end();
            PlanTable table = new PlanTable(design.passes());
            if (plan != null) {
                OutputFile.write(plan, PlanJson.write(design.plan()));
            }
            arguments.output.write(table.json());
            arguments.output.print(table);
            Warnings.of(design).forEach(arguments.output::note);
        }
        return 0;
    }
}
