package org.emat.tb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps other threads and processes from building the same entry until it is closed. */
final class EntryLock implements AutoCloseable {
    private static final long PAUSE_MILLISECONDS = 50;

    private final FileChannel channel;

    /** Waits for the lock of a file, which is created where it is missing and stays. */
    EntryLock(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (!isTaken()) {
                Thread.sleep(PAUSE_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new ToolException("the wait for another build of the same simulator was interrupted", e);
        }
    }

    private boolean isTaken() throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
