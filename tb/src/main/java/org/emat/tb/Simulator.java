package org.emat.tb;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;

/**
 * A running simulator: one process that serves many runs over a pipe. Messages are framed and checksummed; a run that
 * makes no progress for the watchdog's time ends with the process.
 */
public final class Simulator implements AutoCloseable {
    private static final int MAGIC = 0x454D4154;
    private static final int RUN = 1;
    private static final int PROGRAM = 2;
    private static final int PROGRESS = 3;
    private static final int DONE = 4;
    private static final int HANG = 5;
    private static final int HEAD = 16;

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
     * @param patience how long a run may go without a message
     */
    public Simulator(Path binary, Path images, Duration patience) {
        this.patience = patience;
        try {
            log = Files.createTempFile("emat-simulator-", ".log");
            process = new ProcessBuilder(binary.toString(), "+images=" + images.toAbsolutePath())
                    .redirectError(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new ToolException("the simulator cannot be started: " + e.getMessage(), e);
        }
        requests = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
        replies = new DataInputStream(new java.io.BufferedInputStream(process.getInputStream(), 1 << 16));
    }

    /** Process number, for diagnosis. */
    public long pid() {
        return process.pid();
    }

    /** One write of the register port. */
    public record RegisterWrite(int address, int data) {}

    /** Resets a design and writes registers; the next run starts from there without another reset. */
    public void program(int select, List<RegisterWrite> writes) {
        ByteBuffer payload = buffer(12 + 8 * writes.size());
        payload.putInt(select).putLong(writes.size());
        for (RegisterWrite write : writes) {
            payload.putInt(write.address()).putInt(write.data());
        }
        exchange(PROGRAM, payload, cycle -> {});
    }

    /**
     * Runs frames.
     *
     * @param progress called now and then with the simulated cycle
     * @throws ToolException if the process dies or the design hangs
     */
    public SimulationResult run(SimulationRequest request, LongConsumer progress) {
        Message message = exchange(RUN, request.encode(), progress);
        ByteBuffer reply = message.payload;
        long cycle = reply.getLong();
        long sent = reply.getLong();
        long received = reply.getLong();
        long valid = reply.getLong();
        long ready = reply.getLong();
        int ports = reply.getInt();
        if (message.type == HANG) {
            throw new ToolException("the design hangs: after " + cycle + " cycles " + sent + " of "
                    + request.inputBeats() + " input beats and " + received + " of " + request.outputBeats()
                    + " output beats have passed; link valid bits " + Long.toBinaryString(valid) + ", ready bits "
                    + Long.toBinaryString(ready) + ", ports (output ready, output valid, input ready, input valid) "
                    + Integer.toBinaryString(16 | ports).substring(1));
        }
        return SimulationResult.decode(reply, request);
    }

    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(log);
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private record Message(int type, ByteBuffer payload) {}

    private Message exchange(int type, ByteBuffer payload, LongConsumer progress) {
        Timer watchdog = new Timer("simulator watchdog", true);
        try {
            send(type, payload);
            while (true) {
                TimerTask kill = kill();
                watchdog.schedule(kill, patience.toMillis());
                Message message = receive();
                kill.cancel();
                if (message.type == DONE || message.type == HANG) {
                    return message;
                }
                if (message.type == PROGRESS) {
                    progress.accept(message.payload.getLong());
                }
            }
        } catch (IOException e) {
            throw died(e);
        } finally {
            watchdog.cancel();
        }
    }

    private TimerTask kill() {
        return new TimerTask() {
            @Override
            public void run() {
                process.destroyForcibly();
            }
        };
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
            throw new IOException("the simulator sent something else than a message");
        }
        int type = head.getInt();
        byte[] payload = read(Math.toIntExact(head.getLong()));
        int sum = ByteBuffer.wrap(read(4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (sum != checksum(payload)) {
            throw new IOException("the simulator sent a message with a wrong checksum");
        }
        return new Message(type, ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN));
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = replies.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the simulator ended");
        }
        return bytes;
    }

    private ToolException died(IOException cause) {
        List<String> lines = new ArrayList<>();
        try {
            process.waitFor(2, TimeUnit.SECONDS);
            lines.addAll(Files.readAllLines(log));
        } catch (IOException e) {
            lines.add(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String end = process.isAlive() ? "does not answer" : "ended with exit code " + process.exitValue();
        process.destroyForcibly();
        String last = lines.isEmpty() ? "" : "; its last line is: " + lines.get(lines.size() - 1);
        return new ToolException("the simulator " + end + " in the middle of a run" + last, cause);
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
