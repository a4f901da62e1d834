package org.emat.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emat.measure.Measurement.Simulation;
import org.emat.schedule.StallScript;
import org.emat.tb.GradientRequest;
import org.emat.tb.GradientSimulation;
import org.emat.tb.SimulatorBuild;
import org.emat.train.Gradient;
import org.emat.train.GradientCycles;

/** Measures the gradient engines of a row in Verilog, layer by layer, and compares every word and count. */
final class GradientMeasurer {
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final long SPARE_CYCLES = 100_000;

    private final SimulatorBuild build;
    private final GradientSubject subject;
    private final List<String> differences = new ArrayList<>();
    private long words;
    private long differingWords;

    GradientMeasurer(SimulatorBuild build, GradientSubject subject) {
        this.build = build;
        this.subject = subject;
    }

    /**
     * What the subject does.
     *
     * @throws org.emat.tb.ToolException if a tool is missing or fails, or if a design hangs
     */
    Measurement measure(Listener listener) {
        GradientPredictor predictor = new GradientPredictor(subject, listener);
        listener.at(subject + ": building the simulator", 0);
        GradientSimulation simulation =
                new GradientSimulation(subject.plans(), build, SimulatorBuild.Options.fast(), PATIENCE);
        List<GradientCycles> one = run(simulation, predictor, 1, listener);
        long start = System.nanoTime();
        List<GradientCycles> all = run(simulation, predictor, subject.setting().frames(), listener);
        double seconds = (System.nanoTime() - start) * 1e-9;
        return GradientPredictor.measurement(
                subject, true, one, all, words, differingWords, differences, new Simulation(seconds, 0));
    }

    private List<GradientCycles> run(
            GradientSimulation simulation, GradientPredictor predictor, int frames, Listener listener) {
        List<GradientCycles> predicted = predictor.cycles(frames);
        List<GradientCycles> counted = new ArrayList<>();
        for (int layer = 0; layer < predicted.size(); layer++) {
            Gradient golden = predictor.gradient(layer, frames);
            listener.at(subject + ": simulating", 1000 * layer / predicted.size());
            GradientSimulation.Result result = simulation.run(new GradientRequest(
                    layer,
                    subject.inputs(layer, frames),
                    subject.errors(layer, frames),
                    frames,
                    StallScript.none(),
                    0,
                    predicted.get(layer).cycles() + SPARE_CYCLES));
            String name = (frames == 1 ? "one frame" : frames + " frames") + ": gradient of layer " + (layer + 1);
            compare(name, golden, result.gradients().get(0));
            if (!predicted.get(layer).equals(result.cycles())) {
                differences.add(name + ": predicted " + predicted.get(layer) + ", counted " + result.cycles());
            }
            counted.add(result.cycles());
        }
        return counted;
    }

    private void compare(String name, Gradient golden, Gradient counted) {
        long wrong = wrong(golden.weights(), counted.weights()) + wrong(golden.bias(), counted.bias());
        words += golden.weights().length + golden.bias().length;
        differingWords += wrong;
        if (wrong > 0) {
            int first = Arrays.mismatch(golden.weights(), counted.weights());
            differences.add(
                    first < 0
                            ? name + ": bias " + Arrays.mismatch(golden.bias(), counted.bias()) + " is wrong"
                            : name + ": weight " + first + " is " + counted.weights()[first] + ", not "
                                    + golden.weights()[first]);
        }
    }

    private static long wrong(long[] golden, long[] counted) {
        long wrong = Math.abs(golden.length - counted.length);
        for (int i = 0; i < Math.min(golden.length, counted.length); i++) {
            wrong += golden[i] == counted[i] ? 0 : 1;
        }
        return wrong;
    }
}
