package org.emat.cli;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.emat.config.ConfigurationWriter;
import org.emat.onnx.ImportOptions;
import org.emat.onnx.ImportOptions.Arithmetic;
import org.emat.onnx.OnnxImport;
import org.emat.onnx.OnnxModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads an ONNX file and writes it as an inline network. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        header = "Reads an ONNX file and writes it as a configuration with a list of layers.",
        description = "The weights go to .npy files in a folder beside. Batch normalisation is folded.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./emat import model.onnx -o net.json", "  ./emat plan net.json"})
final class ImportCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "An ONNX file.")
    Path file;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration to write.")
    Path target;

    @Option(
            names = "--height",
            paramLabel = "N",
            description = "Rows of an input frame, where the file leaves them open.")
    Integer height;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "Columns of an input frame, where the file leaves them open.")
    Integer width;

    @Override
    public Integer call() {
        OnnxModel model =
                new OnnxImport(new ImportOptions(optional(height), optional(width), Arithmetic.REAL)).read(file);
        ConfigurationWriter.write(target, model.network());
        spec.commandLine()
                .getOut()
                .println("Wrote " + target + ": " + model.network().layers().size() + " layers, "
                        + model.network().input() + " to " + model.network().output()
                        + " (channels x height x width).");
        return 0;
    }

    private static OptionalInt optional(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
