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
import org.emat.integer.Requantiser;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.plan.Mapper;
import org.emat.reference.DrawnEngine;
import org.emat.reference.DrawnGeometry;
import org.emat.reference.DrawnGradient;
import org.emat.reference.TextbookBackward;
import org.emat.schedule.StallScript;
import org.emat.train.LayerPasses.ArrayPass;
import org.junit.jupiter.api.Test;

class PassPlannerTest {
    private static final NumberFormat WORD = new NumberFormat(8, true);
    private static final NumberFormat SUM = new NumberFormat(32, true);

    /** The golden models of all passes of any layer, on any mapping: ⟨y, g⟩ = ⟨x, dx⟩ = ⟨w, dw⟩, and textbook values. */
    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void passesAreTransposesOfEachOther(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LayerGeometry geometry = DrawnGradient.layer(random);
        Mapping mapping = Mapping.values()[random.nextInt(Mapping.values().length)];
        Architecture architecture =
                Mapper.lossless(DrawnEngine.lossless(random).architecture().with(mapping, 1));
        IntegerLayer layer = exact(geometry, architecture.weightBits(), random);
        LayerPasses passes = new PassPlanner(architecture, 1 + random.nextInt(9), 1).plan("pass", layer, WORD, 0, SUM);
        Frame x = frame(geometry.input(), random);
        Frame g = frame(geometry.output(), random);
        long[] y = longs(run(passes.forward(), architecture, x));
        long[] dx = longs(run(passes.error(), architecture, g));
        Gradient gradient = new GradientModel(passes.gradient()).run(List.of(x), List.of(g));
        TextbookBackward textbook = new TextbookBackward(geometry);
        long[] dw = new long[geometry.weightCount()];
        textbook.addGradient(x.words(), g.words(), dw);
        assertThat(dx).as("errors of %s, %s", geometry, mapping).isEqualTo(textbook.error(layer.weights(), g.words()));
        assertThat(gradient.weights())
                .as("gradient of %s, %s", geometry, mapping)
                .isEqualTo(dw);
        long product = product(y, g.words());
        assertThat(product(dx, x.words()))
                .as("<x, dx> and <y, g> of %s", geometry)
                .isEqualTo(product);
        assertThat(product(gradient.weights(), layer.weights()))
                .as("<w, dw> and <y, g> of %s", geometry)
                .isEqualTo(product);
    }

    /** The second layer of the DCGAN generator, whose 179,437,568 useful products an enumeration counts. */
    @Test
    void countsTheProductsOfAPublishedLayer() {
        Axis axis = new Axis(5, 2, 1, 2, 1, 0);
        LayerGeometry geometry =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(512, 8, 8), 256, axis, axis, 1);
        LayerPasses.Cycles free = count(geometry, Mapping.PHASE, 1024);
        LayerPasses.Cycles inserting = count(geometry, Mapping.ZERO_INSERTION, 1024);
        assertThat(free.gradient().products()).isEqualTo(179_437_568);
        assertThat(free.gradient().busy()).isEqualTo(179_437_568 / 1024);
        assertThat(inserting.gradient().products()).isEqualTo(15L * 15 * 25 * 512 * 256);
        assertThat(inserting.gradient().busy()).isEqualTo(15L * 15 * 25 * 512 * 256 / 1024);
        // 64 steps of 2 × 2 outputs or 256 of one; both errors are a convolution of 64 steps.
        assertThat(free.forward().engines().get(0).busy()).isEqualTo(64 * 8);
        assertThat(inserting.forward().engines().get(0).busy()).isEqualTo(256 * 8);
        assertThat(free.error()).isEqualTo(inserting.error());
        assertThat(free.error().engines().get(0).busy()).isEqualTo(64 * 8);
    }

    /** A strided convolution, whose error goes through a transposed convolution. */
    @Test
    void takesFewerStepsBackThroughAStridedConvolution() {
        Axis axis = new Axis(4, 2, 1, 1, 1, 0);
        LayerGeometry geometry = LayerGeometry.of(Operator.CONVOLUTION, new TensorShape(3, 16, 16), 8, axis, axis, 1);
        LayerPasses.Cycles free = count(geometry, Mapping.PHASE, 8);
        LayerPasses.Cycles inserting = count(geometry, Mapping.ZERO_INSERTION, 8);
        assertThat(free.forward()).isEqualTo(inserting.forward());
        assertThat(free.error().engines().get(0).busy()).isEqualTo(8 * 8 * 8);
        assertThat(inserting.error().engines().get(0).busy()).isEqualTo(16 * 16 * 8);
        assertThat(inserting.gradient().busy()).isEqualTo(15 * 15 * 16 * 3);
        assertThat(free.gradient().busy()).isLessThan(8 * 8 * 16 * 3 + 1);
    }

    private static LayerPasses.Cycles count(LayerGeometry geometry, Mapping mapping, int lanes) {
        IntegerLayer layer = exact(geometry, 8, new SplittableRandom(1));
        return new PassPlanner(Architecture.standard().with(mapping, 1), lanes, 1)
                .plan("pass", layer, WORD, 8, WORD)
                .count(1, StallScript.none());
    }

    private static Frame run(ArrayPass pass, Architecture architecture, Frame input) {
        return new EngineModel(
                        pass.plan().engines().get(0), 0, pass.network().layers().get(0), architecture, false)
                .run(input)
                .output();
    }

    private static IntegerLayer exact(LayerGeometry geometry, int weightBits, SplittableRandom random) {
        // Narrow enough for the sums of any drawn layer to fit their words.
        int reach = 1 << (Math.min(weightBits, 12) - 1);
        return new IntegerLayer(
                "layer",
                geometry,
                WORD,
                weightBits,
                DrawnGeometry.words(random, geometry.weightCount(), -reach, reach - 1),
                Requantiser.exact(new long[geometry.scaleCount()], SUM.min(), SUM.max()),
                new IntegerActivation.Bounded(),
                SUM);
    }

    private static Frame frame(TensorShape shape, SplittableRandom random) {
        return new Frame(shape, DrawnGeometry.words(random, shape.words(), -128, 127));
    }

    private static long[] longs(Frame frame) {
        return Arrays.stream(frame.words()).asLongStream().toArray();
    }

    private static long product(long[] a, int[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.addExact(sum, Math.multiplyExact(a[i], (long) b[i]));
        }
        return sum;
    }
}
