package org.emat.tb;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A tool is missing, too old, failed or died; the message is one sentence for the user. */
public final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with its sentence. */
    public ToolException(String sentence) {
        super(sentence);
    }

    /** An exception with its sentence and cause. */
    public ToolException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** What went wrong with a file, in words; many exceptions name the file alone. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "there is no '" + missing.getFile() + "'";
        } else if (e instanceof AccessDeniedException denied) {
            return "access to '" + denied.getFile() + "' is denied";
        } else if (e instanceof FileSystemException other) {
            return "'" + other.getFile() + "': "
                    + (other.getReason() == null ? other.getClass().getSimpleName() : other.getReason());
        }
        return e.getMessage();
    }
}
