package org.emat.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * The classes under test as a started program sees them: those of folders in one archive, and all of them prepared for
 * the Java virtual machine, which takes a third off every start.
 */
final class ClassPath {
    private static final Path FOLDER = Path.of("target", "program").toAbsolutePath();

    private final String path;

    private ClassPath(String path) {
        this.path = path;
    }

    private static final class Prepared {
        static final ClassPath PATH = prepare();
    }

    /** The class path, made once. */
    static ClassPath prepared() {
        return Prepared.PATH;
    }

    /** What the Java virtual machine needs to be told. */
    List<String> options() {
        return List.of("-XX:SharedArchiveFile=" + FOLDER.resolve("emat.jsa"), "-cp", path);
    }

    private static ClassPath prepare() {
        String tested = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try {
            Files.createDirectories(FOLDER);
            List<String> entries = new ArrayList<>();
            Path jar = FOLDER.resolve("emat.jar");
            Files.deleteIfExists(jar);
            for (String entry : tested.split(File.pathSeparator)) {
                if (Files.isDirectory(Path.of(entry))) {
                    addFolder(jar, entry);
                } else {
                    entries.add(entry);
                }
            }
            entries.add(0, jar.toString());
            ClassPath prepared = new ClassPath(String.join(File.pathSeparator, entries));
            prepared.dump();
            return prepared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addFolder(Path jar, String folder) {
        String mode = Files.exists(jar) ? "--update" : "--create";
        int code = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, mode, "--file", jar.toString(), "-C", folder, ".");
        if (code != 0) {
            throw new IllegalStateException("jar ended with " + code);
        }
    }

    /** Runs a command that loads most classes; without an archive the program starts all the same, only later. */
    private void dump() throws IOException {
        Path archive = FOLDER.resolve("emat.jsa");
        Files.deleteIfExists(archive);
        Process process = new ProcessBuilder(
                        Program.JAVA.toString(),
                        "-XX:ArchiveClassesAtExit=" + archive,
                        "-cp",
                        path,
                        "org.emat.cli.Main",
                        "golden",
                        Program.REPOSITORY.resolve("examples/dcgan_mnist.json").toString(),
                        "--frames=1")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.onExit().join();
    }
}
