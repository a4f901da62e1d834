package org.emat.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.emat.arch.Architecture;
import org.emat.integer.Frame;
import org.emat.integer.IntegerNetwork;
import org.emat.network.NumberFormat;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;

/** The golden model of a design: every word of every engine, and the events that depend on data. */
public final class GoldenModel {
    private final List<EngineModel> engines = new ArrayList<>();
    private final IntegerNetwork network;
    private final int threads;

    /**
     * How to compute; the result is the same.
     *
     * @param threads threads that compute, at least 1
     * @param deviceExact whether to read bit plane by bit plane even where the integer product is provably equal
     */
    public record Options(int threads, boolean deviceExact) {
        public Options {
            if (threads < 1) {
                throw new IllegalArgumentException("the golden model needs at least 1 thread, not " + threads);
            }
        }

        /** One thread a processor; the integer product where it is provably equal. */
        public static Options standard() {
            return new Options(Runtime.getRuntime().availableProcessors(), false);
        }
    }

    /** A model of a plan with its loaded data. */
    public GoldenModel(Plan plan, IntegerNetwork network, Architecture architecture) {
        this(plan, network, architecture, Options.standard());
    }

    /** A model of a plan with its loaded data that computes in a chosen way. */
    public GoldenModel(Plan plan, IntegerNetwork network, Architecture architecture, Options options) {
        this.network = network;
        this.threads = options.threads();
        for (int i = 0; i < plan.engines().size(); i++) {
            engines.add(new EngineModel(
                    plan.engines().get(i), i, network.layers().get(i), architecture, options.deviceExact()));
        }
    }

    /**
     * Runs frames through all engines.
     *
     * @param progress called by this thread with the share of the work that is done, in frames
     * @throws IllegalArgumentException if a word does not fit the input format
     * @throws java.util.concurrent.CancellationException if this thread is interrupted; it stays so
     */
    public GoldenRun run(List<Frame> frames, IntConsumer progress) {
        for (int f = 0; f < frames.size(); f++) {
            check(frames.get(f), f);
        }
        List<List<Frame>> outputs = new ArrayList<>();
        List<Events> events = new ArrayList<>();
        Share share = new Share(frames.size(), progress);
        List<Frame> current = frames;
        try (Workers workers = new Workers(threads)) {
            for (EngineModel engine : engines) {
                EngineRun run = new EngineRun(engine, current, threads);
                double part = work(engine.engine()) / run.batches();
                long clipped = workers.sum(run.batches(), run::compute, () -> share.add(part));
                events.add(engine.events(current, clipped));
                current = run.outputs();
                outputs.add(current);
            }
        }
        return new GoldenRun(List.copyOf(outputs), List.copyOf(events));
    }

    /** Multiplications and output words of a frame. */
    private static double work(EnginePlan engine) {
        return (double) engine.cells()
                        / engine.array().linesPerWeight()
                        * engine.window().steps()
                + engine.geometry().output().words();
    }

    /** Reports finished work as finished frames. */
    private final class Share {
        private final int frames;
        private final IntConsumer progress;
        private final double all =
                engines.stream().mapToDouble(e -> work(e.engine())).sum();
        private double done;
        private int reported;

        private Share(int frames, IntConsumer progress) {
            this.frames = frames;
            this.progress = progress;
        }

        private void add(double work) {
            done += work;
            int finished = (int) Math.min(frames, frames * done / all + 1e-6);
            if (finished > reported) {
                reported = finished;
                progress.accept(finished);
            }
        }
    }

    private void check(Frame frame, int index) {
        NumberFormat format = network.inputFormat();
        for (int word : frame.words()) {
            if (!InputWords.holds(format, word)) {
                throw new IllegalArgumentException("input frame " + index + " holds " + word + ", which does not fit "
                        + format.bits() + (format.signed() ? " signed" : " unsigned") + " bits");
            }
        }
    }
}
