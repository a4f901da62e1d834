package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.emat.arch.Architecture.OnePixel;
import org.emat.integer.Frame;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.schedule.StallScript;
import org.emat.train.Gradient;
import org.emat.train.GradientCycles;
import org.emat.train.GradientModel;
import org.emat.train.GradientPlan;
import org.emat.train.GradientPlanner;
import org.emat.train.GradientScheduler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gradient of a layer of the published size, golden against Verilog: 8×8×512 to 16×16×256 by a transposed convolution
 * 5×5 of stride 2, on 1,024 lanes.
 */
@Tag("nightly")
class FullSizeGradientTest {
    private static final NumberFormat WORD = new NumberFormat(8, true);
    private static final int LANES = 1024;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"ZERO_FREE, 179437568", "ZERO_INSERTING, 737280000"})
    void everyWordAndCountEqualsTheGoldenModel(GradientPlan.Form form, long products) {
        SplittableRandom random = new SplittableRandom(Long.getLong("emat.seed", 8_16L));
        Axis axis = new Axis(5, 2, 1, 2, 2, 1);
        LayerGeometry layer =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(512, 8, 8), 256, axis, axis, 1);
        GradientPlan plan = new GradientPlanner(form, OnePixel.DENSE, LANES, 1).plan("full_size", layer, WORD, WORD);
        List<Frame> inputs = List.of(frame(layer.input(), random));
        List<Frame> errors = List.of(frame(layer.output(), random));
        GradientCycles predicted = new GradientScheduler().count(plan, 1, 1, StallScript.none());
        Gradient golden = new GradientModel(plan).run(inputs, errors);
        assertThat(predicted.products()).isEqualTo(products);
        assertThat(predicted.busy()).isEqualTo(products / LANES);
        long start = System.nanoTime();
        GradientSimulation simulation = new GradientSimulation(
                List.of(plan),
                new SimulatorBuild(VerilatorToolchain.find(), folder),
                SimulatorBuild.Options.fast(),
                Duration.ofMinutes(30));
        GradientSimulation.Result result = simulation.run(
                new GradientRequest(0, inputs, errors, 1, StallScript.none(), 0, 2 * predicted.cycles()));
        System.out.printf(
                "full-size gradient, %s: %d cycles, all with build %.1f s%n",
                form, result.cycles().cycles(), (System.nanoTime() - start) * 1e-9);
        assertThat(result.cycles()).isEqualTo(predicted);
        assertThat(result.gradients()).containsExactly(golden);
    }

    private static Frame frame(TensorShape shape, SplittableRandom random) {
        return new Frame(shape, random.ints(shape.words(), -128, 128).toArray());
    }
}
