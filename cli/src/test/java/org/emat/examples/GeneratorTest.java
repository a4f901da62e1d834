package org.emat.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;
import org.emat.onnx.ImportOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trained DCGAN generator in simulated Verilog, against the golden model and ONNX Runtime. */
class GeneratorTest {
    private static final int LATENTS = 64;

    @TempDir
    Path cache;

    @Test
    void sixtyFourDigitsEqualTheGoldenModelAndResembleTheFloatOnes() {
        long seed = Long.getLong("emat.seed", 1);
        ExampleTrial trial = ExampleTrial.run(
                "dcgan_mnist_generator.onnx", ImportOptions.standard(), latents(seed + 1), latents(seed), cache);
        double mean = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < LATENTS; i++) {
            double psnr = ExampleTrial.psnr(
                    trial.hardware().get(i).words(), trial.wanted().get(i).words(), 0, 2);
            mean += psnr / LATENTS;
            least = Math.min(least, psnr);
        }
        System.out.printf(
                "digits of seed %d: PSNR against float %.2f dB in the mean, %.2f at least%n", seed, mean, least);
        assertThat(mean).isGreaterThanOrEqualTo(35);
        assertThat(least).isGreaterThanOrEqualTo(30);
        assertThat(trial.hardware()).hasSize(LATENTS);
    }

    private static List<RealFrame> latents(long seed) {
        TensorShape shape = new TensorShape(64, 1, 1);
        Random random = new Random(seed);
        List<RealFrame> latents = new ArrayList<>();
        for (int frame = 0; frame < LATENTS; frame++) {
            float[] words = new float[shape.words()];
            for (int i = 0; i < words.length; i++) {
                words[i] = (float) random.nextGaussian();
            }
            latents.add(new RealFrame(shape, words));
        }
        return latents;
    }
}
