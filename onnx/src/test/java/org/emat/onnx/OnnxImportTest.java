package org.emat.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.emat.network.Activation;
import org.emat.network.Axis;
import org.emat.network.InputException;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;
import org.emat.quant.FloatModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Single cases of the import; drawn ones are in {@link DrawnChainTest}. */
class OnnxImportTest {
    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void flattenedPlanesMeetTheirWeights() {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", -1, 3, 2, 4);
        builder.node("Flatten", List.of()).node("Gemm", constants(builder, 24, 5));
        OnnxModel model = assertEqualsOnnxRuntime(builder);
        assertThat(model.network().layers().get(0).geometry())
                .isEqualTo(LayerGeometry.dense(new TensorShape(3, 2, 4), new TensorShape(5, 1, 1)));
        assertThat(model.output().shape(7)).containsExactly(7, 5);
    }

    @Test
    void denseWordsBecomePlanes() {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", -1, 6);
        builder.node("Gemm", constants(builder, 6, 24));
        builder.node("Reshape", List.of(builder.constant("shape", new long[] {-1, 3, 2, 4}, 4)));
        builder.node("Conv", constants(builder, 2, 3, 2, 2));
        OnnxModel model = assertEqualsOnnxRuntime(builder);
        assertThat(model.network().layers().get(0).geometry())
                .isEqualTo(LayerGeometry.dense(new TensorShape(6, 1, 1), new TensorShape(3, 2, 4)));
    }

    @Test
    void transposedMatrixTakesFramesFromColumns() {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", 4, -1);
        builder.node("Gemm", constants(builder, 4, 3), "transA", 1L);
        OnnxModel model = assertEqualsOnnxRuntime(builder);
        assertThat(model.input().shape(9)).containsExactly(4, 9);
        assertThat(model.input().frame(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 1))
                .containsExactly(2, 4, 6, 8);
        assertThat(model.output().shape(9)).containsExactly(9, 3);
    }

    @Test
    void oneDimensionalFramesHaveOneRow() {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", -1, 2, 9);
        builder.node("Conv", constants(builder, 3, 2, 4), "strides", new long[] {2}, "pads", new long[] {0, 3});
        OnnxModel model = assertEqualsOnnxRuntime(builder);
        assertThat(model.network().layers().get(0).geometry().vertical()).isEqualTo(Axis.single());
        assertThat(model.output().axes()).containsExactly(3, 5);
    }

    @Test
    void unsqueezedRowsMayGoOnInTwoDimensions() {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", -1, 2, 9);
        builder.node("Conv", constants(builder, 3, 2, 4));
        builder.node("Unsqueeze", List.of(builder.constant("axes", new long[] {2}, 1)));
        builder.node("ConvTranspose", constants(builder, 3, 2, 2, 3), "strides", new long[] {2, 2});
        builder.node("Squeeze", List.of());
        assertThat(assertEqualsOnnxRuntime(builder).output().axes()).containsExactly(2, 2, 13);
    }

    @Test
    void normalisationBeforeAnUnpaddedLayerIsFolded() {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", -1, 4, 5, 5);
        builder.node("BatchNormalization", statistics(builder, 4));
        builder.node("Conv", constants(builder, 6, 2, 3, 3), "group", 2L);
        builder.node("Relu", List.of());
        builder.node("BatchNormalization", statistics(builder, 6));
        builder.node("ConvTranspose", constants(builder, 6, 2, 1, 1), "group", 3L);
        builder.node("Relu", List.of());
        builder.node("BatchNormalization", statistics(builder, 6));
        builder.node("Flatten", List.of());
        builder.node("BatchNormalization", statistics(builder, 6 * 9));
        builder.node("Gemm", constants(builder, 6 * 9, 2));
        assertThat(assertEqualsOnnxRuntime(builder).network().layers()).hasSize(3);
    }

