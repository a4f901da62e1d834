package org.emat.measure;

import java.util.ArrayList;
import java.util.List;
import org.emat.cost.EventCounts;
import org.emat.measure.Measurement.Engine;
import org.emat.measure.Measurement.Simulation;
import org.emat.schedule.StallScript;
import org.emat.train.Gradient;
import org.emat.train.GradientCycles;
import org.emat.train.GradientModel;
import org.emat.train.GradientPlan;
import org.emat.train.GradientScheduler;

/** Predicts the gradients of a row and the cycles of its gradient engines. */
final class GradientPredictor {
    private final GradientSubject subject;
    private final Listener listener;

    GradientPredictor(GradientSubject subject, Listener listener) {
        this.subject = subject;
        this.listener = listener;
    }

    /** What the subject is predicted to do; no cycle depends on data, so that gradients need not be computed. */
    Measurement predict() {
        List<GradientCycles> one = cycles(1);
        List<GradientCycles> all = cycles(subject.setting().frames());
        return measurement(subject, false, one, all, 0, 0, List.of(), Simulation.none());
    }

    /** Cycles of every layer over one batch. */
    List<GradientCycles> cycles(int frames) {
        List<GradientCycles> cycles = new ArrayList<>();
        for (GradientPlan plan : subject.plans()) {
            listener.at(
                    subject + ": predicting cycles",
                    1000 * cycles.size() / subject.plans().size());
            cycles.add(new GradientScheduler().count(plan, 1, frames, StallScript.none()));
        }
        return cycles;
    }

    /** The gradient of a layer over one batch. */
    Gradient gradient(int layer, int frames) {
        listener.at(subject + ": golden model", 1000 * layer / subject.plans().size());
        return new GradientModel(subject.plans().get(layer))
                .run(subject.inputs(layer, frames), subject.errors(layer, frames));
    }

    /** The layers together: their engines work at the same time, so that the slowest one sets the pace. */
    static Measurement measurement(
            GradientSubject subject,
            boolean counted,
            List<GradientCycles> one,
            List<GradientCycles> all,
            long words,
            long differingWords,
            List<String> differences,
            Simulation simulation) {
        List<Engine> engines = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            engines.add(engine(subject.plans().get(i).name(), all.get(i)));
        }
        return new Measurement(
                counted,
                subject.setting().frames(),
                slowest(one),
                slowest(all),
                engines,
                one,
                all,
                words,
                differingWords,
                differences,
                simulation);
    }

    private static long slowest(List<GradientCycles> layers) {
        return layers.stream().mapToLong(GradientCycles::cycles).max().orElseThrow();
    }

    private static Engine engine(String name, GradientCycles cycles) {
        EventCounts counts = new EventCounts(
                cycles.cycles(),
                cycles.busy(),
                0,
                0,
                0,
                cycles.windowWrites() + cycles.blockWrites(),
                cycles.windowReads() + cycles.blockReads(),
                0,
                0,
                0,
                0,
                0);
        return new Engine(name, counts, cycles.busy(), cycles.busy() + cycles.starved());
    }
}
