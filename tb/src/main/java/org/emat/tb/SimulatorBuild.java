package org.emat.tb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Builds simulators and keeps them, named by the content of their sources, flags and tools. An entry is built beside and
 * renamed, so that it is whole or absent; a binary whose checksum is wrong is built again.
 */
public final class SimulatorBuild {
    private static final String BINARY = "simulator";
    private static final String CHECKSUM = "sha256";

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

    /**
     * The simulator of a set of files.
     *
     * @param files name to text: Verilog, include files, {@code emat_bench.v}, {@code harness.cpp}
     * @param options what to build
     * @throws ToolException if a tool fails
     */
    public Built build(Map<String, String> files, Options options) {
        Compilation compilation = new Compilation(tools, files, options);
        Path simulators = cache.resolve("simulators");
        Path entry = simulators.resolve(compilation.key());
        try {
            if (isWhole(entry)) {
                return new Built(entry.resolve(BINARY), false);
            }
            Files.createDirectories(simulators);
            try (EntryLock lock = new EntryLock(simulators.resolve(compilation.key() + ".lock"))) {
                // Another build may have finished while this one waited.
                boolean missing = !isWhole(entry);
                if (missing) {
                    compile(compilation, entry);
                }
                return new Built(entry.resolve(BINARY), missing);
            }
        } catch (IOException e) {
            throw new ToolException("the simulator cannot be kept in '" + cache + "': " + ToolException.reason(e), e);
        }
    }

    /** Builds among the temporary files of the system, since make takes no folder whose name has a space. */
    private static void compile(Compilation compilation, Path entry) throws IOException {
        try (Scratch work = Scratch.ofSystem("emat-build-");
                Scratch beside = new Scratch(entry.getParent(), ".finished-")) {
            compilation.verilate(work);
            Path program = compilation.compile(work);
            Path finished = Files.createDirectory(beside.folder().resolve("entry"));
            Files.copy(program, finished.resolve(BINARY), StandardCopyOption.COPY_ATTRIBUTES);
            Files.writeString(finished.resolve(CHECKSUM), checksum(program));
            Scratch.delete(entry);
            Files.move(finished, entry, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static boolean isWhole(Path entry) throws IOException {
        Path binary = entry.resolve(BINARY);
        Path sum = entry.resolve(CHECKSUM);
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
}
