package org.emat.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.emat.arch.Architecture;
import org.emat.golden.GoldenModel;
import org.emat.golden.GoldenRun;
import org.emat.integer.Frame;
import org.emat.network.RealFrame;
import org.emat.onnx.ImportOptions;
import org.emat.onnx.OnnxImport;
import org.emat.onnx.OnnxModel;
import org.emat.onnx.OnnxOracle;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.quant.Quantised;
import org.emat.quant.Quantiser;
import org.emat.schedule.CycleCount;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;
import org.emat.tb.Comparison;
import org.emat.tb.Cosimulation;
import org.emat.tb.Progress;
import org.emat.tb.SimulatorBuild;
import org.emat.tb.TraceRequest;
import org.emat.tb.Trial;
import org.emat.tb.VerilatorToolchain;

/**
 * An example network on its way from the file to real numbers out of simulated Verilog.
 *
 * @param inputs real input frames
 * @param hardware real values of the output words of the Verilog
 * @param wanted output frames of ONNX Runtime
 */
record ExampleTrial(List<RealFrame> inputs, List<RealFrame> hardware, List<RealFrame> wanted) {
    static final Path EXAMPLES = Path.of("..", "examples");

    /**
     * Quantises, simulates and compares; fails unless every word of every layer and every count is equal.
     *
     * @param calibration frames that the quantiser sees
     * @param inputs frames that are simulated
     */
    static ExampleTrial run(
            String file, ImportOptions options, List<RealFrame> calibration, List<RealFrame> inputs, Path cache) {
        Path path = EXAMPLES.resolve(file);
        OnnxModel model = new OnnxImport(options).read(path);
        Architecture architecture = Architecture.standard();
        long start = System.nanoTime();
        Quantised quantised = new Quantiser(architecture).quantise(model.network(), calibration);
        double quantisation = seconds(start);
        Plan plan = new Mapper(architecture).map("example", quantised.network());
        List<Frame> frames = inputs.stream().map(quantised::quantise).toList();
        start = System.nanoTime();
        GoldenRun golden = new GoldenModel(plan, quantised.network(), architecture).run(frames, done -> {});
        CycleCount cycles = new Scheduler().count(plan, frames.size(), StallScript.none());
        double prediction = seconds(start);
        start = System.nanoTime();
        Cosimulation.Outcome outcome = new Cosimulation(new SimulatorBuild(VerilatorToolchain.find(), cache))
                .run(
                        new Trial(plan, quantised.network(), architecture, frames, StallScript.none(), golden, cycles),
                        new TraceRequest.None(),
                        Progress.none());
        System.out.printf(
                "%s, %d frames: quantiser %.1f s, golden model %.1f s, simulation %.1f s of %d cycles (%.1f s with"
                        + " build)%n",
                file, frames.size(), quantisation, prediction, outcome.seconds(), cycles.cycles(), seconds(start));
        check(outcome.comparison(), plan);
        try (OnnxOracle oracle = new OnnxOracle(path)) {
            List<RealFrame> hardware = outcome.simulation().outputs().stream()
                    .map(quantised::dequantise)
                    .toList();
            return new ExampleTrial(inputs, hardware, oracle.run(model, inputs));
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }

    private static void check(Comparison comparison, Plan plan) {
        assertThat(comparison.firstMismatch()).isEmpty();
        assertThat(comparison.differingWords()).isZero();
        assertThat(comparison.cycles().counted()).isEqualTo(comparison.cycles().predicted());
        assertThat(comparison.engines()).hasSameSizeAs(plan.engines()).allSatisfy(engine -> {
            assertThat(engine.words()).isPositive();
            assertThat(engine.counts())
                    .isNotEmpty()
                    .allSatisfy((name, count) -> assertThat(count.counted())
                            .as(engine.name() + ": " + name)
                            .isEqualTo(count.predicted()));
        });
    }

    /**
     * Peak signal-to-noise ratio of square images in decibels.
     *
     * @param border pixels left out on each side
     */
    static double psnr(float[] a, float[] b, int border, double peak) {
        int side = (int) Math.sqrt(a.length);
        double sum = 0;
        int count = 0;
        for (int y = border; y < side - border; y++) {
            for (int x = border; x < side - border; x++) {
                double difference = a[y * side + x] - b[y * side + x];
                sum += difference * difference;
                count++;
            }
        }
        return 10 * Math.log10(peak * peak * count / sum);
    }

    /** Values clipped to 0 to 1. */
    static float[] clipped(RealFrame frame) {
        float[] result = frame.words().clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.max(0, Math.min(1, result[i]));
        }
        return result;
    }
}
