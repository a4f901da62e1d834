package org.emat.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.emat.network.InputException;

/** Writes files so that each is whole or absent: beside its place first, then renamed. */
public final class OutputFile {
    private OutputFile() {}

    /** Writes text as UTF-8. */
    public static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes; a file of that name is replaced. */
    public static void write(Path file, byte[] bytes) {
        Path folder = folder(file);
        if (Files.isDirectory(file)) {
            throw new InputException("'" + file + "' is a folder; a file name is needed.");
        }
        try {
            Path beside = Files.createTempFile(folder, ".emat-", ".part");
            try {
                Files.write(beside, bytes);
                Files.setPosixFilePermissions(beside, OutputFolder.FILE);
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Refuses a place where a file cannot be written, before long work. */
    public static void check(Path file) {
        if (Files.isDirectory(file)) {
            throw new InputException("'" + file + "' is a folder; a file name is needed.");
        }
        Path folder = folder(file);
        if (!Files.isWritable(folder)) {
            throw new InputException("'" + file + "' cannot be written: the folder '" + folder + "' is not writable.");
        }
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new InputException("'" + file + "' cannot be written: the folder '" + parent + "' does not exist.");
        }
        return parent;
    }

    /** The refusal of a failed write, in words. */
    static InputException failure(Path place, IOException e) {
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        if (e instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (e instanceof NoSuchFileException) {
            reason = "no such folder";
        } else if (reason.contains("No space left")) {
            reason = "no space is left on the disk";
        }
        return new InputException("'" + place + "' cannot be written: " + reason + ".", e);
    }
}
