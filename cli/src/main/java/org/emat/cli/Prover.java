package org.emat.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emat.golden.GoldenRun;
import org.emat.network.RealFrame;
import org.emat.quant.SignalToNoise;
import org.emat.schedule.CycleCount;
import org.emat.tb.Cosimulation;
import org.emat.tb.Progress.Phase;
import org.emat.tb.SimulatorBuild;
import org.emat.tb.TraceRequest;
import org.emat.tb.Trial;
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
     * @param trace folder of a wave of the failing window
     */
    Proof prove(Optional<Path> trace) {
        final long start = System.nanoTime();
        VerilatorToolchain tools = VerilatorToolchain.find();
        SimulatorBuild build = new SimulatorBuild(tools, SimulatorBuild.userCache());
        Quality quality = new Quality(design);
        design.configuration().options().reference().ifPresent(quality::reference);
        GoldenRun golden = Golden.run(design, progress);
        CycleCount predicted = Golden.predict(design, progress);
        Trial trial = new Trial(
                design.plan(),
                design.integer(),
                design.architecture(),
                design.frames(),
                design.configuration().options().stalls(),
                golden,
                predicted);
        Cosimulation.Outcome outcome = new Cosimulation(build)
                .run(
                        trial,
                        trace.<TraceRequest>map(TraceRequest.Mismatch::new).orElseGet(TraceRequest.None::new),
                        this::show);
        List<SignalToNoise> noise = Golden.signalToNoise(design, progress);
        List<RealFrame> real = quality.showsImages() ? quality.real() : List.of();
        List<RealFrame> hardware = real.isEmpty() ? List.of() : hardware(outcome);
        List<Quality.Figure> figures = quality.figures(hardware, real);
        progress.end();
        double seconds = (System.nanoTime() - start) * 1e-9;
        return new Proof(design, golden, predicted, outcome, tools, real, hardware, noise, figures, seconds);
    }

    /** Output frames of the Verilog in real numbers. */
    private List<RealFrame> hardware(Cosimulation.Outcome outcome) {
        return outcome.simulation().outputs().stream()
                .map(design.quantised().orElseThrow()::dequantise)
                .toList();
    }

    private void show(Phase phase, int permille) {
        if (permille == 0) {
            progress.begin(
                    switch (phase) {
                        case IMAGES -> "writing memory images";
                        case BUILD -> "building the simulator";
                        case SIMULATION -> "simulating";
                        case COMPARISON -> "comparing";
                        case TRIAGE -> "looking for the cause";
                    });
        }
        progress.at(permille);
    }
}
