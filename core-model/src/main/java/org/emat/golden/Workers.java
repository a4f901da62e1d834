package org.emat.golden;

import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A fixed number of threads that share numbered tasks. */
final class Workers implements AutoCloseable {
    private final ExecutorService threads;

    /** Does one of the tasks. */
    @FunctionalInterface
    interface Task {
        /** What the task of a number adds to the sum. */
        long run(int number, BatchScratch scratch);
    }

    Workers(int count) {
        threads = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "golden model");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Runs the tasks 0 to {@code count} − 1 and adds up what they return.
     *
     * @param finished called by this thread after each task
     * @throws CancellationException if this thread is interrupted; it stays so
     */
    long sum(int count, Task task, Runnable finished) {
        CompletionService<Long> completed = new ExecutorCompletionService<>(threads);
        Queue<BatchScratch> free = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            completed.submit(() -> run(task, number, free));
        }
        try {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += completed.take().get();
                finished.run();
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } catch (ExecutionException e) {
            throw unchecked(e);
        }
    }

    private static long run(Task task, int number, Queue<BatchScratch> free) {
        BatchScratch polled = free.poll();
        BatchScratch scratch = polled == null ? new BatchScratch() : polled;
        long result = task.run(number, scratch);
        free.add(scratch);
        return result;
    }

    private static RuntimeException unchecked(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }

    /** Ends the task of an interrupted thread. */
    static void endIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw cancelled();
        }
    }

    private static CancellationException cancelled() {
        return new CancellationException("the golden model was interrupted");
    }

    /** Drops the tasks that wait and interrupts those that run. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
