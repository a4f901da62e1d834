package org.emat.tb;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
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
    private static final int TRACE = 6;
    private static final int TRACED = 7;
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
     * @param patience how long a run may go without a message
     */
    public Simulator(Path binary, Path images, Duration patience) {
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
    public long pid() {
        return process.pid();
    }

    /** The most memory that the process has held so far, in bytes; empty where the system does not tell. */
    public OptionalLong peakBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
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
        Message message = exchange(RUN, request.encode(Optional.empty()), progress);
        Handshakes end = Handshakes.decode(message.payload);
        Optional<String> complaint = PortRules.decode(message.payload).complaint();
        if (message.type == HANG) {
            throw new ToolException(
                    end.sentence(request) + complaint.map(text -> "; " + text).orElse(""));
        }
        if (complaint.isPresent()) {
            throw new ToolException(complaint.get());
        }
        return SimulationResult.decode(message.payload, request);
    }

    /**
     * What an engine read and summed up in one step.
     *
     * @param window the window, as {@code window_register.v} packs it; empty if the step did not begin
     * @param accumulators the accumulators, output phase outermost; empty if the step did not end
     */
    record Probed(byte[] window, byte[] accumulators) {}

    /** Runs up to the end of the request's wave, which is written, and looks into one step. */
    Probed trace(SimulationRequest request, SimulationRequest.Probe probe) {
        Message message = exchange(TRACE, request.encode(Optional.of(probe)), cycle -> {});
        Handshakes.decode(message.payload);
        PortRules.decode(message.payload);
        return new Probed(SimulationResult.bytes(message.payload), SimulationResult.bytes(message.payload));
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

    private record Message(int type, ByteBuffer payload) {}

    private Message exchange(int type, ByteBuffer payload, LongConsumer progress) {
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
        if (type < PROGRESS || type > TRACED) {
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
