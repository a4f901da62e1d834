package org.emat.measure;

import java.util.ArrayList;
import java.util.List;
import org.emat.cost.EventCounts;
import org.emat.measure.ChainPredictor.Prediction;
import org.emat.measure.Measurement.Engine;
import org.emat.measure.Measurement.Simulation;
import org.emat.plan.EnginePlan;
import org.emat.schedule.StallScript;
import org.emat.tb.Comparison;
import org.emat.tb.Comparison.Count;
import org.emat.tb.Comparison.EngineComparison;
import org.emat.tb.Cosimulation;
import org.emat.tb.SimulationResult;
import org.emat.tb.SimulationResult.EngineCounters;
import org.emat.tb.TraceRequest;
import org.emat.tb.Trial;

/** Measures a row in Verilog, a run of one frame and a streaming one, and compares every word and count. */
public final class ChainMeasurer {
    private final Cosimulation cosimulation;

    /** A measurer over a way to simulate. */
    public ChainMeasurer(Cosimulation cosimulation) {
        this.cosimulation = cosimulation;
    }

    /** A simulated and compared run. */
    private record Run(ChainSubject subject, Prediction prediction, Cosimulation.Outcome outcome) {
        Comparison comparison() {
            return outcome.comparison();
        }

        String name() {
            int frames = prediction.frames().size();
            return frames == 1 ? "one frame" : frames + " frames";
        }

        /** Output words of all engines and of the output stream, which carries those of the last engine. */
        long words() {
            List<EngineComparison> engines = comparison().engines();
            return engines.stream().mapToLong(EngineComparison::words).sum()
                    + engines.get(engines.size() - 1).words();
        }

        /** Cycles in which an engine read its arrays, from its first output pixel to its last. */
        long busyBetweenOutputs(int engine) {
            SimulationResult simulation = outcome.simulation();
            EngineCounters counters = simulation.counters().get(engine);
            int interval = subject.plan().engines().get(engine).interval();
            long busy = 0;
            for (long start : simulation.stepStarts().get(engine)) {
                // The reads of a step follow the cycle in which it starts.
                long from = Math.max(start + 1, counters.firstOutput());
                long to = Math.min(start + interval, counters.lastOutput());
                busy += Math.max(0, to - from + 1);
            }
            return busy;
        }
    }

    /**
     * What the subject does.
     *
     * @throws org.emat.tb.ToolException if a tool is missing or fails, or if the design hangs
     */
    public Measurement measure(ChainSubject subject, Listener listener) {
        Run one = run(subject, 1, listener);
        Run all = run(subject, subject.setting().frames(), listener);
        List<String> differences = new ArrayList<>(differences(one));
        differences.addAll(differences(all));
        return new Measurement(
                true,
                subject.setting().frames(),
                one.comparison().cycles().counted(),
                all.comparison().cycles().counted(),
                engines(all),
                List.of(),
                List.of(),
                one.words() + all.words(),
                one.comparison().differingWords() + all.comparison().differingWords(),
                differences,
                new Simulation(all.outcome.seconds(), all.outcome.peakBytes().orElse(0)));
    }

    private Run run(ChainSubject subject, int frames, Listener listener) {
        Prediction prediction = new ChainPredictor(subject, listener).run(frames);
        Trial trial = new Trial(
                subject.plan(),
                subject.network(),
                subject.architecture(),
                prediction.frames(),
                StallScript.none(),
                prediction.golden(),
                prediction.cycles());
        Cosimulation.Outcome outcome = cosimulation.run(
                trial,
                new TraceRequest.None(),
                (phase, permille) -> listener.at(
                        subject + ": "
                                + switch (phase) {
                                    case IMAGES -> "writing memory images";
                                    case BUILD -> "building the simulator";
                                    case SIMULATION -> "simulating";
                                    case COMPARISON, TRIAGE -> "comparing";
                                },
                        permille));
        return new Run(subject, prediction, outcome);
    }

    private static List<String> differences(Run run) {
        List<String> differences = new ArrayList<>();
        run.comparison().firstMismatch().ifPresent(wrong -> differences.add(run.name() + ": " + wrong));
        run.comparison().whole().forEach((name, count) -> addDifference(run.name(), name, count, differences));
        for (int i = 0; i < run.comparison().engines().size(); i++) {
            EngineComparison engine = run.comparison().engines().get(i);
            String layer = run.name() + ": layer '" + engine.name() + "'";
            engine.counts().forEach((name, count) -> addDifference(layer, name, count, differences));
            long predicted = run.prediction.cycles().engines().get(i).busyBetweenOutputs();
            addDifference(
                    layer, "busy cycles between outputs", new Count(predicted, run.busyBetweenOutputs(i)), differences);
        }
        return differences;
    }

    private static void addDifference(String which, String name, Count count, List<String> differences) {
        if (!count.same()) {
            differences.add(which + ": " + name + " predicted " + count.predicted() + ", counted " + count.counted());
        }
    }

    private static List<Engine> engines(Run run) {
        List<Engine> engines = new ArrayList<>();
        for (int i = 0; i < run.subject.plan().engines().size(); i++) {
            EnginePlan plan = run.subject.plan().engines().get(i);
            EngineCounters counters = run.outcome.simulation().counters().get(i);
            engines.add(new Engine(
                    plan.name(),
                    counts(plan, counters),
                    run.busyBetweenOutputs(i),
                    counters.lastOutput() - counters.firstOutput() + 1));
        }
        return engines;
    }

    private static EventCounts counts(EnginePlan plan, EngineCounters counters) {
        long overlapping = plan.overlaps()
                ? counters.busy() / plan.interval() * plan.geometry().kernelSize()
                : 0;
        return new EventCounts(
                counters.busy() + counters.inputStarved() + counters.outputStalled(),
                counters.busy(),
                counters.arrayReads(),
                counters.activations(),
                counters.conversions(),
                counters.lineWrites(),
                counters.lineReads(),
                counters.rasterWrites(),
                counters.rasterReads(),
                overlapping,
                overlapping,
                0);
    }
}
