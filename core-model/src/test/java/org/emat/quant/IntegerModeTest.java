package org.emat.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.network.Activation;
import org.emat.network.InputException;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.Network;
import org.emat.network.NumberFormat;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;
import org.emat.reference.DrawnGeometry;
import org.emat.reference.TextbookLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IntegerModeTest {

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void computesWhatTheTextbookDefines(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LayerGeometry geometry = DrawnGeometry.draw(random);
        int[] weights = DrawnGeometry.words(random, geometry.weightCount(), -300, 300);
        int[] bias = DrawnGeometry.words(random, geometry.scaleCount(), -5000, 5000);
        boolean clipped = random.nextBoolean();
        Activation activation = clipped ? new Activation.Clip(-700, 2000) : new Activation.None();
        Layer layer = new Layer("drawn", geometry, reals(weights), reals(bias), activation);
        NumberFormat format = new NumberFormat(1 + random.nextInt(10), random.nextBoolean());
        int[] input = DrawnGeometry.words(random, geometry.input().words(), (int) format.min(), (int) format.max());
        IntegerNetwork network = new IntegerMode(format).convert(new Network("drawn", List.of(layer)));
        int[] found = new IntegerModel(network)
                .run(new Frame(geometry.input(), input))
                .words();
        long[] wanted = TextbookLayer.sums(geometry, weights, input);
        int channels = geometry.output().channels();
        for (int i = 0; i < found.length; i++) {
            long sum = wanted[i] + bias[geometry.scaleIndex(i / channels, i % channels)];
            assertThat(found[i]).as("%s, word %d", geometry, i).isEqualTo((int)
                    (clipped ? Math.max(-700, Math.min(2000, sum)) : sum));
        }
    }

    /** The bounds of a layer are reached by inputs that its signs choose, so the words between layers are no wider. */
    @Test
    void boundsAreTight() {
        LayerGeometry geometry = LayerGeometry.dense(new TensorShape(3, 1, 1), new TensorShape(1, 1, 1));
        Layer layer = new Layer("sum", geometry, new double[] {3, -2, 1}, new double[] {10}, new Activation.None());
        IntegerLayer integer = new IntegerMode(new NumberFormat(4, false))
                .convert(new Network("n", List.of(layer)))
                .layers()
                .get(0);
        assertThat(integer.requantiser().low()).isEqualTo(10 - 2 * 15);
        assertThat(integer.requantiser().high()).isEqualTo(10 + 4 * 15);
        assertThat(integer.output()).isEqualTo(new NumberFormat(8, true));
        assertThat(integer.weightBits()).isEqualTo(3);
    }

    @Test
    void inputFormatFollowsFromTheData() {
        Frame positive = new Frame(new TensorShape(2, 1, 1), new int[] {0, 200});
        Frame negative = new Frame(new TensorShape(2, 1, 1), new int[] {-3, 4});
        assertThat(IntegerMode.inputFormat(List.of(positive), OptionalInt.empty()))
                .isEqualTo(new NumberFormat(8, false));
        assertThat(IntegerMode.inputFormat(List.of(positive, negative), OptionalInt.empty()))
                .isEqualTo(new NumberFormat(9, true));
        assertThat(IntegerMode.inputFormat(List.of(negative), OptionalInt.of(4)))
                .isEqualTo(new NumberFormat(4, true));
        assertThatThrownBy(() -> IntegerMode.inputFormat(List.of(positive), OptionalInt.of(7)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("7 bits");
        assertThatThrownBy(() -> IntegerMode.inputFormat(List.of(positive), OptionalInt.of(33)))
                .isInstanceOf(InputException.class);
    }

    @Test
    void realFramesMustBeWhole() {
        TensorShape shape = new TensorShape(2, 1, 2);
        RealFrame frame = RealFrame.ofPlanes(shape, new float[] {1, -2, 16777216, 4}, 0);
        assertThat(IntegerMode.words(frame)).isEqualTo(Frame.ofPlanes(shape, new int[] {1, -2, 16777216, 4}, 0));
        assertThat(IntegerMode.words(frame).planes()).containsExactly(1, -2, 16777216, 4);
        for (float bad : new float[] {0.5f, Float.NaN, Float.POSITIVE_INFINITY, 3e9f}) {
            RealFrame other = new RealFrame(new TensorShape(1, 1, 1), new float[] {bad});
            assertThatThrownBy(() -> IntegerMode.words(other))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("whole numbers");
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(layer(0.5, 0, new Activation.None()), "weight 0.5 is not a whole number"),
                Arguments.of(layer(32768, 0, new Activation.None()), "more than 16 bits"),
                Arguments.of(layer(1e9, 0, new Activation.None()), "more than 16 bits"),
                Arguments.of(layer(1, 0.25, new Activation.None()), "bias 0.25"),
                Arguments.of(layer(1, 1e18, new Activation.None()), "bias 1.0E18"),
                Arguments.of(layer(1, 1e10, new Activation.None()), "32 bits"),
                Arguments.of(layer(1, 0, new Activation.Clip(0, 2.5)), "clip bound 2.5"),
                Arguments.of(layer(1, 0, new Activation.Tanh()), "Tanh"),
                Arguments.of(layer(1, 0, new Activation.Sigmoid()), "Sigmoid"),
                Arguments.of(layer(1, 0, new Activation.Slope(new double[] {2})), "LeakyRelu or PRelu"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatIsNotWhole(Layer layer, String fragment) {
        assertThatThrownBy(() -> new IntegerMode(new NumberFormat(8, false)).convert(new Network("n", List.of(layer))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'sum'")
                .hasMessageContaining(fragment);
    }

    @Test
    void refusesSumsBeyondThirtyTwoBits() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            layers.add(layer(32767, 0, new Activation.None()));
        }
        assertThatThrownBy(() -> new IntegerMode(new NumberFormat(8, false)).convert(new Network("n", layers)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("beyond the 32 bits");
    }

    private static Layer layer(double weight, double bias, Activation activation) {
        LayerGeometry geometry = LayerGeometry.dense(new TensorShape(1, 1, 1), new TensorShape(1, 1, 1));
        return new Layer("sum", geometry, new double[] {weight}, new double[] {bias}, activation);
    }

    private static double[] reals(int[] words) {
        return java.util.Arrays.stream(words).asDoubleStream().toArray();
    }
}
