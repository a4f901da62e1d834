package org.emat.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command as users run it: a program of its own with its own working folder and environment. */
final class Program {
    /** The folder of the repository. */
    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static final long PATIENCE_SECONDS = 180;

    private final Path folder;
    private final List<String> options = new ArrayList<>(
            // Short runs: what the optimising compiler costs is not won back.
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Demat.home=" + REPOSITORY));
    private final List<String> arguments;
    private final ProcessBuilder builder = new ProcessBuilder();

    private Program(Path folder, List<String> arguments) {
        this.folder = folder;
        this.arguments = arguments;
        builder.directory(folder.toFile());
    }

    /** The command with arguments, in a working folder. */
    static Program emat(Path folder, String... arguments) {
        return new Program(folder, List.of(arguments));
    }

    /** With a variable of the environment; without it where the value is empty. */
    Program with(String variable, String value) {
        if (value.isEmpty()) {
            builder.environment().remove(variable);
        } else {
            builder.environment().put(variable, value);
        }
        return this;
    }

    /** With a folder that programs are looked for in first. */
    Program withProgramsOf(Path place) {
        return with("PATH", place + ":" + System.getenv("PATH"));
    }

    /** With options of the Java virtual machine. */
    Program withJava(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /**
     * What a run gave.
     *
     * @param code exit code
     * @param out standard output
     * @param error standard error
     */
    record Result(int code, String out, String error) {}

    /** With a file that takes what it prints. */
    Program printingTo(Path file) {
        builder.redirectOutput(file.toFile());
        return this;
    }

    /** Runs to the end. */
    Result run() {
        return finish(start());
    }

    /** Starts the program; its output stays in pipes. */
    Process start() {
        // Tests started in the background of a shell inherit an ignored SIGINT; a user's terminal does not.
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT", JAVA.toString()));
        command.addAll(options);
        command.addAll(ClassPath.prepared().options());
        command.add(Main.class.getName());
        command.addAll(arguments);
        try {
            Process process = builder.command(command).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("in " + folder, e);
        }
    }

    /** Waits for the end of a started program. */
    static Result finish(Process process) {
        CompletableFuture<String> error = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("the command did not end within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return new Result(process.exitValue(), out.join(), error.join());
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
