package org.emat.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emat.golden.GoldenRun;
import org.emat.network.RealFrame;
import org.emat.quant.SignalToNoise;
import org.emat.schedule.CycleCount;
import org.emat.tb.Cosimulation;
import org.emat.tb.SimulatorBuild;
import org.emat.tb.VerilatorToolchain;

/** Runs a design through golden model and Verilog and compares the two. */
final class Prover {
    private final Design design;
    private final Progress progress;

    Prover(Design design, Progress progress) {
        this.design = design;
        this.progress = progress;
    }

    /**
     * The proof, or the counter-example.
     *
     * @param trace folder of a wave of the failing window, or null
     */
    Proof prove(Path trace) {
        final long start = System.nanoTime();
        SimulatorBuild build = new SimulatorBuild(VerilatorToolchain.find(), SimulatorBuild.userCache());
        Quality quality = new Quality(design);
        design.configuration().options().reference().ifPresent(quality::reference);
        GoldenRun golden = Golden.run(design, progress);
        CycleCount predicted = Golden.predict(design, progress);
        progress.begin("building and simulating");
        Cosimulation.Outcome outcome = new Cosimulation(build)
                .run(
                        design.plan(),
                        design.integer(),
                        design.architecture(),
                        design.frames(),
                        golden,
                        predicted,
                        design.configuration().options().stalls(),
                        Optional.empty(),
                        progress::at);
        List<SignalToNoise> noise = Golden.signalToNoise(design, progress);
        List<RealFrame> real = quality.showsImages() ? quality.real() : List.of();
        Proof proof = new Proof(design, golden, predicted, outcome, real, noise, List.of(), 0);
        List<Quality.Figure> figures =
                quality.showsImages() ? quality.figures(proof.hardware(), real) : List.<Quality.Figure>of();
        progress.end();
        double seconds = (System.nanoTime() - start) * 1e-9;
        return new Proof(design, golden, predicted, outcome, real, noise, figures, seconds);
    }
}
