package org.emat.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.emat.config.ConfigurationSchema;
import org.emat.config.ConfigurationWriter;
import org.emat.files.OutputFile;
import org.emat.network.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a first configuration. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        header = "Writes a configuration to start from, and the schema that editors complete it with.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./emat init", "  ./emat init -o design.json --network model.onnx"})
final class InitCommand implements Callable<Integer> {
    private static final String SCHEMA = "emat.schema.json";

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "emat.json",
            description = "The file to write; it must not exist. Default: ${DEFAULT-VALUE}.")
    Path target;

    @Option(
            names = "--network",
            paramLabel = "FILE",
            defaultValue = "model.onnx",
            description = "The network that the configuration names. Default: ${DEFAULT-VALUE}.")
    String network;

    @Override
    public Integer call() {
        OutputFile.check(target);
        if (Files.exists(target)) {
            throw new InputException("'" + target + "' exists; name another file with -o.");
        }
        OutputFile.write(target.resolveSibling(SCHEMA), ConfigurationSchema.text());
        OutputFile.write(target, ConfigurationWriter.template(SCHEMA, network));
        spec.commandLine()
                .getOut()
                .println("Wrote " + target + " and its schema; './emat plan " + target + "' maps the network.");
        return 0;
    }
}
