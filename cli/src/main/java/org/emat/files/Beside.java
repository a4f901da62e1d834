package org.emat.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.commons.io.file.PathUtils;

/**
 * A file or folder in the making. It goes when it is closed, and when the program is ended before that: then no other
 * thread can write to it any more.
 */
final class Beside implements AutoCloseable {
    private static final String PREFIX = ".emat-";

    private final Path path;
    private final Thread atExit = new Thread(this::clear, "unfinished output");
    private boolean cleared;

    private Beside(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Work on a path. */
    @FunctionalInterface
    interface Work {
        void at(Path path) throws IOException;
    }

    /** An empty file in a folder. */
    static Beside file(Path folder) throws IOException {
        return create(folder, Files::createFile);
    }

    /** An empty folder in a folder. */
    static Beside folder(Path folder) throws IOException {
        return create(folder, Files::createDirectory);
    }

    /** Not one of the JDK's temporary files, which only their owner may read wherever they are moved. */
    private static Beside create(Path folder, Work creation) throws IOException {
        String name = PREFIX + Long.toHexString(ThreadLocalRandom.current().nextLong());
        Beside beside = new Beside(folder.resolve(name));
        try {
            beside.write(creation);
            return beside;
        } catch (IOException e) {
            beside.close();
            throw e;
        }
    }

    /** Whether a path is named as an unfinished output. */
    static boolean isOne(Path path) {
        return path.getFileName().toString().startsWith(PREFIX);
    }

    /** Whether this is the path of an unfinished output. */
    boolean is(Path other) {
        return path.getFileName().equals(other.getFileName());
    }

    /** Has something written to it. */
    synchronized void write(Work work) throws IOException {
        if (cleared) {
            throw new IOException("emat was ended");
        }
        work.at(path);
    }

    /** Gives it its name; a file of that name is replaced. */
    void moveTo(Path place) throws IOException {
        write(from -> Files.move(from, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program is being ended; the hook finds nothing more to do.
        }
    }

    private synchronized void clear() {
        cleared = true;
        try {
            if (Files.exists(path)) {
                PathUtils.delete(path);
            }
        } catch (IOException e) {
            // What cannot be deleted stays; the failure that led here is the one to tell.
        }
    }
}
