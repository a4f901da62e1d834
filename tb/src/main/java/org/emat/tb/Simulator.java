package org.emat.tb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.emat.tb.SimulatorProcess.Message;

/**
 * A running simulator: one process that serves many runs over a pipe. Messages are framed and checksummed; a run that
 * makes no progress for the watchdog's time ends with the process.
 */
public final class Simulator implements AutoCloseable {
    private static final int RUN = 1;
    private static final int PROGRAM = 2;
    private static final int HANG = 5;
    private static final int TRACE = 6;

    private final SimulatorProcess process;

    /**
     * Starts a simulator.
     *
     * @param binary the program
     * @param images folder of the memory images; the process reads them at its start
     * @param patience how long a run may go without a message
     */
    public Simulator(Path binary, Path images, Duration patience) {
        process = new SimulatorProcess(binary, images, patience);
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
        ByteBuffer payload = SimulatorProcess.buffer(12 + 8 * writes.size());
        payload.putInt(select).putLong(writes.size());
        for (RegisterWrite write : writes) {
            payload.putInt(write.address()).putInt(write.data());
        }
        process.exchange(PROGRAM, payload, cycle -> {});
    }

    /**
     * Runs frames.
     *
     * @param progress called now and then with the simulated cycle
     * @throws ToolException if the process dies or the design hangs
     */
    public SimulationResult run(SimulationRequest request, LongConsumer progress) {
        Message message = process.exchange(RUN, request.encode(Optional.empty()), progress);
        Handshakes end = Handshakes.decode(message.payload());
        Optional<String> complaint = PortRules.decode(message.payload()).complaint();
        if (message.type() == HANG) {
            throw new ToolException(
                    end.sentence(request) + complaint.map(text -> "; " + text).orElse(""));
        }
        if (complaint.isPresent()) {
            throw new ToolException(complaint.get());
        }
        return SimulationResult.decode(message.payload(), request);
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
        Message message = process.exchange(TRACE, request.encode(Optional.of(probe)), cycle -> {});
        Handshakes.decode(message.payload());
        PortRules.decode(message.payload());
        return new Probed(SimulationResult.bytes(message.payload()), SimulationResult.bytes(message.payload()));
    }

    @Override
    public void close() {
        process.close();
    }
}
