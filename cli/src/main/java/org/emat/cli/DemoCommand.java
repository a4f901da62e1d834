package org.emat.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emat.config.ConfigurationReader;
import org.emat.files.OutputFolder;
import org.emat.network.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole way on an example network. */
@Command(
        name = "demo",
        header = "Takes a trained generator of digits all the way: model, hardware, simulation, report.",
        description =
                "64 random latents through golden model and Verilog; the folder gets report.html, the Verilog, the"
                        + " plan and result.json.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./emat demo", "  ./emat demo -o /tmp/demo --json result.json"})
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            defaultValue = "emat-out",
            description = "The folder to write. Default: ${DEFAULT-VALUE}.")
    Path target;

    @Mixin
    OutputArguments output = new OutputArguments();

    @Override
    public Integer call() {
        output.check();
        OutputFolder.check(target);
        try (Progress progress = output.progress()) {
            Design design = new DesignLoader(ConfigurationReader.read(example("dcgan_mnist.json")), progress).load();
            progress.end();
            output.print(new PlanTable(design.passes()));
            Proof proof = new Prover(design, progress).prove(Optional.empty());
            progress.end();
            try (OutputFolder folder = OutputFolder.begin(target)) {
                DesignFolder.write(design, folder);
                folder.write("report.html", proof.page("emat demo: a DCGAN generator of digits"));
                folder.write("result.json", proof.json().toPrettyString() + "\n");
                folder.finish();
            }
            output.write(proof.json());
            ResultText text = new ResultText(design);
            output.println("");
            output.print(text.comparison(proof.outcome().comparison()));
            output.print(text.quality(proof.noise(), proof.figures()));
            output.println(proof.timing());
            output.println("Look at " + target.resolve("report.html"));
            return proof.outcome().comparison().equal() ? 0 : Main.DIFFERENT;
        }
    }

    /** A file of examples/, which lies beside the launcher. */
    static Path example(String name) {
        Path file = Path.of(System.getProperty("emat.home", "."), "examples", name);
        if (!Files.exists(file)) {
            throw new InputException("'" + file + "' does not exist; run ./emat from its repository.");
        }
        return file;
    }
}
