package org.emat.tb;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;

/**
 * The process of a simulator, which answers requests over a pipe. Messages are framed and checksummed; a request that is
 * neither answered nor makes progress for the watchdog's time ends with the process.
 */
final class SimulatorProcess implements AutoCloseable {
    private static final int MAGIC = 0x454D4154;
    private static final int PROGRESS = 3; // the first type of an answer
    private static final int LAST_ANSWER = 7;
    private static final long SECONDS_TO_END = 2;
    private static final int HEAD = 16;

    private final Scratch scratch;
    private final Process process;
    private final Path log;
    private final OutputStream requests;
    private final DataInputStream replies;
    private final Duration patience;

    /**
     * Starts a simulator.
     *
     * @param binary the program
     * @param images folder of the memory images; the process reads them at its start
     * @param patience how long a request may go without a message
     */
    SimulatorProcess(Path binary, Path images, Duration patience) {
        this.patience = patience;
        scratch = Scratch.ofSystem("emat-simulator-");
        log = scratch.folder().resolve("log.txt");
        try {
            process = scratch.start(new ProcessBuilder(binary.toString(), "+images=" + images.toAbsolutePath())
                    .redirectError(log.toFile()));
        } catch (IOException e) {
            scratch.close();
            throw new ToolException("the simulator cannot be started: " + ToolException.reason(e), e);
        }
        requests = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
        replies = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    }

    /** Process number, for diagnosis. */
    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        try {
            requests.close();
            process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (IOException e) {
            // The process has ended already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            scratch.close();
        }
    }

    /**
     * A message.
     *
     * @param type what it says; its number is the driver's
     * @param payload the rest
     */
    record Message(int type, ByteBuffer payload) {}

    /**
     * Sends a request and waits for its answer.
     *
     * @param payload the whole of a buffer
     * @param progress called now and then with the simulated cycle
     * @throws ToolException if the process dies or falls silent
     */
    Message exchange(int type, ByteBuffer payload, LongConsumer progress) {
        try (Watchdog watchdog = new Watchdog()) {
            watchdog.restart();
            try {
                send(type, payload);
                while (true) {
                    watchdog.restart();
                    Message message = receive();
                    if (message.type != PROGRESS) {
                        return message;
                    }
                    progress.accept(message.payload.getLong());
                    if (Thread.currentThread().isInterrupted()) {
                        throw new ToolException("the simulation was interrupted");
                    }
                }
            } catch (IOException e) {
                throw died(watchdog.hasBitten(), e);
            }
        }
    }

    /** Kills the process when it is silent for too long. */
    private final class Watchdog implements AutoCloseable {
        private final Timer timer = new Timer("simulator watchdog", true);
        private volatile boolean bitten;
        private TimerTask task;

        void restart() {
            if (task != null) {
                task.cancel();
            }
            task = new TimerTask() {
                @Override
                public void run() {
                    bitten = true;
                    process.destroyForcibly();
                }
            };
            timer.schedule(task, patience.toMillis());
        }

        boolean hasBitten() {
            return bitten;
        }

        @Override
        public void close() {
            timer.cancel();
        }
    }

    private void send(int type, ByteBuffer payload) throws IOException {
        byte[] bytes = payload.array();
        ByteBuffer head = buffer(HEAD).putInt(MAGIC).putInt(type).putLong(bytes.length);
        requests.write(head.array());
        requests.write(bytes);
        requests.write(buffer(4).putInt(checksum(bytes)).array());
        requests.flush();
    }

    private Message receive() throws IOException {
        ByteBuffer head = ByteBuffer.wrap(read(HEAD)).order(ByteOrder.LITTLE_ENDIAN);
        if (head.getInt() != MAGIC) {
            throw new IOException("it sent something else than a message");
        }
        int type = head.getInt();
        if (type < PROGRESS || type > LAST_ANSWER) {
            throw new IOException("it sent a message of unknown type " + type);
        }
        byte[] payload = read(Math.toIntExact(head.getLong()));
        int sum = ByteBuffer.wrap(read(4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (sum != checksum(payload)) {
            throw new IOException("it sent a message with a wrong checksum");
        }
        return new Message(type, ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN));
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = replies.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("its output ended");
        }
        return bytes;
    }

    private ToolException died(boolean silent, IOException cause) {
        String last = "";
        try {
            // A process whose pipe has closed is about to end; its exit code tells why.
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            }
            List<String> lines = Files.readAllLines(log);
            last = lines.isEmpty() ? "" : "; its last line is: " + lines.get(lines.size() - 1);
        } catch (IOException e) {
            last = "; its log cannot be read";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (silent) {
            String time = patience.toMillis() / 1000.0 + " s";
            return new ToolException("the simulator was silent for " + time + " and was ended" + last, cause);
        }
        String end = process.isAlive() ? "did not end" : "ended with exit code " + process.exitValue();
        return new ToolException(
                "the simulator failed in the middle of a run (" + cause.getMessage() + ") and " + end + last, cause);
    }

    static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
