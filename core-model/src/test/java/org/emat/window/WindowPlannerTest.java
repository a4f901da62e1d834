package org.emat.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture.Mapping;
import org.emat.arch.Architecture.OnePixel;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.reference.DrawnGeometry;
import org.junit.jupiter.api.Test;

class WindowPlannerTest {

    /** One product of an input pixel and a kernel position. */
    private record Product(int inputY, int inputX, int kernelIndex) {}

    @Property(tries = 5000, shrinking = ShrinkingMode.OFF)
    void coversEveryProductOfEveryOutputOnce(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LayerGeometry layer = DrawnGeometry.draw(random);
        Mapping mapping = random.nextBoolean() ? Mapping.PHASE : Mapping.ZERO_INSERTION;
        OnePixel onePixel = random.nextBoolean() ? OnePixel.DENSE : OnePixel.WINDOW;
        WindowPlan plan = new WindowPlanner(mapping, onePixel).plan(layer);
        for (int y = 0; y < layer.output().height(); y++) {
            for (int x = 0; x < layer.output().width(); x++) {
                assertThat(planned(plan, y, x))
                        .as("output (%d, %d) of %s", y, x, layer)
                        .containsExactlyInAnyOrderElementsOf(needed(layer, y, x));
            }
        }
    }

    /** Products whose input pixel is real, as the plan forms them for an output pixel. */
    private static List<Product> planned(WindowPlan plan, int y, int x) {
        WindowAxis vertical = plan.vertical();
        WindowAxis horizontal = plan.horizontal();
        int top = vertical.start(y / vertical.block());
        int left = horizontal.start(x / horizontal.block());
        List<Product> products = new ArrayList<>();
        for (Tap tap : plan.phases().get(y % vertical.block() * horizontal.block() + x % horizontal.block())) {
            int inputY = vertical.real(top + tap.windowY());
            int inputX = horizontal.real(left + tap.windowX());
            if (inputY >= 0 && inputX >= 0) {
                products.add(new Product(inputY, inputX, tap.kernelIndex()));
            }
        }
        return products;
    }

    /** All pairs of input pixel and kernel position that meet at an output pixel by the operator's definition. */
    private static List<Product> needed(LayerGeometry layer, int y, int x) {
        List<Product> products = new ArrayList<>();
        for (int inputY = 0; inputY < layer.input().height(); inputY++) {
            for (int inputX = 0; inputX < layer.input().width(); inputX++) {
                if (layer.operator() == Operator.DENSE) {
                    int output = y * layer.output().width() + x;
                    int input = inputY * layer.input().width() + inputX;
                    products.add(
                            new Product(inputY, inputX, output * layer.input().pixels() + input));
                    continue;
                }
                for (int ky = 0; ky < layer.vertical().kernel(); ky++) {
                    for (int kx = 0; kx < layer.horizontal().kernel(); kx++) {
                        if (meet(layer.operator(), layer.vertical(), inputY, y, ky)
                                && meet(layer.operator(), layer.horizontal(), inputX, x, kx)) {
                            products.add(new Product(
                                    inputY, inputX, ky * layer.horizontal().kernel() + kx));
                        }
                    }
                }
            }
        }
        return products;
    }

    private static boolean meet(Operator operator, Axis axis, int input, int output, int kernel) {
        return operator == Operator.CONVOLUTION
                ? input == output * axis.stride() + kernel * axis.dilation() - axis.padBegin()
                : output == input * axis.stride() + kernel * axis.dilation() - axis.padBegin();
    }

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void takesOneStepPerBlockAndAWindowOfInputPixelsOnly(@ForAll long seed) {
        LayerGeometry layer = DrawnGeometry.draw(new SplittableRandom(seed));
        WindowPlan plan = new WindowPlanner(Mapping.PHASE, OnePixel.WINDOW).plan(layer);
        if (layer.operator() == Operator.DENSE) {
            assertThat(plan.steps()).isEqualTo(1);
        } else {
            assertSizes(
                    layer.operator(),
                    layer.vertical(),
                    plan.vertical(),
                    layer.output().height());
            assertSizes(
                    layer.operator(),
                    layer.horizontal(),
                    plan.horizontal(),
                    layer.output().width());
        }
    }

    private static void assertSizes(Operator operator, Axis axis, WindowAxis planned, int output) {
        boolean transposed = operator == Operator.TRANSPOSED_CONVOLUTION;
        int block = transposed ? axis.stride() : 1;
        assertThat(planned.steps()).isEqualTo((output + block - 1) / block);
        assertThat(planned.stretch()).isEqualTo(1);
        assertThat(planned.window())
                .isLessThanOrEqualTo(
                        transposed ? (axis.extent() + axis.stride() - 1) / axis.stride() + 1 : axis.extent());
    }

    /** The layer of the figures: 5 × 5 taps, stride 2, split into sub-kernels of 9, 6, 6 and 4 taps on one 3 × 3 window. */
    @Test
    void splitsTheTapsOfATransposedConvolutionByPhase() {
        Axis axis = new Axis(5, 2, 1, 2, 2, 1);
        LayerGeometry layer =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(1, 8, 8), 1, axis, axis, 1);
        WindowPlan plan = new WindowPlanner(Mapping.PHASE, OnePixel.DENSE).plan(layer);
        assertThat(plan.phases()).extracting(List::size).containsExactly(9, 6, 6, 4);
        assertThat(plan.steps()).isEqualTo(64);
        assertThat(plan.windowPixels()).isEqualTo(9);
    }

    /** The textbook accelerator takes one step per output pixel and a window as large as the kernel. */
    @Test
    void insertsZerosWhereAskedTo() {
        Axis axis = new Axis(5, 2, 1, 2, 2, 1);
        LayerGeometry layer =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(1, 8, 8), 1, axis, axis, 1);
        WindowPlan plan = new WindowPlanner(Mapping.ZERO_INSERTION, OnePixel.DENSE).plan(layer);
        assertThat(plan.phases()).extracting(List::size).containsExactly(25);
        assertThat(plan.steps()).isEqualTo(256);
        assertThat(plan.vertical().stretch()).isEqualTo(2);
    }

    /** A phase that no tap reaches has no array: here the kernel is smaller than the stride. */
    @Test
    void leavesPhasesWithoutTapsEmpty() {
        Axis axis = new Axis(1, 2, 1, 0, 0, 1);
        LayerGeometry layer =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(1, 2, 2), 1, axis, axis, 1);
        WindowPlan plan = new WindowPlanner(Mapping.PHASE, OnePixel.DENSE).plan(layer);
        assertThat(plan.phases()).extracting(List::size).containsExactly(1, 0, 0, 0);
    }
}