    @Test
    void normalisationAfterGroupedTransposedConvolutionIsFolded() {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", -1, 4, 3, 3);
        builder.node(
                "ConvTranspose",
                constants(builder, 4, 3, 3, 3),
                "group",
                2L,
                "strides",
                new long[] {2, 2},
                "pads",
                new long[] {1, 0, 0, 1});
        builder.node("BatchNormalization", statistics(builder, 6));
        assertThat(assertEqualsOnnxRuntime(builder).network().layers()).hasSize(1);
    }

    @Test
    void dilationBesideSamePadsFollowsTheSpecification() {
        OnnxBuilder automatic = new OnnxBuilder(13).input("x", -1, 1, 7, 8);
        automatic.node(
                "Conv", constants(automatic, 1, 1, 3, 4), "dilations", new long[] {2, 2}, "auto_pad", "SAME_UPPER");
        Layer layer = read(automatic).network().layers().get(0);
        assertThat(layer.geometry().vertical()).isEqualTo(new Axis(3, 1, 2, 2, 2, 0));
        assertThat(layer.geometry().horizontal()).isEqualTo(new Axis(4, 1, 2, 3, 3, 0));
    }

    @Test
    void samePadsOfTransposedConvolutionsFollowTheSpecification() {
        for (String pads : List.of("SAME_UPPER", "SAME_LOWER")) {
            OnnxBuilder builder = new OnnxBuilder(13).input("x", -1, 1, 4, 4);
            builder.node(
                    "ConvTranspose", constants(builder, 1, 1, 5, 2), "strides", new long[] {2, 2}, "auto_pad", pads);
            Layer layer = assertEqualsOnnxRuntime(builder).network().layers().get(0);
            boolean upper = pads.equals("SAME_UPPER");
            assertThat(layer.geometry().vertical()).isEqualTo(new Axis(5, 2, 1, upper ? 1 : 2, upper ? 2 : 1, 0));
            assertThat(layer.geometry().output()).isEqualTo(new TensorShape(1, 8, 8));
        }
    }

    @Test
    void outputShapeMayHoldAllAxes() {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", 1, 1, 4, 4);
        builder.node("ConvTranspose", constants(builder, 1, 1, 3, 3), "output_shape", new long[] {1, 1, 5, 6});
        assertThat(read(builder).network().output()).isEqualTo(new TensorShape(1, 5, 6));
    }

    @Test
    void oldClipHasAttributesAndOldSlopesAreOnePerChannel() {
        OnnxBuilder builder = new OnnxBuilder(6).input("x", -1, 2, 4, 4);
        builder.node("Conv", constants(builder, 3, 2, 3, 3));
        builder.node("PRelu", constants(builder, 3));
        builder.node("Conv", constants(builder, 2, 3, 1, 1));
        builder.node("Clip", List.of(), "min", -0.5f);
        List<Layer> layers = read(builder).network().layers();
        assertThat(((Activation.Slope) layers.get(0).activation()).slopes()).hasSize(3);
        assertThat(layers.get(1).activation()).isEqualTo(new Activation.Clip(-0.5, Double.POSITIVE_INFINITY));
    }

