package org.emat.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.emat.config.ConfigurationSchema;
import org.emat.files.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the schema of configurations. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        header = "Prints the JSON Schema of configurations.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./emat schema -o emat.schema.json"})
final class SchemaCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "A file instead of standard output.")
    Path target;

    @Override
    public Integer call() {
        if (target == null) {
            spec.commandLine().getOut().print(ConfigurationSchema.text());
            spec.commandLine().getOut().flush();
        } else {
            OutputFile.write(target, ConfigurationSchema.text());
        }
        return 0;
    }
}
