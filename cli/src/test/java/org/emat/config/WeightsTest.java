package org.emat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.emat.files.NpyArray;
import org.emat.files.NpyWriter;
import org.emat.network.Layer;
import org.emat.network.Network;
import org.emat.network.RealFrame;
import org.emat.onnx.OnnxBuilder;
import org.emat.onnx.OnnxOracle;
import org.emat.quant.FloatModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of files lie as ONNX has them; weights of a seed are the same every time. */
class WeightsTest {
    @TempDir
    Path folder;

    @Test
    void convolutionsTakeTheOrderOfOnnx() throws IOException {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", 1, 4, 6, 5);
        builder.node("Conv", constants(builder, 6, 6, 2, 3, 2), "group", 2L, "strides", longs(2, 1));
        assertSameWords(
                builder,
                "{'operator':'convolution','channels':6,'group':2,'kernel':[3,2],'stride':[2,1]",
                new int[] {6, 2, 3, 2},
                6);
    }

    @Test
    void paddingAndDilationTakeTheOrderOfOnnx() throws IOException {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", 1, 4, 6, 5);
        builder.node("Conv", constants(builder, 3, 3, 4, 2, 3), "dilations", longs(3, 1), "pads", longs(0, 1, 2, 3));
        assertSameWords(
                builder,
                "{'operator':'convolution','channels':3,'kernel':[2,3],'dilation':[3,1],'pads':[0,1,2,3]",
                new int[] {3, 4, 2, 3},
                3);
    }

    @Test
    void transposedConvolutionsTakeTheOrderOfOnnx() throws IOException {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", 1, 4, 6, 5);
        List<String> constants = constants(builder, 6, 4, 3, 2, 3);
        builder.node(
                "ConvTranspose",
                constants,
                "group",
                2L,
                "strides",
                longs(1, 3),
                "pads",
                longs(1, 0, 0, 2),
                "output_padding",
                longs(0, 2));
        assertSameWords(
                builder,
                "{'operator':'transposed-convolution','channels':6,'group':2,'kernel':[2,3],'stride':[1,3],"
                        + "'pads':[1,0,0,2],'outputPadding':[0,2]",
                new int[] {4, 3, 2, 3},
                6);
    }

    /** Over several pixels of several channels on both sides. */
    @Test
    void denseLayersTakeTheOrderOfOnnx() throws IOException {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", 1, 4, 6, 5);
        builder.node("Flatten", List.of()).node("Gemm", constants(builder, 30, 30, 120), "transB", 1L);
        assertSameWords(builder, "{'operator':'dense','channels':3,'height':2,'width':5", new int[] {30, 120}, 30);
    }

    /** The words of ONNX Runtime, for the same arrays in a model and in files. */
    private void assertSameWords(OnnxBuilder builder, String layer, int[] shape, int biases) throws IOException {
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        npy("w.npy", shape, normal("w", count));
        npy("b.npy", new int[] {biases}, normal("b", biases));
        Network network = network("'inputShape':{'channels':4,'height':6,'width':5}", layer, "");
        RealFrame frame = RealFrame.ofPlanes(network.input(), normal("x", 120), 0);
        float[] found = new FloatModel(network).run(frame).planes();
        Path model = builder.write(folder.resolve("model.onnx"));
        try (OnnxOracle oracle = new OnnxOracle(model)) {
            float[] wanted = oracle.run(frame.planes(), 1, 4, 6, 5);
            assertThat(found).hasSize(wanted.length).containsExactly(wanted, within(1e-4f));
        }
    }

    private Network network(String shape, String layer, String more) throws IOException {
        String text = "{" + shape + more + ",'network':[" + layer + ",'weights':'w.npy','bias':'b.npy'}]}";
        return network(text);
    }

    private Network network(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("net.json"), text.replace('\'', '"'));
        return ((NetworkSource.Layers) ConfigurationReader.read(file).network()).network();
    }

    private void npy(String name, int[] shape, float[] floats) {
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        NpyWriter.write(folder.resolve(name), new NpyArray(shape, values), NpyWriter.Type.FLOAT32);
    }

    private static List<String> constants(OnnxBuilder builder, int biases, long... shape) {
        int count = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return List.of(
                builder.constant("w", normal("w", count), shape), builder.constant("b", normal("b", biases), biases));
    }

    private static float[] normal(String seed, int count) {
        Random random = new Random(seed.hashCode());
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static long[] longs(long... values) {
        return values;
    }

    @Test
    void drawnWeightsAreTheSameEveryTime() throws IOException {
        Layer layer = drawn("quantised", 7).layers().get(0);
        assertThat(layer.weights())
                .isEqualTo(drawn("quantised", 7).layers().get(0).weights());
        assertThat(layer.weights())
                .isNotEqualTo(drawn("quantised", 8).layers().get(0).weights());
        // Fixed for ever: results of a configuration without files are to be the same on every machine and version.
        assertThat(layer.weights()).startsWith(0.2300359606742859, 0.24845342338085175, -0.07813290506601334);
        assertThat(layer.bias()).startsWith(0.0845206081867218, 0.09128762036561966);
        assertThat(Arrays.stream(layer.weights())).allMatch(weight -> weight == (float) weight.doubleValue());
        double squares = Arrays.stream(layer.weights())
                .map(weight -> weight * weight)
                .average()
                .orElseThrow();
        assertThat(squares).as("mean square, by He 2 over 27 terms").isCloseTo(2.0 / 27, within(0.02));
    }

    @Test
    void drawnWeightsAreWholeNumbersInIntegerMode() throws IOException {
        Layer layer = drawn("integer", 7).layers().get(0);
        assertThat(layer.weights()).contains(-7, 7, 0);
        assertThat(Arrays.stream(layer.weights()))
                .allMatch(weight -> weight == Math.rint(weight) && weight >= -7 && weight <= 7);
        assertThat(Arrays.stream(layer.bias()))
                .allMatch(bias -> bias == Math.rint(bias) && bias >= -100 && bias <= 100);
    }

    private Network drawn(String mode, int seed) throws IOException {
        return network("{'mode':'" + mode + "','architecture':{'weightBits':4},"
                + "'inputShape':{'channels':3,'height':5,'width':5},'network':["
                + "{'operator':'convolution','channels':8,'kernel':3,'weights':" + seed + ",'bias':" + seed + "}]}");
    }
}
