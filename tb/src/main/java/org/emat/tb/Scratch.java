package org.emat.tb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A temporary folder and the processes that work in it. Closing ends the processes with all that they started and deletes
 * the folder; the end of the JVM does the same.
 */
final class Scratch implements AutoCloseable {
    private static final int ATTEMPTS = 50;
    private static final long SECONDS_TO_DIE = 5;

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final Thread atExit = new Thread(this::clear, "scratch folder");
    private boolean cleared;

    /** A new folder below a parent that exists. */
    Scratch(Path parent, String prefix) throws IOException {
        folder = Files.createTempDirectory(parent, prefix);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A new folder among the temporary files of the system. */
    static Scratch ofSystem(String prefix) {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            return new Scratch(parent, prefix);
        } catch (IOException e) {
            throw new ToolException(
                    "no temporary folder can be made in '" + parent + "': " + ToolException.reason(e), e);
        }
    }

    Path folder() {
        return folder;
    }

    /** Starts a process that lives no longer than the folder. */
    synchronized Process start(ProcessBuilder builder) throws IOException {
        if (cleared) {
            throw new IOException("the run is being ended");
        }
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook with it.
        }
    }

    private synchronized void clear() {
        cleared = true;
        processes.forEach(Scratch::end);
        processes.clear();
        // A process that was killed may still have a file in the making.
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(folder); attempt++) {
            try {
                delete(folder);
            } catch (IOException e) {
                pause();
            }
        }
    }

    /** Children first: a compiler driver whose compiler dies starts no other. */
    private static void end(Process process) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<ProcessHandle> children = process.descendants().toList();
            children.forEach(ProcessHandle::destroyForcibly);
            if (children.isEmpty()) {
                break;
            }
        }
        process.destroyForcibly();
        try {
            process.onExit().orTimeout(SECONDS_TO_DIE, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            // It hangs in the kernel; nothing more can be done about it.
        }
    }

    /** Uninterruptible, since an interrupted run has to clear up too. */
    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }

    /** Deletes a file or a folder with all in it. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException | java.io.UncheckedIOException e) {
            throw new IOException("'" + path + "' changes while it is deleted", e);
        }
    }
}
