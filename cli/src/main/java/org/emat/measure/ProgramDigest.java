package org.emat.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.emat.rtl.RtlGenerator;
import org.emat.schedule.Scheduler;
import org.emat.suite.Row;
import org.emat.tb.Cosimulation;

/** The content of the classes that decide what is measured: golden model, generator, co-simulation and rows. */
final class ProgramDigest {
    private ProgramDigest() {}

    /** Adds the classes to a digest. */
    static void add(MessageDigest digest) {
        for (Class<?> member : List.of(Scheduler.class, RtlGenerator.class, Cosimulation.class)) {
            add(digest, member, "org/emat", ".*");
        }
        add(digest, Row.class, "org/emat/suite", ".*");
        // Not what only tells of results.
        add(digest, Measurer.class, "org/emat/measure", "(Chain|Gradient|Measure|Predict|Setting|Subject|Variant).*");
    }

    /** Adds the classes below a folder whose paths there match a pattern. */
    private static void add(MessageDigest digest, Class<?> member, String folder, String names) {
        try {
            Path place = Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                addFolder(digest, place.resolve(folder), names);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(place)) {
                    addFolder(digest, jar.getPath(folder), names);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addFolder(MessageDigest digest, Path folder, String names) throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(folder)) {
            files = paths.filter(path -> path.toString().endsWith(".class"))
                    .filter(path -> name(folder, path).matches(names))
                    .sorted((a, b) -> name(folder, a).compareTo(name(folder, b)))
                    .toList();
        }
        for (Path file : files) {
            digest.update(name(folder, file).getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString();
    }
}
