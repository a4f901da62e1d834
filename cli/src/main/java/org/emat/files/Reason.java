package org.emat.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.emat.network.InputException;

/** Why a file cannot be read or written, in words. */
public final class Reason {
    private Reason() {}

    /** The reason of a failure, to stand behind a colon. */
    public static String of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        String said = failure instanceof FileSystemException detailed ? detailed.getReason() : failure.getMessage();
        if (said == null) {
            return failure.getClass().getSimpleName();
        }
        if (said.contains("No space left")) {
            return "no space is left on the disk";
        }
        return said.contains("Read-only file system") ? "the disk is read-only" : said;
    }

    /** The refusal of a place that could not be written. */
    static InputException unwritten(Object place, IOException failure) {
        return new InputException("'" + place + "' cannot be written: " + of(failure) + ".", failure);
    }
}
