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
 * @param links frames that crossed each link, link 0 being the input
 * @param cycles cycles from start to last output beat
 * @param firstOutput cycle of the first output beat
 * @param lastOutput cycle of the last output beat
 * @param counters per engine, in the order of the register map
 */
public record SimulationResult(
        List<Frame> outputs,
        List<List<Frame>> links,
        long cycles,
        long firstOutput,
        long lastOutput,
        List<EngineCounters> counters) {

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
            long lastOutput) {
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
        List<List<Frame>> links = new ArrayList<>();
        for (BenchContext.Tap tap : BenchContext.taps(request.plan())) {
            byte[] words = new byte[Math.toIntExact(in.getLong())];
            in.get(words);
            EnginePlan engine = engines.get(Math.max(0, tap.getIndex() - 1));
            links.add(
                    tap.getIndex() == 0
                            ? frames(words, engine.geometry().input(), engine.input())
                            : frames(words, engine.geometry().output(), engine.output()));
        }
        return new SimulationResult(outputs, links, cycles, first, last, counters);
    }

    private static List<Frame> unpack(byte[] beats, SimulationRequest request) {
        StreamPlan stream = request.plan().outputStream();
        int channels = stream.shape().channels();
        List<Frame> frames = new ArrayList<>();
        for (int f = 0; f < request.frames().size(); f++) {
            int[] words = new int[stream.shape().words()];
            long base = 8L * f * stream.beatsPerFrame() * request.beatBytes();
            for (int i = 0; i < words.length; i++) {
                long bit = SimulationRequest.bitOf(stream, i / channels)
                        + (long) (i % channels) * stream.format().bits();
                words[i] = PackedWords.get(beats, base + bit, stream.format());
            }
            frames.add(new Frame(stream.shape(), words));
        }
        return frames;
    }

    /** Whole frames of pixels that each start on a byte. */
    private static List<Frame> frames(byte[] bytes, TensorShape shape, NumberFormat format) {
        int pixelBytes = (shape.channels() * format.bits() + 7) / 8;
        int count = bytes.length / (pixelBytes * shape.pixels());
        List<Frame> frames = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            int[] words = new int[shape.words()];
            for (int i = 0; i < words.length; i++) {
                long pixel = (long) f * shape.pixels() + i / shape.channels();
                words[i] = PackedWords.get(
                        bytes, pixel * pixelBytes * 8 + (long) (i % shape.channels()) * format.bits(), format);
            }
            frames.add(new Frame(shape, words));
        }
        return frames;
    }
}
