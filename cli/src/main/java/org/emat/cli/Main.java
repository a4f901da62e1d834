package org.emat.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the {@code emat} command. */
@Command(name = "emat", mixinStandardHelpOptions = true, version = "emat 0.1.0")
public final class Main implements Runnable {
    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
