package org.emat.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Mapping;
import org.emat.golden.EngineModel;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.reference.DrawnEngine;
import org.emat.reference.DrawnGeometry;
import org.emat.reference.DrawnGradient;
import org.emat.reference.TextbookBackward;
import org.emat.reference.TextbookLayer;
import org.junit.jupiter.api.Test;

class ErrorLayerTest {
    private static final NumberFormat ERROR = new NumberFormat(8, true);

    /** Any layer's error is what textbook loops give, through both mappings, and the inner products agree. */
    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void carriesTheErrorBack(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LayerGeometry forward = DrawnGradient.layer(random);
        Architecture architecture = DrawnEngine.lossless(random).architecture();
        int bits = architecture.weightBits();
        int[] weights = DrawnGeometry.words(random, forward.weightCount(), -1 << (bits - 1), (1 << (bits - 1)) - 1);
        int[] input = DrawnGeometry.words(random, forward.input().words(), -128, 127);
        int[] error = DrawnGeometry.words(random, forward.output().words(), -128, 127);
        long[] expected = new TextbookBackward(forward).error(weights, error);
        assertThat(product(TextbookLayer.sums(forward, weights, input), error))
                .as("<y, g> and <x, dx> of %s", forward)
                .isEqualTo(product(expected, input));
        int shift = random.nextInt(8);
        NumberFormat output = new NumberFormat(6 + random.nextInt(27), true);
        IntegerLayer layer = new ErrorLayer(forward).layer(layer(forward, bits, weights), ERROR, shift, output);
        assertThat(layer.geometry().output()).isEqualTo(forward.input());
        for (Mapping mapping : Mapping.values()) {
            Frame got = run(layer, with(architecture, mapping), new Frame(forward.output(), error));
            for (int i = 0; i < expected.length; i++) {
                assertThat((long) got.words()[i])
                        .as("%s: word %d of the error through %s", mapping, i, forward)
                        .isEqualTo(output.saturate(Requantiser.roundHalfEven(expected[i], shift)));
            }
        }
    }

    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void goesBackToTheForwardLayer(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LayerGeometry forward = DrawnGradient.layer(random);
        int[] weights = DrawnGeometry.words(random, forward.weightCount(), -32, 31);
        ErrorLayer error = new ErrorLayer(forward);
        ErrorLayer again = new ErrorLayer(error.geometry());
        assertThat(again.geometry().input()).isEqualTo(forward.input());
        assertThat(again.geometry().output()).isEqualTo(forward.output());
        assertThat(again.weights(error.weights(weights))).isEqualTo(weights);
        assertThat(error.forwardOrder(longs(error.weights(weights)))).isEqualTo(longs(weights));
    }

    /** Rows that a strided convolution never reads get error 0. */
    @Test
    void givesUnreadInputsNoError() {
        Axis axis = new Axis(2, 3, 1, 0, 0, 0);
        LayerGeometry forward = LayerGeometry.of(Operator.CONVOLUTION, new TensorShape(1, 7, 7), 1, axis, axis, 1);
        LayerGeometry error = new ErrorLayer(forward).geometry();
        assertThat(error.vertical().outputPadding()).isEqualTo(2);
        IntegerLayer layer = new ErrorLayer(forward)
                .layer(layer(forward, 2, new int[] {1, 1, 1, 1}), ERROR, 0, new NumberFormat(8, true));
        Frame got = run(layer, Architecture.standard(), new Frame(forward.output(), new int[] {1, 2, 3, 4}));
        assertThat(got.words())
                .containsExactly(
                        1, 1, 0, 2, 2, 0, 0, //
                        1, 1, 0, 2, 2, 0, 0, //
                        0, 0, 0, 0, 0, 0, 0, //
                        3, 3, 0, 4, 4, 0, 0, //
                        3, 3, 0, 4, 4, 0, 0, //
                        0, 0, 0, 0, 0, 0, 0, //
                        0, 0, 0, 0, 0, 0, 0);
    }

    /** Output padding of a stride or more, which ONNX allows where the dilation is larger, is cut off the error. */
    @Test
    void cutsOutputPaddingOfWholeStrides() {
        Axis axis = new Axis(2, 2, 4, 0, 0, 3);
        LayerGeometry forward =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(1, 3, 3), 1, axis, axis, 1);
        LayerGeometry error = new ErrorLayer(forward).geometry();
        assertThat(error.vertical().padEnd()).isEqualTo(-2);
        assertThat(error.output()).isEqualTo(forward.input());
    }

    private static Frame run(IntegerLayer layer, Architecture architecture, Frame error) {
        Plan plan = new Mapper(architecture).map("error", new IntegerNetwork("error", List.of(layer)));
        return new EngineModel(plan.engines().get(0), 0, layer, architecture, false)
                .run(error)
                .output();
    }

    private static IntegerLayer layer(LayerGeometry geometry, int weightBits, int[] weights) {
        return new IntegerLayer(
                "layer",
                geometry,
                new NumberFormat(8, true),
                weightBits,
                weights,
                Requantiser.exact(new long[geometry.scaleCount()], -128, 127),
                new IntegerActivation.Bounded(),
                new NumberFormat(8, true));
    }

    private static Architecture with(Architecture a, Mapping mapping) {
        return Mapper.lossless(a.with(mapping, 1));
    }

    private static long product(long[] a, int[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.addExact(sum, Math.multiplyExact(a[i], (long) b[i]));
        }
        return sum;
    }

    private static long[] longs(int[] words) {
        return Arrays.stream(words).asLongStream().toArray();
    }
}
