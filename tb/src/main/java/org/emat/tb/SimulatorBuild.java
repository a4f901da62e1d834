package org.emat.tb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Builds simulators and keeps them, named by the content of their sources, flags and tools. An entry is built beside and
 * renamed, so that it is whole or absent; a binary whose checksum is wrong is built again.
 */
public final class SimulatorBuild {
    private static final String BINARY = "simulator";
    private static final int LOG_LINES = 12;

    private final VerilatorToolchain tools;
    private final Path cache;

    /**
     * A build.
     *
     * @param cache folder of the kept binaries
     */
    public SimulatorBuild(VerilatorToolchain tools, Path cache) {
        this.tools = tools;
        this.cache = cache;
    }

    /** The user's cache folder: {@code EMAT_CACHE}, or {@code .cache/emat} in the home folder. */
    public static Path userCache() {
        String chosen = System.getenv("EMAT_CACHE");
        return chosen == null || chosen.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "emat")
                : Path.of(chosen);
    }

    /**
     * A built simulator.
     *
     * @param binary its program
     * @param built whether it was built now rather than found
     */
    public record Built(Path binary, boolean built) {}

    /**
     * The simulator of a set of files.
     *
     * @param files name to text: Verilog, include files, {@code emat_bench.v}, {@code harness.cpp}
     * @param options what to build
     * @throws ToolException if a tool fails
     */
    public Built build(Map<String, String> files, Options options) {
        List<String> arguments = arguments(files, options);
        Path entry = cache.resolve("simulators").resolve(key(files, arguments, optimisation(options)));
        try {
            if (isWhole(entry)) {
                return new Built(entry.resolve(BINARY), false);
            }
            Files.createDirectories(entry.getParent());
            Path beside = Files.createTempDirectory(entry.getParent(), ".building-");
            try {
                compile(files, arguments, optimisation(options), beside);
                install(beside, entry);
            } finally {
                delete(beside);
            }
            return new Built(entry.resolve(BINARY), true);
        } catch (IOException e) {
            throw new ToolException("the simulator cannot be kept in " + cache + ": " + e.getMessage(), e);
        }
    }

    /**
     * What to build.
     *
     * @param structural whether crossbars are built one by one, as for synthesis
     * @param trace whether waves can be written
     * @param optimised whether the C++ compiler optimises: long to build, fast to run
     */
    public record Options(boolean structural, boolean trace, boolean optimised) {
        /** The form for real sizes, without waves. */
        public static Options fast() {
            return new Options(false, false, true);
        }
    }

    private List<String> arguments(Map<String, String> files, Options options) {
        List<String> arguments = new ArrayList<>(List.of(
                "--cc",
                "--exe",
                "-O3",
                "--x-assign",
                "fast",
                "--x-initial",
                "fast",
                "--noassert",
                "-Wno-fatal",
                "-Wno-lint",
                "-Wno-style",
                "--top-module",
                "emat_bench",
                "--prefix",
                "Vemat_bench",
                "-Mdir",
                "build",
                "-I.",
                "--unroll-count",
                "16"));
        if (options.structural()) {
            arguments.add("-DEMAT_STRUCTURAL");
        }
        if (options.trace()) {
            arguments.add("--trace-fst");
        }

        files.keySet().stream()
                .filter(name -> name.endsWith(".v") || name.endsWith(".cpp"))
                .sorted()
                .forEach(arguments::add);
        return arguments;
    }

    private String optimisation(Options options) {
        if (!options.optimised()) {
            return "-O0";
        }
        return "-O3" + (tools.avx2() ? " -march=x86-64-v3" : "");
    }

    private String key(Map<String, String> files, List<String> arguments, String optimisation) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                update(digest, file.getKey());
                update(digest, file.getValue());
            }
            update(digest, String.join(" ", arguments));
            update(digest, tools.version());
            update(digest, VerilatorToolchain.firstLine(List.of("g++", "--version")));
            update(digest, optimisation);
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

    private void compile(Map<String, String> files, List<String> arguments, String optimisation, Path folder)
            throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        List<String> verilate = new ArrayList<>(List.of(tools.verilator().toString()));
        verilate.addAll(arguments);
        run(verilate, folder, "verilator");
        List<String> make = new ArrayList<>(List.of(
                tools.make().toString(),
                "-s",
                "-j2",
                "-C",
                "build",
                "-f",
                "Vemat_bench.mk",
                "OPT_FAST=" + optimisation,
                "OPT_SLOW=-O0",
                "OPT_GLOBAL=" + (optimisation.equals("-O0") ? "-O0" : "-O2"),
                "Vemat_bench"));
        tools.ccache().ifPresent(path -> make.add("OBJCACHE=" + path));
        run(make, folder, "the C++ compiler");
    }

    private static void run(List<String> command, Path folder, String who) throws IOException {
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            process.getOutputStream().close();
            int code = process.waitFor();
            if (code != 0) {
                List<String> lines = Files.readAllLines(log);
                List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
                throw new ToolException(
                        who + " failed with exit code " + code + "; its last lines are:\n" + String.join("\n", last));
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new ToolException(who + " was interrupted", e);
        }
    }

    private static void install(Path beside, Path entry) throws IOException {
        Path finished = Files.createTempDirectory(entry.getParent(), ".finished-");
        try {
            Path binary = finished.resolve(BINARY);
            Files.move(beside.resolve("build").resolve("Vemat_bench"), binary, StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(finished.resolve("sha256"), checksum(binary));
            if (Files.exists(entry)) {
                delete(entry);
            }
            Files.move(finished, entry, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            // Another process finished the same entry first; both are equal.
            delete(finished);
        } finally {
            delete(finished);
        }
    }

    private static boolean isWhole(Path entry) throws IOException {
        Path binary = entry.resolve(BINARY);
        Path sum = entry.resolve("sha256");
        return Files.isExecutable(binary)
                && Files.isRegularFile(sum)
                && Files.readString(sum).equals(checksum(binary));
    }

    private static String checksum(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
