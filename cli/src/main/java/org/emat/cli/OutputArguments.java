package org.emat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.emat.files.OutputFile;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where results go besides standard output. */
final class OutputArguments {
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
