package org.emat.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.emat.network.InputException;

/**
 * A folder that appears whole or not at all: it is filled beside its place and renamed. An existing folder is replaced
 * only where it is empty or an earlier output of emat, told by a marker file.
 */
public final class OutputFolder implements AutoCloseable {
    /** The file by which emat knows its own folders. */
    public static final String MARKER = ".emat-output";

    static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path place;
    private final Path beside;

    private OutputFolder(Path place, Path beside) {
        this.place = place;
        this.beside = beside;
    }

    /** Refuses a place where a folder must not or cannot be written, before long work. */
    public static void check(Path place) {
        Path parent = place.toAbsolutePath().normalize().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new InputException("'" + place + "' cannot be written: the folder '" + parent + "' does not exist.");
        }
        if (!Files.isWritable(parent)) {
            throw new InputException("'" + place + "' cannot be written: the folder '" + parent + "' is not writable.");
        }
        if (Files.exists(place) && !Files.isDirectory(place)) {
            throw new InputException("'" + place + "' is a file; the name of a folder is needed.");
        }
        if (Files.isDirectory(place) && !isOurs(place)) {
            throw new InputException("The folder '" + place
                    + "' holds other files; name a new or empty folder, or one that emat has written.");
        }
    }

    private static boolean isOurs(Path place) {
        if (Files.exists(place.resolve(MARKER))) {
            return true;
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw OutputFile.failure(place, e);
        }
    }

    /** Begins a folder. */
    public static OutputFolder begin(Path place) {
        check(place);
        Path absolute = place.toAbsolutePath().normalize();
        try {
            Path beside = Files.createTempDirectory(absolute.getParent(), ".emat-");
            Files.setPosixFilePermissions(beside, FOLDER);
            Files.writeString(beside.resolve(MARKER), "Written by emat, which may replace this folder.\n");
            return new OutputFolder(place, beside);
        } catch (IOException e) {
            throw OutputFile.failure(place, e);
        }
    }

    /** Where to write until {@link #finish}. */
    public Path folder() {
        return beside;
    }

    /** Writes a file below the folder. */
    public void write(String name, String text) {
        try {
            Path file = beside.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw OutputFile.failure(place.resolve(name), e);
        }
    }

    /** Moves the folder to its place. */
    public void finish() {
        try {
            if (Files.exists(place)) {
                PathUtils.deleteDirectory(place);
            }
            Files.move(beside, place.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw OutputFile.failure(place, e);
        }
    }

    /** Removes what {@link #finish} has not moved. */
    @Override
    public void close() {
        try {
            if (Files.exists(beside)) {
                PathUtils.deleteDirectory(beside);
            }
        } catch (IOException e) {
            throw OutputFile.failure(place, e);
        }
    }
}
