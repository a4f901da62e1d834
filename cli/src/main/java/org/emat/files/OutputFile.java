package org.emat.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emat.network.InputException;

/**
 * Writes files so that each is whole or absent: beside its place first, then renamed. What is no file but a device or a
 * pipe is written to as it is; a link keeps leading where it leads.
 */
public final class OutputFile {
    private OutputFile() {}

    /** Writes text as UTF-8. */
    public static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes; a file of that name is replaced. */
    public static void write(Path file, byte[] bytes) {
        refuseFolder(file);
        try {
            if (isDevice(file)) {
                Files.write(file, bytes);
                return;
            }
            Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            try (Beside beside = Beside.file(folderOf(file))) {
                beside.write(path -> Files.write(path, bytes));
                beside.moveTo(place);
            }
        } catch (IOException e) {
            throw Reason.unwritten(file, e);
        }
    }

    /** Refuses a place where a file cannot be written, before long work. */
    public static void check(Path file) {
        refuseFolder(file);
        if (!isDevice(file)) {
            probe(file, folderOf(file));
        }
    }

    private static void refuseFolder(Path file) {
        if (Files.isDirectory(file)) {
            throw new InputException("'" + file + "' is a folder; a file name is needed.");
        }
    }

    private static boolean isDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    /** The folder that holds a file, or what a link of that name leads to. */
    private static Path folderOf(Path file) {
        try {
            Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            return existing(file, place.getParent());
        } catch (IOException e) {
            throw Reason.unwritten(file, e);
        }
    }

    /** A folder that an output goes to; refuses what is none. */
    static Path existing(Path output, Path folder) {
        if (folder == null || !Files.isDirectory(folder)) {
            String fault = folder != null && Files.exists(folder) ? "is no folder" : "does not exist";
            throw new InputException("'" + output + "' cannot be written: '" + folder + "' " + fault + ".");
        }
        return folder;
    }

    /** Refuses a folder that takes no new files. Permissions do not tell: not for root, not on a read-only disk. */
    static void probe(Path output, Path folder) {
        try {
            Beside.file(folder).close();
        } catch (IOException e) {
            throw Reason.unwritten(output, e);
        }
    }
}
