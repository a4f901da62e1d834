package org.emat.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.emat.arch.Architecture;
import org.emat.integer.Frame;
import org.emat.network.Activation;
import org.emat.network.Layer;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;
import org.emat.quant.FloatModel;
import org.emat.quant.IntegerModel;
import org.emat.quant.Quantised;
import org.emat.quant.Quantiser;
import org.emat.quant.SignalToNoise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trained example networks: what their 8-bit forms lose, ONNX Runtime giving the real numbers. */
class ExampleNetworksTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7})
    void generatedDigitsStayAboveThirtyFiveDecibels(long seed) {
        Path file = EXAMPLES.resolve("dcgan_mnist_generator.onnx");
        OnnxModel model = new OnnxImport(ImportOptions.standard()).read(file);
        List<RealFrame> latents = latents(model.network().input(), seed);
        Quantised quantised = new Quantiser(Architecture.standard()).quantise(model.network(), latents);
        IntegerModel integer = new IntegerModel(quantised.network());
        try (OnnxOracle oracle = new OnnxOracle(file)) {
            List<RealFrame> wanted = oracle.run(model, latents);
            double mean = 0;
            for (int i = 0; i < latents.size(); i++) {
                RealFrame found = quantised.dequantise(integer.run(quantised.quantise(latents.get(i))));
                mean += decibels(squares(found.words(), wanted.get(i).words(), 0), 2) / latents.size();
            }
            System.out.printf("generator, seed %d: mean PSNR %.2f dB over %d digits%n", seed, mean, latents.size());
            assertThat(mean).isGreaterThan(42);
        }
    }

    /** Latents that the calibration has not seen lose little more. */
    @Test
    void otherLatentsThanThoseOfTheCalibrationAreGoodToo() {
        Path file = EXAMPLES.resolve("dcgan_mnist_generator.onnx");
        OnnxModel model = new OnnxImport(ImportOptions.standard()).read(file);
        TensorShape shape = model.network().input();
        Quantised quantised = new Quantiser(Architecture.standard()).quantise(model.network(), latents(shape, 1));
        List<RealFrame> others = latents(shape, 1000);
        IntegerModel integer = new IntegerModel(quantised.network());
        try (OnnxOracle oracle = new OnnxOracle(file)) {
            List<RealFrame> wanted = oracle.run(model, others);
            double mean = 0;
            for (int i = 0; i < others.size(); i++) {
                RealFrame found = quantised.dequantise(integer.run(quantised.quantise(others.get(i))));
                mean += decibels(squares(found.words(), wanted.get(i).words(), 0), 2) / others.size();
            }
            System.out.printf("generator, other latents: mean PSNR %.2f dB%n", mean);
            assertThat(mean).isGreaterThan(38);
        }
    }

    @Test
    void superResolvedPhotographStaysAboveFortyDecibels() throws IOException {
        Path file = EXAMPLES.resolve("fsrcnn_x3.onnx");
        OnnxModel model = new OnnxImport(ImportOptions.standard().withSize(170, 170)).read(file);
        RealFrame low = image("camera_170.png");
        float[] original = image("camera_510.png").words();
        Quantised quantised = new Quantiser(Architecture.standard()).quantise(model.network(), List.of(low));
        SignalToNoise.measure(model.network(), quantised, List.of(low))
                .forEach(entry -> System.out.printf("  %s: %.1f dB%n", entry.layer(), entry.decibels()));
        float[] found = quantised
                .dequantise(new IntegerModel(quantised.network()).run(quantised.quantise(low)))
                .words();
        try (OnnxOracle oracle = new OnnxOracle(file)) {
            float[] wanted = clipped(oracle.run(model, List.of(low)).get(0).words());
            double unclipped = decibels(squares(found, wanted, 0), 1);
            double againstFloat = decibels(squares(clipped(found), wanted, 0), 1);
            double ofFloat = decibels(squares(wanted, original, 6), 1);
            double ofInteger = decibels(squares(clipped(found), original, 6), 1);
            System.out.printf(
                    "super-resolution: %.2f dB against float (%.2f before clipping), %.2f against the original, float"
                            + " %.2f%n",
                    againstFloat, unclipped, ofInteger, ofFloat);
            assertThat(unclipped).isGreaterThan(41);
            assertThat(againstFloat).isGreaterThan(42);
            assertThat(ofInteger).isGreaterThan(ofFloat - 0.3);
        }
    }

    @Test
    void discriminatorIsReadAndQuantised() {
        Path file = EXAMPLES.resolve("dcgan_mnist_discriminator.onnx");
        OnnxModel model = new OnnxImport(ImportOptions.standard()).read(file);
        assertThat(model.input().shape(5)).containsExactly(5, 1, 28, 28);
        assertThat(model.output().shape(5)).containsExactly(5);
        assertThat(model.network().layers().stream().map(Layer::activation))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Activation.Slope.class),
                        second -> assertThat(second).isInstanceOf(Activation.Slope.class),
                        third -> assertThat(third).isInstanceOf(Activation.None.class));
        List<RealFrame> frames = latents(model.network().input(), 3).subList(0, 8);
        Quantised quantised = new Quantiser(Architecture.standard()).quantise(model.network(), frames);
        FloatModel real = new FloatModel(model.network());
        IntegerModel integer = new IntegerModel(quantised.network());
        try (OnnxOracle oracle = new OnnxOracle(file)) {
            List<RealFrame> wanted = oracle.run(model, frames);
            for (int i = 0; i < frames.size(); i++) {
                float logit = wanted.get(i).words()[0];
                Frame words = integer.run(quantised.quantise(frames.get(i)));
                assertThat(real.run(frames.get(i)).words()[0]).isCloseTo(logit, within(1e-3f));
                assertThat(quantised.dequantise(words).words()[0]).isCloseTo(logit, within(0.5f));
            }
        }
    }

    private static List<RealFrame> latents(TensorShape shape, long seed) {
        Random random = new Random(seed);
        List<RealFrame> latents = new ArrayList<>();
        for (int frame = 0; frame < 64; frame++) {
            float[] words = new float[shape.words()];
            for (int i = 0; i < words.length; i++) {
                words[i] = (float) random.nextGaussian();
            }
            latents.add(new RealFrame(shape, words));
        }
        return latents;
    }

    private static RealFrame image(String name) throws IOException {
        BufferedImage image = ImageIO.read(new File(EXAMPLES.toFile(), name));
        float[] words = new float[image.getWidth() * image.getHeight()];
        for (int i = 0; i < words.length; i++) {
            words[i] = image.getRaster().getSample(i % image.getWidth(), i / image.getWidth(), 0) / 255f;
        }
        return new RealFrame(new TensorShape(1, image.getHeight(), image.getWidth()), words);
    }

    private static float[] clipped(float[] words) {
        float[] result = words.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.max(0, Math.min(1, result[i]));
        }
        return result;
    }

    /** Mean squared difference of square images, without a border. */
    private static double squares(float[] a, float[] b, int border) {
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
        return sum / count;
    }

    private static double decibels(double squares, double peak) {
        return 10 * Math.log10(peak * peak / squares);
    }
}