    @Test
    void symbolicSizesComeFromTheConfiguration() {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", -1, 1, -1, -1);
        builder.node("Conv", constants(builder, 1, 1, 3, 3));
        Path file = builder.write(folder.resolve("symbolic.onnx"));
        OnnxModel model = new OnnxImport(ImportOptions.standard().withSize(9, 12)).read(file);
        assertThat(model.network().output()).isEqualTo(new TensorShape(1, 7, 10));
        ImportOptions onlyHeight =
                new ImportOptions(OptionalInt.of(9), OptionalInt.empty(), ImportOptions.Arithmetic.REAL);
        assertThatThrownBy(() -> new OnnxImport(onlyHeight).read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("symbolic width");
    }

    static Stream<Arguments> merges() {
        Activation relu = Activation.relu();
        return Stream.of(
                Arguments.of(relu, new Activation.Clip(-1, 6), new Activation.Clip(0, 6)),
                Arguments.of(new Activation.Clip(-1, 6), relu, new Activation.Clip(0, 6)),
                Arguments.of(new Activation.Clip(-3, -2), relu, new Activation.Clip(0, 0)),
                Arguments.of(new Activation.Tanh(), new Activation.Clip(-1, 1), new Activation.Tanh()),
                Arguments.of(new Activation.Sigmoid(), relu, new Activation.Sigmoid()),
                Arguments.of(new Activation.Slope(new double[] {0.5}), relu, relu),
                Arguments.of(relu, new Activation.Slope(new double[] {0.5}), relu),
                Arguments.of(
                        new Activation.Slope(new double[] {0.5}),
                        new Activation.Slope(new double[] {0.5, 2}),
                        new Activation.Slope(new double[] {0.25, 1})),
                Arguments.of(new Activation.Tanh(), relu, null),
                Arguments.of(relu, new Activation.Tanh(), null),
                Arguments.of(new Activation.Slope(new double[] {-0.5}), relu, null));
    }

    @ParameterizedTest
    @MethodSource("merges")
    void activationsMergeWhereThatIsExact(Activation first, Activation next, Activation wanted) {
        assertThat(ActivationMerge.merge(first, next).orElse(null)).isEqualTo(wanted);
    }

    @Test
    void portsRefuseOtherShapes() {
        Port port = new Port("x", List.of(1, 28, 28), 0);
        assertThat(port.batch(3, 1, 28, 28)).isEqualTo(3);
        assertThatThrownBy(() -> port.batch(3, 28, 28))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("[3, 28, 28]")
                .hasMessageContaining("[N, 1, 28, 28]");
        assertThatThrownBy(() -> port.batch(0, 1, 28, 28)).isInstanceOf(InputException.class);
    }

    @Test
    void layersKeepTheirNames() {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", 1, 1, 3, 3);
        builder.node("Conv", constants(builder, 1, 1, 3, 3));
        Layer layer = read(builder).network().layers().get(0);
        assertThat(layer.name()).isEqualTo("Conv0");
        assertThat(layer.geometry().operator()).isEqualTo(Operator.CONVOLUTION);
    }

    private OnnxModel read(OnnxBuilder builder) {
        return new OnnxImport(ImportOptions.standard()).read(builder.write(folder.resolve("model.onnx")));
    }

    private OnnxModel assertEqualsOnnxRuntime(OnnxBuilder builder) {
        OnnxModel model = read(builder);
        float[] planes = values(model.input().words());
        float[] found = new FloatModel(model.network())
                .run(RealFrame.ofPlanes(model.network().input(), planes, 0))
                .planes();
        try (OnnxOracle oracle = new OnnxOracle(folder.resolve("model.onnx"))) {
            float[] wanted = oracle.run(planes, model.input().shape(1));
            assertThat(found).hasSameSizeAs(wanted);
            for (int i = 0; i < wanted.length; i++) {
                assertThat(found[i]).as("word %d", i).isCloseTo(wanted[i], within(1e-3f));
            }
        }
        return model;
    }

    private List<String> constants(OnnxBuilder builder, long... dims) {
        int count = (int) java.util.Arrays.stream(dims).reduce(1, Math::multiplyExact);
        return List.of(builder.constant("c" + random.nextLong(), values(count), dims));
    }

    private List<String> statistics(OnnxBuilder builder, int channels) {
        float[] variance = values(channels);
        for (int i = 0; i < channels; i++) {
            variance[i] = Math.abs(variance[i]) + 0.5f;
        }
        return List.of(
                constants(builder, channels).get(0),
                constants(builder, channels).get(0),
                constants(builder, channels).get(0),
                builder.constant("c" + random.nextLong(), variance, channels));
    }

    private float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
