package org.emat.measure;

import java.util.ArrayList;
import java.util.List;
import org.emat.cost.EventCounts;
import org.emat.golden.GoldenModel;
import org.emat.golden.GoldenRun;
import org.emat.integer.Frame;
import org.emat.measure.Measurement.Engine;
import org.emat.measure.Measurement.Simulation;
import org.emat.plan.EnginePlan;
import org.emat.schedule.CycleCount;
import org.emat.schedule.EngineCycles;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;

/** Predicts what a row does: words and events by the golden model, cycles by stepping the handshakes. */
public final class ChainPredictor {
    private final ChainSubject subject;
    private final Listener listener;

    /** A predictor of a subject. */
    public ChainPredictor(ChainSubject subject, Listener listener) {
        this.subject = subject;
        this.listener = listener;
    }

    /**
     * A predicted run.
     *
     * @param frames input
     * @param golden words and events
     * @param cycles cycles
     */
    record Prediction(List<Frame> frames, GoldenRun golden, CycleCount cycles) {}

    /** The prediction of a run of several frames, back to back. */
    Prediction run(int frames) {
        String step = subject + ": golden model";
        listener.at(step, 0);
        List<Frame> inputs = subject.frames(frames);
        GoldenRun golden = new GoldenModel(subject.plan(), subject.network(), subject.architecture())
                .run(inputs, done -> listener.at(step, 1000 * done / frames));
        return new Prediction(inputs, golden, cycles(frames));
    }

    private CycleCount cycles(int frames) {
        listener.at(subject + ": predicting cycles", 0);
        return new Scheduler().count(subject.plan(), frames, StallScript.none());
    }

    /** What the subject is predicted to do. */
    public Measurement predict() {
        Prediction all = run(subject.setting().frames());
        return new Measurement(
                false,
                all.frames().size(),
                cycles(1).cycles(),
                all.cycles().cycles(),
                engines(all),
                List.of(),
                List.of(),
                0,
                0,
                List.of(),
                Simulation.none());
    }

    private List<Engine> engines(Prediction all) {
        List<Engine> engines = new ArrayList<>();
        for (int i = 0; i < subject.plan().engines().size(); i++) {
            EnginePlan plan = subject.plan().engines().get(i);
            EngineCycles cycles = all.cycles().engines().get(i);
            engines.add(new Engine(
                    plan.name(),
                    EventCounts.of(plan, cycles, all.golden().events().get(i)),
                    cycles.busyBetweenOutputs(),
                    cycles.lastOutput() - cycles.firstOutput() + 1));
        }
        return engines;
    }
}
