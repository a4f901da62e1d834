package org.emat.cli;

import java.util.List;
import org.emat.golden.GoldenModel;
import org.emat.golden.GoldenRun;
import org.emat.quant.SignalToNoise;
import org.emat.schedule.CycleCount;
import org.emat.schedule.Scheduler;

/** Runs the golden model of a design, with progress. */
final class Golden {
    private Golden() {}

    /** Every word and every event that depends on data. */
    static GoldenRun run(Design design, Progress progress) {
        progress.begin("golden model");
        int frames = design.frames().size();
        GoldenModel.Options standard = GoldenModel.Options.standard();
        int threads = design.configuration().options().threads().orElse(standard.threads());
        return new GoldenModel(
                        design.plan(),
                        design.integer(),
                        design.architecture(),
                        new GoldenModel.Options(threads, standard.deviceExact()))
                .run(design.frames(), done -> progress.at(1000L * done / frames));
    }

    /** Every cycle. */
    static CycleCount predict(Design design, Progress progress) {
        progress.begin("predicting cycles");
        return new Scheduler()
                .count(
                        design.plan(),
                        design.frames().size(),
                        design.configuration().options().stalls());
    }

    /** How far each layer is from real numbers; empty in integer mode. */
    static List<SignalToNoise> signalToNoise(Design design, Progress progress) {
        progress.begin("comparing with real numbers");
        return design.quantised()
                .map(quantised -> SignalToNoise.measure(design.model().network(), quantised, design.real()))
                .orElse(List.of());
    }
}
