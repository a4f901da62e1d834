package org.emat.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Small disks in memory. They need the rights of root; where those are missing the test is skipped, with the reason. */
final class Mounts {
    private static final int BLOCK = 4096;

    private Mounts() {}

    /** A disk of 64 KiB. */
    static void small(Path folder) {
        mount(folder, "size=64k");
    }

    /** A disk without room. */
    static void filled(Path folder) {
        small(folder);
        try (OutputStream out = Files.newOutputStream(folder.resolve("filler"))) {
            while (true) {
                out.write(new byte[BLOCK]);
            }
        } catch (IOException e) {
            // It is full.
        }
    }

    /** A disk that nothing can be written to. */
    static void readOnly(Path folder) {
        mount(folder, "size=64k,ro");
    }

    private static void mount(Path folder, String options) {
        String said = run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()));
        Assumptions.assumeTrue(said.isEmpty(), "no disk can be mounted: " + said);
    }

    /** Takes away every disk below a folder. */
    static void removeBelow(Path folder) {
        try (var lines = Files.lines(Path.of("/proc/mounts"))) {
            lines.map(line -> line.split(" ")[1])
                    .filter(place -> place.startsWith(folder + "/"))
                    .forEach(place -> run(List.of("umount", "-l", place)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : said + "exit code " + process.exitValue();
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
