package org.emat.tb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.emat.integer.Frame;
import org.emat.network.NumberFormat;
import org.emat.network.TensorShape;
import org.emat.plan.EnginePlan;
import org.emat.plan.StreamPlan;
import org.emat.rtl.BenchContext;

/**
 * What a run of the Verilog gave.
 *
 * @param outputs frames that left by the output stream
 * @param links frames that crossed each link, link 0 being the input; words that are missing at the end are 0
 * @param cycles cycles from start to last output beat
 * @param firstOutput cycle of the first output beat
 * @param lastOutput cycle of the last output beat
 * @param counters per engine, in the order of the register map
 * @param stepStarts per engine, the cycle in which each step began
 * @param crossings per link, the cycle in which each pixel crossed it
 */
public record SimulationResult(
        List<Frame> outputs,
        List<List<Frame>> links,
        long cycles,
        long firstOutput,
        long lastOutput,
        List<EngineCounters> counters,
        List<long[]> stepStarts,
        List<long[]> crossings) {

    /** Counters of an engine, in the order of the register map. */
    public record EngineCounters(
            long busy,
            long inputStarved,
            long outputStalled,
            long arrayReads,
            long activations,
            long conversions,
            long clipped,
            long cellWrites,
            long lineWrites,
            long lineReads,
            long rasterWrites,
            long rasterReads,
            long firstOutput,
            long lastOutput,
            long firstRead,
            long lastRead) {
        static EngineCounters decode(ByteBuffer in) {
            return new EngineCounters(
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong());
        }
    }

    static SimulationResult decode(ByteBuffer in, SimulationRequest request) {
        long cycles = in.getLong();
        long first = in.getLong();
        long last = in.getLong();
        List<EngineCounters> counters = new ArrayList<>();
        List<EnginePlan> engines = request.plan().engines();
        for (int i = 0; i < engines.size(); i++) {
            counters.add(EngineCounters.decode(in));
        }
        byte[] beats = new byte[Math.toIntExact(request.outputBeats() * request.beatBytes())];
        in.get(beats);
        List<Frame> outputs = unpack(beats, request);
        List<long[]> starts = new ArrayList<>();
        for (int i = 0; i < engines.size(); i++) {
            starts.add(cycles(in));
        }
        List<List<Frame>> links = new ArrayList<>();
        List<long[]> crossings = new ArrayList<>();
        for (BenchContext.Tap tap : BenchContext.taps(request.plan())) {
            byte[] words = bytes(in);
            crossings.add(cycles(in));
            EnginePlan engine = engines.get(Math.max(0, tap.getIndex() - 1));
            links.add(
                    tap.getIndex() == 0
                            ? frames(words, engine.geometry().input(), engine.input(), 1)
                            : frames(words, engine.geometry().output(), engine.output(), engine.lanes()));
        }
        return new SimulationResult(outputs, links, cycles, first, last, counters, starts, crossings);
    }

    /** A byte array after its length. */
    static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[Math.toIntExact(in.getLong())];
        in.get(bytes);
        return bytes;
    }

    private static long[] cycles(ByteBuffer in) {
        long[] cycles = new long[Math.toIntExact(in.getLong())];
        in.asLongBuffer().get(cycles);
        in.position(in.position() + cycles.length * Long.BYTES);
        return cycles;
    }

    private static List<Frame> unpack(byte[] beats, SimulationRequest request) {
        StreamPlan stream = request.plan().outputStream();
        int channels = stream.shape().channels();
        List<Frame> frames = new ArrayList<>();
        for (int f = 0; f < request.frames().size(); f++) {
            int[] words = new int[stream.shape().words()];
            long base = 8L * f * stream.beatsPerFrame() * request.beatBytes();
            for (int i = 0; i < words.length; i++) {
                long bit = stream.bitOf(i / channels)
                        + (long) (i % channels) * stream.format().bits();
                words[i] = PackedWords.get(beats, base + bit, stream.format());
            }
            frames.add(new Frame(stream.shape(), words));
        }
        return frames;
    }

    /** Frames of transfers, {@code lanes} pixels each, that start on a byte. */
    private static List<Frame> frames(byte[] bytes, TensorShape shape, NumberFormat format, int lanes) {
        int wordsAtOnce = lanes * shape.channels();
        int transferBytes = (wordsAtOnce * format.bits() + 7) / 8;
        int words = bytes.length / transferBytes * wordsAtOnce;
        List<Frame> frames = new ArrayList<>();
        for (int first = 0; first < words; first += shape.words()) {
            int[] frame = new int[shape.words()];
            for (int i = 0; i < Math.min(frame.length, words - first); i++) {
                long transfer = (first + i) / wordsAtOnce;
                long bit = transfer * transferBytes * 8 + (long) ((first + i) % wordsAtOnce) * format.bits();
                frame[i] = PackedWords.get(bytes, bit, format);
            }
            frames.add(new Frame(shape, frame));
        }
        return frames;
    }
}
