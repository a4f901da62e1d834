package org.emat.tb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.emat.golden.EngineModel;
import org.emat.integer.Frame;
import org.emat.plan.EnginePlan;
import org.emat.rtl.Identifier;
import org.emat.tb.Comparison.Mismatch;
import org.emat.tb.Diagnosis.Signal;
import org.emat.tb.SimulationRequest.Probe;
import org.emat.tb.SimulationRequest.Wave;
import org.emat.window.WindowAxis;

/**
 * Looks into the step that gave the first wrong word: runs the design again up to that word, with a wave of the step, and
 * compares what the engine read and summed up with the golden model.
 */
final class Triage {
    private static final int MARGIN = 8;

    private final Trial trial;
    private final Mismatch mismatch;
    private final EnginePlan engine;
    private final long step;
    private final long started;
    private final long left;
    private final long from;

    /**
     * A triage.
     *
     * @param result of the run that gave the wrong word
     */
    Triage(Trial trial, Mismatch mismatch, SimulationResult result) {
        this.trial = trial;
        this.mismatch = mismatch;
        engine = trial.plan().engines().get(mismatch.engine());
        step = (long) mismatch.frame() * engine.window().steps() + mismatch.step();
        int pixels = engine.geometry().output().pixels();
        int pixel = mismatch.frame() * pixels
                + mismatch.y() * engine.geometry().output().width()
                + mismatch.x();
        left = result.crossings().get(mismatch.engine() + 1)[pixel / engine.lanes()];
        long[] starts = result.stepStarts().get(mismatch.engine());
        // A design whose steps went wrong may have begun fewer than pixels came out.
        started = step < starts.length ? Math.min(starts[(int) step], left) : left;
        int lead = 2 * (engine.interval() + engine.window().horizontal().window()) + MARGIN;
        from = Math.max(0, started - lead);
    }

    /**
     * Runs the design up to the wrong word.
     *
     * @param simulator a process that can write waves, with the images of the trial
     * @param folder where wave and view go
     */
    Diagnosis run(Simulator simulator, Path folder) {
        String name = trial.plan().name() + "_" + Identifier.of(engine.name()) + "_frame" + mismatch.frame() + "_step"
                + mismatch.step();
        Path wave = folder.resolve(name + ".fst");
        Path view = folder.resolve(name + ".gtkw");
        try {
            Files.createDirectories(folder);
            try (Scratch beside = new Scratch(folder, ".trace-")) {
                Wave window = new Wave(beside.folder().resolve("wave.fst"), from, left + MARGIN);
                SimulationRequest request = trial.request(Optional.of(window));
                Simulator.Probed probed = simulator.trace(request, new Probe(mismatch.engine(), step));
                String text = new WaveView(trial.plan(), mismatch.engine(), request.scope(mismatch.engine()))
                        .text(name, from, started);
                Path finished = Files.writeString(beside.folder().resolve("view.gtkw"), text);
                Files.move(window.file(), wave, StandardCopyOption.ATOMIC_MOVE);
                Files.move(finished, view, StandardCopyOption.ATOMIC_MOVE);
                return diagnosis(probed, wave, view);
            }
        } catch (IOException e) {
            throw new ToolException("the wave cannot be kept in '" + folder + "': " + ToolException.reason(e), e);
        }
    }

    private Diagnosis diagnosis(Simulator.Probed probed, Path wave, Path view) {
        if (probed.accumulators().length == 0) {
            return found(Signal.STEP, "it had not been computed when its pixel left", wave, view);
        }
        if (engine.overlaps()) {
            String sum = "behind the sums of overlapping steps";
            return found(Signal.WORD, difference(sum, mismatch.expected(), mismatch.got()), wave, view);
        }
        int block = engine.window().horizontal().block();
        int phase = mismatch.y() % engine.window().vertical().block() * block + mismatch.x() % block;
        int place = phase * engine.geometry().output().channels() + mismatch.channel();
        int bits = engine.array().accumulatorBits();
        long expected = accumulators()[place];
        long got = PackedWords.getSigned(probed.accumulators(), (long) place * bits, bits);
        if (expected == got) {
            String sum = "from the right accumulator " + got;
            return found(Signal.WORD, difference(sum, mismatch.expected(), mismatch.got()), wave, view);
        }
        return wrongWindow(probed.window())
                .map(detail -> found(Signal.WINDOW, detail, wave, view))
                .orElseGet(() -> {
                    String sum = "output phase " + phase + ", channel " + mismatch.channel();
                    return found(Signal.ACCUMULATOR, difference(sum, expected, got), wave, view);
                });
    }

    private static String difference(String place, long expected, long got) {
        return place + ": expected " + expected + ", got " + got;
    }

    private long[] accumulators() {
        return new EngineModel(
                        engine,
                        mismatch.engine(),
                        trial.network().layers().get(mismatch.engine()),
                        trial.architecture(),
                        false)
                .accumulators(input(), mismatch.step());
    }

    private Frame input() {
        return mismatch.engine() == 0
                ? trial.frames().get(mismatch.frame())
                : trial.golden().outputs().get(mismatch.engine() - 1).get(mismatch.frame());
    }

    private Optional<String> wrongWindow(byte[] window) {
        WindowAxis vertical = engine.window().vertical();
        WindowAxis horizontal = engine.window().horizontal();
        Frame input = input();
        int channels = input.shape().channels();
        int top = vertical.start(mismatch.step() / horizontal.steps());
        int leftmost = horizontal.start(mismatch.step() % horizontal.steps());
        for (int i = 0; i < engine.window().windowPixels() * channels; i++) {
            int row = i / channels % vertical.window();
            int column = i / channels / vertical.window();
            int y = vertical.real(top + row);
            int x = horizontal.real(leftmost + column);
            long expected = y < 0 || x < 0 ? 0 : input.at(y, x, i % channels);
            long got = windowWord(window, i / channels, i % channels);
            if (expected != got) {
                String place = "row " + row + ", column " + column + ", channel " + i % channels;
                return Optional.of(difference(place, expected, got));
            }
        }
        return Optional.empty();
    }

    /** A pixel of the window is stored as bit planes of all channels. */
    private long windowWord(byte[] window, int pixel, int channel) {
        int channels = engine.geometry().input().channels();
        int bits = engine.input().bits();
        long word = 0;
        for (int plane = 0; plane < bits; plane++) {
            int bit = (pixel * bits + plane) * channels + channel;
            word |= bit / 8 < window.length ? (long) (window[bit / 8] >> bit % 8 & 1) << plane : 0;
        }
        return engine.input().decode(word);
    }

    private Diagnosis found(Signal signal, String detail, Path wave, Path view) {
        return new Diagnosis(mismatch, started, left, signal, detail, wave, view);
    }
}
