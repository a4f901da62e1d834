package org.emat.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emat.files.Reason;
import org.emat.network.InputException;
import org.emat.tb.ToolException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Entry point of the {@code emat} command. */
@Command(
        name = "emat",
        mixinStandardHelpOptions = true,
        version = Main.VERSION,
        header = "Generates accelerators that compute inside memory arrays, and proves them by simulation.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            DoctorCommand.class,
            ImportCommand.class,
            PlanCommand.class,
            GoldenCommand.class,
            GenCommand.class,
            CosimCommand.class,
            BenchCommand.class,
            TrainCommand.class,
            SchemaCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or compared and equal",
            "1:compared and different",
            "2:bad input, or a tool that is missing or failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./emat demo",
            "  ./emat plan examples/dcgan_mnist_generator.onnx",
            "  ./emat cosim examples/fsrcnn.json --report report.html"
        })
public final class Main implements Runnable {
    static final String VERSION = "emat 0.1.0";
    static final int DIFFERENT = 1;
    static final int REFUSED = 2;

    private static final Set<Class<?>> COMPARING =
            Set.of(DemoCommand.class, CosimCommand.class, BenchCommand.class, TrainCommand.class);

    @Spec
    CommandSpec spec;

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter error = new PrintWriter(System.err, true);
        int code = run(out, error, arguments);
        if (out.checkError() && code != REFUSED) {
            error.println("emat: standard output could not be written: no space is left, or its reader has gone.");
            code = REFUSED;
        }
        System.exit(code);
    }

    /**
     * Runs the command.
     *
     * @param out for results
     * @param error for refusals and progress
     * @return the exit code
     */
    static int run(PrintWriter out, PrintWriter error, String... arguments) {
        CommandLine line = new CommandLine(new Main())
                .setOut(out)
                .setErr(error)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(refuseArguments())
                .setExecutionExceptionHandler(Main::refuse);
        line.getSubcommands().values().forEach(Main::completeHelp);
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError e) {
            say(line, "the memory is too small for this; EMAT_JAVA_OPTS=-Xmx8g gives 8 GB, or take fewer frames.");
            return REFUSED;
        }
    }

    /** Says in the help of a command with what it can end; only those that compare can find a difference. */
    private static void completeHelp(CommandLine line) {
        CommandLine parent = line.getParent();
        Map<String, String> codes =
                new LinkedHashMap<>(parent.getCommandSpec().usageMessage().exitCodeList());
        if (!COMPARING.contains(line.getCommandSpec().userObject().getClass())) {
            codes.remove(Integer.toString(DIFFERENT));
            codes.put("0", "done");
        }
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading(parent.getCommandSpec().usageMessage().exitCodeListHeading())
                .exitCodeList(codes);
        if (line.getCommandName().equals("help")) {
            line.getCommandSpec()
                    .usageMessage()
                    .footerHeading(parent.getCommandSpec().usageMessage().footerHeading())
                    .footer("  ./emat help plan");
        }
    }

    private static IParameterExceptionHandler refuseArguments() {
        return (exception, arguments) -> {
            CommandLine command = exception.getCommandLine();
            say(
                    command,
                    exception.getMessage().replaceAll("is not an? (int|long)$", "is no whole number") + "; see '"
                            + command.getCommandSpec().qualifiedName() + " --help'.");
            return REFUSED;
        };
    }

    private static int refuse(Exception exception, CommandLine command, ParseResult result) {
        if (exception instanceof InputException) {
            // A name of a file may hold the end of a line.
            say(command, exception.getMessage().replaceAll("\\s*\\R\\s*", " "));
        } else if (exception instanceof ToolException) {
            say(command, exception.getMessage());
        } else if (exception instanceof UncheckedIOException failure) {
            say(command, "a file cannot be read or written: " + Reason.of(failure.getCause()) + ".");
        } else {
            say(command, "this is a fault of emat: " + exception + " (EMAT_DEBUG=1 shows where).");
        }
        if (System.getenv("EMAT_DEBUG") != null) {
            exception.printStackTrace(command.getErr());
        }
        return REFUSED;
    }

    /** Says a sentence; the last lines of a failed tool may follow it. */
    private static void say(CommandLine command, String message) {
        List<String> lines = message.lines().toList();
        String sentence = lines.get(0).matches(".*[.:]") ? lines.get(0) : lines.get(0) + ".";
        command.getErr().println(Ansi.AUTO.string("@|bold emat:|@ ") + sentence);
        lines.stream().skip(1).forEach(line -> command.getErr().println("  " + line));
        command.getErr().flush();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
