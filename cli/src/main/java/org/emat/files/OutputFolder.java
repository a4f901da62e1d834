package org.emat.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.emat.network.InputException;

/**
 * A folder that is written whole or not at all: it is filled beside its place and renamed. The content of an existing
 * folder is replaced only where it is empty or an earlier output of emat, told by a marker file.
 */
public final class OutputFolder implements AutoCloseable {
    /** The file by which emat knows its own folders. */
    public static final String MARKER = ".emat-output";

    private final Path place;
    private final Beside beside;

    private final Optional<FolderLock> lock;

    private OutputFolder(Path place, Beside beside, Optional<FolderLock> lock) {
        this.place = place;
        this.beside = beside;
        this.lock = lock;
    }

    /** Refuses a place where a folder must not or cannot be written, before long work. */
    public static void check(Path place) {
        if (Files.exists(place) && !Files.isDirectory(place)) {
            throw new InputException("'" + place + "' is a file; the name of a folder is needed.");
        }
        if (Files.isDirectory(place)) {
            foreign(place).ifPresent(other -> {
                throw new InputException("The folder '" + place + "' holds other files, such as '" + name(other)
                        + "'; name a new or empty folder, or that of an earlier run which was no training.");
            });
            FolderLock.take(place).close();
        }
        OutputFile.probe(place, workshop(place));
    }

    /** What an emat that was killed left unfinished, a lock, and what the marker names are emat's. */
    private static Optional<Path> foreign(Path place) {
        Set<String> ours = ours(place);
        return children(place).stream()
                .filter(child -> !Beside.isOne(child) && !ours.contains(name(child)))
                .findFirst();
    }

    private static Set<String> ours(Path place) {
        Path marker = place.resolve(MARKER);
        if (!Files.isRegularFile(marker)) {
            return Set.of();
        }
        try {
            Set<String> names = new HashSet<>(Files.readAllLines(marker));
            names.add(MARKER);
            return names;
        } catch (IOException e) {
            throw Reason.unwritten(place, e);
        }
    }

    private static String name(Path child) {
        return child.getFileName().toString();
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        } catch (IOException e) {
            throw Reason.unwritten(folder, e);
        }
    }

    /** Where the folder is filled: inside one that exists, which may be a disk of its own or somebody's working folder. */
    private static Path workshop(Path place) {
        return Files.isDirectory(place)
                ? place
                : OutputFile.existing(place, place.toAbsolutePath().normalize().getParent());
    }

    /** Begins a folder. */
    public static OutputFolder begin(Path place) {
        check(place);
        Optional<FolderLock> lock = Files.isDirectory(place) ? Optional.of(FolderLock.take(place)) : Optional.empty();
        try {
            return new OutputFolder(place, Beside.folder(workshop(place)), lock);
        } catch (IOException e) {
            lock.ifPresent(FolderLock::close);
            throw Reason.unwritten(place, e);
        }
    }

    /** Writes a text file below the folder. */
    public void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file below the folder. */
    public void write(String name, byte[] bytes) {
        fill(name, file -> Files.write(file, bytes));
    }

    /** Writes a file or a folder. */
    @FunctionalInterface
    public interface Filling {
        /** Writes at a path whose parent exists. */
        void at(Path path) throws IOException;
    }

    /** Has a file or a folder written below the folder. */
    public void fill(String name, Filling filling) {
        try {
            beside.write(folder -> {
                Path path = folder.resolve(name);
                Files.createDirectories(path.getParent());
                filling.at(path);
            });
        } catch (IOException e) {
            throw Reason.unwritten(place.resolve(name), e);
        }
    }

    /** Puts the folder in its place. */
    public void finish() {
        try {
            beside.write(OutputFolder::mark);
            if (lock.isPresent()) {
                beside.write(this::replaceContent);
            } else {
                beside.moveTo(place.toAbsolutePath().normalize());
            }
        } catch (IOException e) {
            throw Reason.unwritten(place, e);
        }
    }

    /** Names what the folder holds; anything else in it is somebody's own. */
    private static void mark(Path made) throws IOException {
        String names = children(made).stream()
                .map(child -> name(child) + "\n")
                .sorted()
                .collect(Collectors.joining());
        Files.writeString(made.resolve(MARKER), "Written by emat, which may replace these:\n" + names);
    }

    /** The marker of the old content stays until the new one replaces it, so that the folder is emat's at any time. */
    private void replaceContent(Path made) throws IOException {
        for (Path old : children(place)) {
            if (!beside.is(old) && !old.endsWith(MARKER) && !old.endsWith(FolderLock.NAME)) {
                PathUtils.delete(old);
            }
        }
        for (Path child : children(made)) {
            Files.move(
                    child,
                    place.resolve(child.getFileName()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Removes what {@link #finish} has not moved. */
    @Override
    public void close() {
        beside.close();
        lock.ifPresent(FolderLock::close);
    }
}
