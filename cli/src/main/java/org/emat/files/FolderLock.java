package org.emat.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.emat.network.InputException;

/** Keeps two runs from writing into one folder; a run that is killed loses its lock. */
final class FolderLock implements AutoCloseable {
    static final String NAME = ".emat-lock";

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock of a folder; refuses if another run has it. */
    static FolderLock take(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new InputException(
                        "Another run of emat is writing to the folder '" + folder + "'; name another one, or wait.");
            }
            return new FolderLock(file, channel);
        } catch (IOException e) {
            throw Reason.unwritten(folder, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            // An empty file stays; the next run takes it over.
        }
    }
}
