package org.emat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture.OnePixel;
import org.emat.integer.Frame;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.reference.DrawnGeometry;
import org.emat.reference.DrawnGradient;
import org.emat.reference.TextbookBackward;
import org.emat.reference.TextbookBackward.Meeting;
import org.emat.reference.TextbookLayer;
import org.emat.train.GradientPlan.Form;
import org.junit.jupiter.api.Test;

class GradientModelTest {
    /** Any layer's gradient is what textbook loops give, in both forms, and the inner products agree. */
    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void isTheSumOfOuterProducts(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DrawnGradient drawn = DrawnGradient.draw("drawn", random);
        LayerGeometry layer = drawn.plan().forward();
        TextbookBackward textbook = new TextbookBackward(layer);
        int[] weights = DrawnGeometry.words(random, layer.weightCount(), -100, 100);
        long[] expected = new long[layer.weightCount()];
        long[] bias = new long[layer.scaleCount()];
        long outputs = 0;
        for (int f = 0; f < drawn.frames(); f++) {
            int[] input = drawn.inputs().get(f).words();
            int[] error = drawn.errors().get(f).words();
            textbook.addGradient(input, error, expected);
            outputs += product(TextbookLayer.sums(layer, weights, input), error);
            for (int y = 0; y < layer.output().height(); y++) {
                for (int x = 0; x < layer.output().width(); x++) {
                    for (int c = 0; c < layer.output().channels(); c++) {
                        bias[layer.scaleIndex(y * layer.output().width() + x, c)] +=
                                drawn.errors().get(f).at(y, x, c);
                    }
                }
            }
        }
        Gradient gradient = new GradientModel(drawn.plan()).run(drawn.inputs(0), drawn.errors(0));
        assertThat(gradient.weights()).as("%s", drawn.plan()).isEqualTo(expected);
        assertThat(gradient.bias()).as("%s", drawn.plan()).isEqualTo(bias);
        assertThat(product(gradient.weights(), weights))
                .as("<w, dw> and <y, g>")
                .isEqualTo(outputs);
        int spare = 64 - drawn.plan().accumulatorBits();
        assertThat(LongStream.concat(Arrays.stream(expected), Arrays.stream(bias)))
                .as("words of %d bits", drawn.plan().accumulatorBits())
                .allMatch(word -> word << spare >> spare == word);
    }

    /** In the order of the layer's own weights whatever the form, and with inserted zeros a step per output pixel. */
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void comesInTheOrderOfTheLayersWeights(@ForAll long seed, @ForAll Form form) {
        SplittableRandom random = new SplittableRandom(seed);
        LayerGeometry layer = DrawnGradient.layer(random);
        NumberFormat words = new NumberFormat(7, true);
        GradientPlan plan = new GradientPlanner(form, OnePixel.DENSE, 1 + random.nextInt(3), 1)
                .inOrder("ordered", layer, words, words);
        int[] input = DrawnGeometry.words(random, layer.input().words(), -64, 63);
        int[] error = DrawnGeometry.words(random, layer.output().words(), -64, 63);
        long[] expected = new long[layer.weightCount()];
        new TextbookBackward(layer).addGradient(input, error, expected);
        Gradient gradient = new GradientModel(plan)
                .run(List.of(new Frame(layer.input(), input)), List.of(new Frame(layer.output(), error)));
        assertThat(plan.walked()).isEqualTo(layer);
        assertThat(gradient.weights()).as("%s", plan).isEqualTo(expected);
        if (form == Form.ZERO_INSERTING && layer.operator() == Operator.TRANSPOSED_CONVOLUTION) {
            long perPair = (long) layer.output().channels() * layer.input().channels() / layer.groups();
            assertThat(plan.steps()).isEqualTo(layer.output().pixels());
            assertThat(new GradientWork(plan).products())
                    .isEqualTo(layer.output().pixels() * layer.kernelSize() * perPair);
        }
    }

    /** Products and cycles of each step, counted from the operator's definition. */
    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void countsUsefulProductsOnly(@ForAll long seed) {
        GradientPlan plan =
                DrawnGradient.draw("drawn", new SplittableRandom(seed)).plan();
        LayerGeometry layer = plan.forward();
        long perPair = (long) layer.output().channels() * layer.input().channels() / layer.groups();
        List<Meeting> meetings = new TextbookBackward(layer).meetings();
        GradientWork work = new GradientWork(plan);
        assertThat(work.usefulProducts()).as("%s", plan).isEqualTo(meetings.size() * perPair);
        if (plan.form() == Form.ZERO_INSERTING && layer.operator() != Operator.DENSE) {
            long pairs = dilated(layer, true) * dilated(layer, false) * layer.kernelSize();
            long steps = dilated(layer, true) * dilated(layer, false);
            assertThat(work.products()).as("%s", plan).isEqualTo(pairs * perPair);
            assertThat(plan.steps()).isEqualTo(steps);
            assertThat(work.cycles()).isEqualTo(steps * ceil(layer.kernelSize() * perPair, plan.lanes()));
            return;
        }
        boolean transposed = layer.operator() == Operator.TRANSPOSED_CONVOLUTION;
        boolean whole = layer.operator() == Operator.DENSE || plan.steps() == 1;
        int blockY =
                whole ? layer.output().height() : transposed ? layer.vertical().stride() : 1;
        int blockX =
                whole ? layer.output().width() : transposed ? layer.horizontal().stride() : 1;
        Map<List<Integer>, Long> products = new HashMap<>();
        for (Meeting at : meetings) {
            products.merge(List.of(at.outputY() / blockY, at.outputX() / blockX), perPair, Long::sum);
        }
        assertThat(work.products()).as("%s", plan).isEqualTo(meetings.size() * perPair);
        assertThat(work.cycles())
                .as("%s", plan)
                .isEqualTo(products.values().stream()
                        .mapToLong(count -> ceil(count, plan.lanes()))
                        .sum());
    }

