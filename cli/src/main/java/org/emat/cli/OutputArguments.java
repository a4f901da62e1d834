package org.emat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.emat.files.OutputFile;
import org.emat.network.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where results go besides standard output. */
final class OutputArguments {
    /** Options that name a file to write. */
    private static final Set<String> OUTPUTS =
            Set.of("--json", "--output", "--report", "--plan", "--csv", "--html", "--onnx");

    @Spec(Target.MIXEE)
    CommandSpec command;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON too (docs/results.md).")
    Path json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Shows no progress.")
    boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    /** Refuses an unwritable place before long work. */
    void check() {
        if (json != null) {
            OutputFile.check(json);
        }
    }

    /** Refuses outputs that would overwrite an input, and two outputs of one place, before any work. */
    void checkApart(List<Path> inputs) {
        List<Path> taken = new ArrayList<>(inputs);
        for (OptionSpec option : command.commandLine().getCommandSpec().options()) {
            if (OUTPUTS.contains(option.longestName()) && option.getValue() instanceof Path output) {
                for (Path other : taken) {
                    if (isSame(output, other)) {
                        throw new InputException(option.longestName() + " '" + output + "' is "
                                + (inputs.contains(other) ? "an input" : "another output")
                                + " of this run too; name another file.");
                    }
                }
                taken.add(output);
            }
        }
    }

    /** Devices and pipes take several outputs. */
    private static boolean isSame(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other)
                    ? Files.isRegularFile(one) && Files.isSameFile(one, other)
                    : one.toAbsolutePath()
                            .normalize()
                            .equals(other.toAbsolutePath().normalize());
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes the result where it was asked for. */
    void write(JsonNode result) {
        if (json != null) {
            OutputFile.write(json, result.toPrettyString() + "\n");
        }
    }

    /** Prints to standard output. */
    void print(Object text) {
        CommandLine line = command.commandLine();
        line.getOut().print(text);
        line.getOut().flush();
    }

    /** Prints a line to standard output. */
    void println(Object text) {
        print(text + System.lineSeparator());
    }

    /** A display of progress. */
    Progress progress() {
        return new Progress(command.commandLine().getErr(), quiet);
    }

    /** Says something beside the result. */
    void note(String sentence) {
        command.commandLine().getErr().println("emat: " + sentence);
        command.commandLine().getErr().flush();
    }
}
