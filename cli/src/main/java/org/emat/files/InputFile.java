package org.emat.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.emat.network.InputException;

/** Reads files of the user. */
public final class InputFile {
    private static final long LARGEST = Integer.MAX_VALUE - 64L;

    private InputFile() {}

    /**
     * The bytes of a file, 2 GiB at most.
     *
     * @param needed what the file should be, for the refusal of a folder
     */
    public static byte[] read(Path file, String needed) {
        try {
            if (Files.isDirectory(file)) {
                throw new InputException("'" + file + "' is a folder; " + needed + " is needed.");
            }
            if (Files.size(file) > LARGEST) {
                throw new InputException("'" + file + "' has more than 2 GiB.");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new InputException("'" + file + "' does not exist.", e);
        } catch (IOException e) {
            throw new InputException("'" + file + "' cannot be read: " + Reason.of(e) + ".", e);
        }
    }
}
