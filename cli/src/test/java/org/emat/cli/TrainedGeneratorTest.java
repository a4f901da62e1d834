package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.emat.config.TrainingConfiguration;
import org.emat.config.TrainingReader;
import org.emat.files.NpyArray;
import org.emat.files.NpyReader;
import org.emat.onnx.OnnxOracle;
import org.emat.train.gan.GanTrainer;
import org.emat.train.gan.ImageSet;
import org.emat.train.gan.Lfsr;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trained generator leaves the training as an ONNX file. */
class TrainedGeneratorTest {
    private static final Path DIGITS = Program.REPOSITORY.resolve("examples").resolve("digits_gan.json");
    private static final int LATENT = 16;
    private static final long SEED = 7;
    private static final int STREAM = 4; // of latents
    private static final int COUNT = 5;

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() {
        workspace = new Workspace(folder);
    }

    /** ONNX Runtime makes the images that the training makes, but for the rounding of words of 16 bits. */
    @ParameterizedTest
    @ValueSource(strings = {"", "project", "upsample", "project upsample image", "dense project upsample"})
    void onnxRuntimeMakesTheSameImages(String normalised) {
        Path configuration = digits(normalised);
        Path file = workspace.path("g.onnx");
        Console.done("train", configuration, "-o", workspace.path("out"), "--steps", 40, "--onnx", file, "-q");
        TrainingConfiguration training = TrainingReader.read(configuration);
        ImageSet images = TrainingImages.read(training).learnt().set();
        GanTrainer trainer = new GanTrainer(training.plan(), images, GanTrainer.first(training.plan()), 2);
        for (int i = 0; i < 40; i++) {
            trainer.step();
        }
        List<int[]> wanted = trainer.samples(COUNT, SEED).images();
        float[] latents = latents();
        try (OnnxOracle oracle = new OnnxOracle(file)) {
            float[] found = oracle.run(latents, COUNT, LATENT, 1, 1);
            double spread = 0;
            for (int i = 0; i < found.length; i++) {
                double value = Math.scalb((double) wanted.get(i / 64)[i % 64], -14);
                // A table of 2^12 entries over ±4.
                assertThat((double) found[i]).as("word %d", i).isCloseTo(value, within(2e-3));
                spread += Math.abs(value - found[i % 64]);
            }
            assertThat(spread / found.length)
                    .as("images differ from one another")
                    .isGreaterThan(1e-2);
        }
    }

    /** The example with some layers of its generator normalised; a first layer that is dense, if that is one of the words. */
    private Path digits(String normalised) {
        ObjectNode json = (ObjectNode) Console.json(DIGITS);
        json.put("images", DIGITS.resolveSibling("digits_8x8.csv.gz").toString());
        List<String> names = List.of(normalised.split(" "));
        for (JsonNode layer : json.get("generator")) {
            ((ObjectNode) layer)
                    .put("normalised", names.contains(layer.get("name").asText()));
        }
        if (names.contains("dense")) {
            ObjectNode first = (ObjectNode) json.at("/generator/0");
            first.put("operator", "dense").put("height", 2).put("width", 2).remove("kernel");
        }
        return workspace.json("digits.json", json.toString());
    }

    /** Twelve uniform numbers of 12 bits each, as the training draws them. */
    private static float[] latents() {
        long register = Lfsr.of(SEED, STREAM).state();
        float[] latents = new float[COUNT * LATENT];
        for (int i = 0; i < latents.length; i++) {
            int sum = -12 * 2048;
            for (int term = 0; term < 12; term++) {
                register ^= register << 13;
                register ^= register >>> 7;
                register ^= register << 17;
                sum += (int) (register >>> 52);
            }
            latents[i] = sum / 4096f;
        }
        return latents;
    }

    /** From the training through quantiser, mapper and Verilog: every word equal, and near what ONNX Runtime makes. */
    @Test
    void goesStraightIntoTheCoSimulation() {
        Path file = workspace.path("g.onnx");
        Console.done("train", DIGITS, "-o", workspace.path("out"), "--steps", 40, "--onnx", file, "-q");
        float[] latents = latents();
        double[] values = new double[latents.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = latents[i];
        }
        Path input = workspace.npy("x.npy", new NpyArray(new int[] {COUNT, LATENT, 1, 1}, values));
        Path output = workspace.path("y.npy");
        Console cosim = Console.done("cosim", file, "--input", input, "--output", output, "-q");
        assertThat(cosim.out()).contains("equal");
        NpyArray found = NpyReader.read(output);
        try (OnnxOracle oracle = new OnnxOracle(file)) {
            float[] wanted = oracle.run(latents, COUNT, LATENT, 1, 1);
            assertThat(found.values()).hasSize(wanted.length);
            double squares = 0;
            for (int i = 0; i < wanted.length; i++) {
                squares += Math.pow(found.values()[i] - wanted[i], 2) / wanted.length;
            }
            // Eight bits throughout.
            assertThat(Math.sqrt(squares)).isLessThan(0.05);
        }
    }
}
