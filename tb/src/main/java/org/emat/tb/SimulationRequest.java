package org.emat.tb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emat.integer.Frame;
import org.emat.plan.Plan;
import org.emat.plan.StreamPlan;
import org.emat.rtl.BenchContext;
import org.emat.schedule.StallScript;

/**
 * One run of a design.
 *
 * @param plan the design
 * @param select its number in the binary
 * @param frames input frames
 * @param script stalls of source and sink
 * @param cycleLimit cycles after which the design counts as hanging
 * @param wave what to trace, if anything; needs a binary built for it
 */
public record SimulationRequest(
        Plan plan, int select, List<Frame> frames, StallScript script, long cycleLimit, Optional<Wave> wave) {
    /**
     * A window of cycles to trace.
     *
     * @param file FST file to write
     * @param from first cycle
     * @param to last cycle
     */
    public record Wave(Path file, long from, long to) {}

    /** Beats that go in. */
    public long inputBeats() {
        return (long) plan.inputStream().beatsPerFrame() * frames.size();
    }

    /** Beats that come out. */
    public long outputBeats() {
        return (long) plan.outputStream().beatsPerFrame() * frames.size();
    }

    int beatBytes() {
        return plan.streamBits() / 8;
    }

    /**
     * A step to look into.
     *
     * @param engine its engine
     * @param step number of the step, counted on over the frames
     */
    record Probe(int engine, long step) {}

    /** Place of an engine in the simulated hierarchy. */
    String scope(int engine) {
        return "design_" + select + "." + BenchContext.engines(plan).get(engine).getInstance();
    }

    /** The request; with a probe, the wave is of its engine only. */
    ByteBuffer encode(Optional<Probe> probe) {
        byte[] path =
                wave.map(w -> w.file().toAbsolutePath().toString()).orElse("").getBytes(StandardCharsets.UTF_8);
        byte[] scope = probe.map(p -> scope(p.engine())).orElse("").getBytes(StandardCharsets.UTF_8);
        List<BenchContext.Tap> taps = BenchContext.taps(plan);
        byte[] beats = beats();
        ByteBuffer out = SimulatorProcess.buffer(96 + path.length + scope.length + 8 * taps.size() + beats.length);
        out.putInt(select).putInt(frames.size()).putInt(plan.engines().size()).putInt(beatBytes());
        out.putLong(script.seed()).putInt(script.inputRate()).putInt(script.outputRate());
        out.putLong(cycleLimit);
        out.putLong(wave.map(Wave::from).orElse(0L)).putLong(wave.map(Wave::to).orElse(0L));
        out.putInt(path.length).put(path).putInt(scope.length).put(scope);
        out.putInt(probe.map(Probe::engine).orElse(0))
                .putLong(probe.map(Probe::step).orElse(0L));
        out.putInt(taps.size());
        for (BenchContext.Tap tap : taps) {
            out.putInt(tap.getOffset()).putInt(tap.getBits());
        }
        return out.putLong(inputBeats()).putLong(outputBeats()).put(beats);
    }

    private byte[] beats() {
        StreamPlan stream = plan.inputStream();
        byte[] bytes = new byte[Math.toIntExact(inputBeats() * beatBytes())];
        int channels = stream.shape().channels();
        int beat = 0;
        for (Frame frame : frames) {
            for (int pixel = 0; pixel < stream.shape().pixels(); pixel++) {
                long bit = stream.bitOf(pixel) + 8L * beat * beatBytes();
                for (int channel = 0; channel < channels; channel++) {
                    int word = frame.words()[pixel * channels + channel];
                    PackedWords.put(
                            bytes,
                            bit + (long) channel * stream.format().bits(),
                            stream.format().bits(),
                            word);
                }
            }
            beat += stream.beatsPerFrame();
        }
        return bytes;
    }
}
