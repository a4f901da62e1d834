package org.emat.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion of the command for shells. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        header = "Prints the completion script for bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {"  source <(./emat completion)"})
final class CompletionCommand implements Runnable {
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        var main = spec.parent().commandLine();
        spec.commandLine().getOut().print(AutoComplete.bash("emat", main));
        spec.commandLine().getOut().flush();
    }
}
