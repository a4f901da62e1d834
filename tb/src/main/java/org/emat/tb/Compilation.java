package org.emat.tb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emat.tb.SimulatorBuild.Options;

/**
 * The way from Verilog to a simulator: Verilator, then make. Every command is a list of arguments; none passes a shell of
 * ours.
 *
 * @param tools the tools
 * @param files name to text: Verilog, include files, {@code emat_bench.v}, {@code harness.cpp}
 * @param options what to build
 */
record Compilation(VerilatorToolchain tools, Map<String, String> files, Options options) {
    private static final String PREFIX = "Vemat_bench";
    private static final String FOLDER = "build";
    private static final int LOG_LINES = 12;
    private static final String WIDEST_SIGNAL = "1000000";
    private static final long LITTLE_SPACE = 1 << 20;

    Compilation {
        files = Map.copyOf(files);
    }

    /** Name of the result: what goes into it decides, and nothing else. */
    String key() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(files).forEach((name, text) -> {
                update(digest, name);
                update(digest, text);
            });
            update(digest, String.join("\n", arguments()));
            update(digest, String.join("\n", flags()));
            update(digest, tools.version());
            update(digest, tools.compiler());
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /** Writes the files and makes C++ of them; gives the folder of the C++. */
    Path verilate(Scratch scratch) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(scratch.folder().resolve(file.getKey()), file.getValue());
        }
        run(scratch, verilateCommand(), "verilator");
        return scratch.folder().resolve(FOLDER);
    }

    /** Makes a program of the C++; gives its path. */
    Path compile(Scratch scratch) throws IOException {
        run(scratch, makeCommand(), "the C++ compiler");
        return scratch.folder().resolve(FOLDER).resolve(PREFIX);
    }

    List<String> verilateCommand() {
        List<String> command = new ArrayList<>(List.of(tools.verilator().toString()));
        command.addAll(arguments());
        return command;
    }

    List<String> makeCommand() {
        List<String> command =
                new ArrayList<>(List.of(tools.make().toString(), "-s", "-j2", "-C", FOLDER, "-f", PREFIX + ".mk"));
        command.addAll(flags());
        command.add(PREFIX);
        tools.ccache().ifPresent(path -> command.add("OBJCACHE=" + path));
        return command;
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--cc", "--exe", "-O3"));
        arguments.addAll(List.of("--x-assign", "fast", "--x-initial", "fast", "--noassert"));
        arguments.addAll(List.of("-Wno-fatal", "-Wno-lint", "-Wno-style"));
        arguments.addAll(List.of("--top-module", "emat_bench", "--prefix", PREFIX, "-Mdir", FOLDER, "-I."));
        arguments.addAll(List.of("--unroll-count", "16"));
        if (options.structural()) {
            arguments.add("-DEMAT_STRUCTURAL");
        }
        if (options.trace()) {
            arguments.addAll(List.of("--trace-fst", "--trace-max-width", WIDEST_SIGNAL, "-DEMAT_PROBES"));
        }
        files.keySet().stream()
                .filter(name -> name.endsWith(".v") || name.endsWith(".cpp"))
                .sorted()
                .forEach(arguments::add);
        return arguments;
    }

    private List<String> flags() {
        String fast = options.optimised() ? "-O3" + (tools.avx2() ? " -march=x86-64-v3" : "") : "-O0";
        return List.of("OPT_FAST=" + fast, "OPT_SLOW=-O0", "OPT_GLOBAL=" + (options.optimised() ? "-O2" : "-O0"));
    }

    private static void run(Scratch scratch, List<String> command, String who) throws IOException {
        Process process = scratch.start(
                new ProcessBuilder(command).directory(scratch.folder().toFile()).redirectErrorStream(true));
        process.getOutputStream().close();
        Deque<String> last = new ArrayDeque<>();
        Thread reader = new Thread(() -> keepLast(process.inputReader(), last), who + " output");
        reader.setDaemon(true);
        reader.start();
        try {
            int code = process.waitFor();
            reader.join();
            if (code != 0) {
                throw failure(scratch.folder(), who, code, last);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException(who + " was interrupted", e);
        }
    }

    private static void keepLast(BufferedReader output, Deque<String> last) {
        try (output) {
            output.lines().forEach(line -> {
                last.add(line);
                if (last.size() > LOG_LINES) {
                    last.remove();
                }
            });
        } catch (IOException | UncheckedIOException e) {
            // The process was ended while it wrote; its exit code tells.
        }
    }

    private static ToolException failure(Path folder, String who, int code, Deque<String> last) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < LITTLE_SPACE) {
            return new ToolException(
                    "no space is left in '" + folder.getParent() + "', so " + who + " cannot write its files");
        }
        for (String line : last) {
            // The compiler writes to other folders too, and makes room again when it fails.
            if (line.contains("No space left on device")) {
                return new ToolException(who + " cannot write its files: " + line);
            }
        }
        return new ToolException(who + " failed with exit code " + code + "; its last lines are:\n"
                + last.stream().collect(Collectors.joining("\n")));
    }
}