    /** Positions of the kernel with inserted zeros: the error of a convolution, the input of a transposed convolution. */
    private static long dilated(LayerGeometry layer, boolean vertical) {
        TensorShape kernel = layer.operator() == Operator.CONVOLUTION ? layer.output() : layer.input();
        return vertical
                ? (kernel.height() - 1L) * layer.vertical().stride() + 1
                : (kernel.width() - 1L) * layer.horizontal().stride() + 1;
    }

    private static long ceil(long count, int lanes) {
        return count / lanes + (count % lanes == 0 ? 0 : 1);
    }

    /** Central differences of ½‖y − t‖², which are exact for a quadratic up to rounding. */
    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void equalsFiniteDifferences(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LayerGeometry layer = DrawnGradient.layer(random);
        int[] input = DrawnGeometry.words(random, layer.input().words(), -9, 9);
        int[] weights = DrawnGeometry.words(random, layer.weightCount(), -9, 9);
        int[] target = DrawnGeometry.words(random, layer.output().words(), -99, 99);
        long[] sums = TextbookLayer.sums(layer, weights, input);
        int[] error = new int[target.length];
        for (int i = 0; i < error.length; i++) {
            error[i] = Math.toIntExact(sums[i] - target[i]);
        }
        GradientPlan plan = new GradientPlanner(Form.ZERO_FREE, OnePixel.DENSE, 1, 1)
                .plan("differences", layer, new NumberFormat(5, true), new NumberFormat(24, true));
        Gradient gradient = new GradientModel(plan)
                .run(List.of(new Frame(layer.input(), input)), List.of(new Frame(layer.output(), error)));
        TextbookBackward textbook = new TextbookBackward(layer);
        for (int draw = 0; draw < 5; draw++) {
            int weight = random.nextInt(weights.length);
            double step = 0.25;
            double above = loss(textbook, weights, weight, step, input, target);
            double below = loss(textbook, weights, weight, -step, input, target);
            assertThat((above - below) / (2 * step))
                    .as("weight %d of %s", weight, layer)
                    .isCloseTo(gradient.weights()[weight], within(1e-6));
        }
    }

    private static double loss(
            TextbookBackward textbook, int[] weights, int weight, double step, int[] input, int[] target) {
        double[] moved = Arrays.stream(weights).asDoubleStream().toArray();
        moved[weight] += step;
        double[] sums =
                textbook.sums(moved, Arrays.stream(input).asDoubleStream().toArray());
        double loss = 0;
        for (int i = 0; i < sums.length; i++) {
            loss += (sums[i] - target[i]) * (sums[i] - target[i]) / 2;
        }
        return loss;
    }

    @Test
    void refusesFramesThatDoNotFit() {
        LayerGeometry layer = LayerGeometry.dense(new TensorShape(2, 1, 1), new TensorShape(1, 1, 1));
        GradientPlan plan = new GradientPlanner(Form.ZERO_FREE, OnePixel.DENSE, 1, 1)
                .plan("g", layer, new NumberFormat(4, false), new NumberFormat(4, true));
        GradientModel model = new GradientModel(plan);
        Frame input = new Frame(layer.input(), new int[] {1, 16});
        Frame error = new Frame(layer.output(), new int[] {1});
        assertThatThrownBy(() -> model.run(List.of(input), List.of(error)))
                .hasMessage("the gradient of 'g': input 16 does not fit 4 unsigned bits");
        assertThatThrownBy(() -> model.run(List.of(error), List.of(error)))
                .hasMessage("the gradient of 'g' takes an input of 2x1x1, not 1x1x1");
        assertThatThrownBy(() -> model.run(List.of(input, input), List.of(error, error)))
                .hasMessage("a batch of 'g' has 1 to 1 frames and as many errors, not 2 and 2");
    }

    @Test
    void refusesAccumulatorsAbove62Bits() {
        LayerGeometry layer = LayerGeometry.dense(new TensorShape(2, 1, 1), new TensorShape(1, 1, 1));
        NumberFormat widest = new NumberFormat(32, true);
        assertThatThrownBy(() ->
                        new GradientPlanner(Form.ZERO_FREE, OnePixel.DENSE, 1, 8).plan("g", layer, widest, widest))
                .hasMessage("the gradient of 'g' needs accumulators of 67 bits; at most 62 are supported");
    }

    private static long product(long[] a, int[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.addExact(sum, Math.multiplyExact(a[i], (long) b[i]));
        }
        return sum;
    }
}
