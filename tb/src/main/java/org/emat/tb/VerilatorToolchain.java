package org.emat.tb;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tools that turn Verilog into a simulator.
 *
 * @param verilator path of Verilator
 * @param version its version line
 * @param compiler version line of the C++ compiler
 * @param make path of make
 * @param ccache path of ccache, if installed
 * @param avx2 whether this machine runs AVX2 code
 */
public record VerilatorToolchain(
        Path verilator, String version, String compiler, Path make, Optional<Path> ccache, boolean avx2) {
    private static final Pattern VERSION = Pattern.compile("Verilator (\\d+)\\.(\\d+)");

    /**
     * Finds the tools on the path.
     *
     * @throws ToolException if one is missing or too old
     */
    public static VerilatorToolchain find() {
        return find(systemPath());
    }

    /** Finds the tools in folders separated as in {@code PATH}. */
    static VerilatorToolchain find(String searchPath) {
        Path verilator = require("verilator", searchPath);
        Path make = require("make", searchPath);
        Path compiler = require("g++", searchPath);
        String version = firstLine(List.of(verilator.toString(), "--version"));
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.find() || Integer.parseInt(matcher.group(1)) * 1000 + Integer.parseInt(matcher.group(2)) < 5006) {
            throw new ToolException("verilator is '" + version + "', but 5.006 or newer is needed");
        }
        return new VerilatorToolchain(
                verilator,
                version,
                firstLine(List.of(compiler.toString(), "--version")),
                make,
                locate("ccache", searchPath),
                hasAvx2());
    }

    /** The same tools, with every C++ file compiled anew. */
    public VerilatorToolchain withoutCcache() {
        return new VerilatorToolchain(verilator, version, compiler, make, Optional.empty(), avx2);
    }

    /** The program of a name on the path. */
    public static Optional<Path> locate(String name) {
        return locate(name, systemPath());
    }

    private static String systemPath() {
        String path = System.getenv("PATH");
        return path == null ? "" : path;
    }

    private static Optional<Path> locate(String name, String searchPath) {
        for (String folder : searchPath.split(File.pathSeparator)) {
            if (folder.isEmpty()) {
                continue;
            }
            Path candidate = Path.of(folder, name);
            if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return Optional.of(candidate.toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    /** First line that a command prints; empty if it fails. */
    public static String firstLine(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output.lines().findFirst().orElse("");
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static Path require(String name, String searchPath) {
        return locate(name, searchPath)
                .orElseThrow(() -> new ToolException(
                        name + " is missing; install it with: apt-get install verilator g++ make ccache"));
    }

    private static boolean hasAvx2() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo")).contains(" avx2 ");
        } catch (IOException e) {
            return false;
        }
    }
}
