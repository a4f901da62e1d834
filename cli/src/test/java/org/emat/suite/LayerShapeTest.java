package org.emat.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.emat.arch.Architecture.Mapping;
import org.emat.arch.Architecture.OnePixel;
import org.emat.network.Operator;
import org.emat.window.Tap;
import org.emat.window.WindowAxis;
import org.emat.window.WindowPlan;
import org.emat.window.WindowPlanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LayerShapeTest {
    private static final long MOST_PAIRS = 100_000_000;

    /** One line of the table of exact counts: set, row, which layer of it, then the figures. */
    @ParameterizedTest(name = "{0} {1} layer {2}")
    @CsvSource({
        // set, row, layer, N, C, O, M, K, s, lo, hi, weights, useful, zero-inserted, ratio, steps A, steps D
        "gan, dcgan, 1, 4, 1024, 8, 512, 5, 2, 2, 1, 13107200, 151519232, 838860800, 5.54, 64, 16",
        "gan, dcgan, 2, 8, 512, 16, 256, 5, 2, 2, 1, 3276800, 179437568, 838860800, 4.67, 256, 64",
        "gan, dcgan, 3, 16, 256, 32, 128, 5, 2, 2, 1, 819200, 194281472, 838860800, 4.32, 1024, 256",
        "gan, dcgan, 4, 32, 128, 64, 3, 5, 2, 2, 1, 9600, 9465216, 39321600, 4.15, 4096, 1024",
        "gan, improved-gan, 1, 4, 512, 8, 256, 5, 2, 2, 1, 3276800, 37879808, 209715200, 5.54, 64, 16",
        "gan, improved-gan, 2, 8, 256, 16, 128, 5, 2, 2, 1, 819200, 44859392, 209715200, 4.67, 256, 64",
        "gan, improved-gan, 3, 16, 128, 32, 3, 5, 2, 2, 1, 9600, 2276736, 9830400, 4.32, 1024, 256",
        "gan, sngan-cifar, 1, 4, 512, 8, 256, 4, 2, 1, 1, 2097152, 25690112, 134217728, 5.22, 64, 16",
        "gan, sngan-cifar, 2, 8, 256, 16, 128, 4, 2, 1, 1, 524288, 29491200, 134217728, 4.55, 256, 64",
        "gan, sngan-cifar, 3, 16, 128, 32, 64, 4, 2, 1, 1, 131072, 31490048, 134217728, 4.26, 1024, 256",
        "gan, sngan-cifar, 4, 32, 64, 32, 3, 3, 1, 1, 1, 1728, 1696512, 1769472, 1.04, 1024, 1024",
        "gan, sngan-stl, 1, 6, 512, 12, 256, 4, 2, 1, 1, 2097152, 63438848, 301989888, 4.76, 144, 36",
        "gan, sngan-stl, 2, 12, 256, 24, 128, 4, 2, 1, 1, 524288, 69337088, 301989888, 4.36, 576, 144",
        "gan, sngan-stl, 3, 24, 128, 48, 64, 4, 2, 1, 1, 131072, 72384512, 301989888, 4.17, 2304, 576",
        "gan, sngan-stl, 4, 48, 64, 48, 3, 3, 1, 1, 1, 1728, 3871488, 3981312, 1.03, 2304, 2304",
        "gan, gp-gan, 0, 1, 4000, 4, 512, 4, 1, 0, 0, 32768000, 32768000, 524288000, 16.00, 16, 16",
        "gan, gp-gan, 1, 4, 512, 8, 256, 4, 2, 1, 1, 2097152, 25690112, 134217728, 5.22, 64, 16",
        "gan, gp-gan, 2, 8, 256, 16, 128, 4, 2, 1, 1, 524288, 29491200, 134217728, 4.55, 256, 64",
        "gan, gp-gan, 3, 16, 128, 32, 64, 4, 2, 1, 1, 131072, 31490048, 134217728, 4.26, 1024, 256",
        "gan, gp-gan, 4, 32, 64, 64, 3, 4, 2, 1, 1, 3072, 3048192, 12582912, 4.13, 4096, 1024",
        "gan, discogan, 0, 4, 512, 8, 256, 4, 2, 1, 1, 2097152, 25690112, 134217728, 5.22, 64, 16",
        "gan, discogan, 1, 8, 256, 16, 128, 4, 2, 1, 1, 524288, 29491200, 134217728, 4.55, 256, 64",
        "gan, discogan, 2, 16, 128, 32, 64, 4, 2, 1, 1, 131072, 31490048, 134217728, 4.26, 1024, 256",
        "gan, discogan, 3, 32, 64, 64, 3, 4, 2, 1, 1, 3072, 3048192, 12582912, 4.13, 4096, 1024",
        "volumes, 3d-gan, 0, 1, 200, 4, 512, 4, 1, 0, 0, 6553600, 6553600, 419430400, 64.00, 64, 64",
        "volumes, 3d-gan, 1, 4, 512, 8, 256, 4, 2, 1, 1, 8388608, 359661568, 4294967296, 11.94, 512, 64",
        "volumes, 3d-gan, 2, 8, 256, 16, 128, 4, 2, 1, 1, 2097152, 884736000, 8589934592, 9.71, 4096, 512",
        "volumes, 3d-gan, 3, 16, 128, 32, 64, 4, 2, 1, 1, 524288, 1952382976, 17179869184, 8.80, 32768, 4096",
        "volumes, 3d-gan, 4, 32, 64, 64, 1, 4, 2, 1, 1, 4096, 128024064, 1073741824, 8.39, 262144, 32768",
        "fcn, fcn-8s-2x, 0, 16, 21, 34, 21, 4, 2, 0, 0, 7056, 1806336, 8156736, 4.52, 1156, 289",
        "fcn, fcn-8s-2x-pool4, 0, 34, 21, 70, 21, 4, 2, 0, 0, 7056, 8156736, 34574400, 4.24, 4900, 1225",
        "fcn, fcn-8s-8x, 0, 70, 21, 568, 21, 16, 8, 0, 0, 112896, 553190400, 36422959104, 65.84, 322624, 5041",
        "fcn, fcn-16s-16x, 0, 34, 21, 560, 21, 32, 16, 0, 0, 451584, 522031104, 141616742400, 271.28, 313600, 1225",
        "fcn, fcn-32s-32x, 0, 16, 21, 544, 21, 64, 32, 0, 0, 1806336, 462422016, 534559850496, 1156.00, 295936, 289",
        "red, GAN_Deconv1, 0, 8, 512, 16, 256, 5, 2, 2, 1, 3276800, 179437568, 838860800, 4.67, 256, 64",
        "red, GAN_Deconv2, 0, 4, 512, 8, 256, 5, 2, 2, 1, 3276800, 37879808, 209715200, 5.54, 64, 16",
        "red, GAN_Deconv3, 0, 4, 512, 8, 256, 4, 2, 1, 1, 2097152, 25690112, 134217728, 5.22, 64, 16",
        "red, GAN_Deconv4, 0, 6, 512, 12, 256, 4, 2, 1, 1, 2097152, 63438848, 301989888, 4.76, 144, 36",
        "red, FCN_Deconv1, 0, 16, 21, 34, 21, 4, 2, 0, 0, 7056, 1806336, 8156736, 4.52, 1156, 289",
        "red, FCN_Deconv2, 0, 70, 21, 568, 21, 16, 8, 0, 0, 112896, 553190400, 36422959104, 65.84, 322624, 5041"
    })
    void countsAreThoseOfTheTable(
            String set,
            String row,
            int layer,
            int input,
            int channels,
            int output,
            int outputs,
            int kernel,
            int stride,
            int low,
            int high,
            long weights,
            long useful,
            long zeroInserted,
            double ratio,
            long zeroInsertionSteps,
            long phaseSteps) {
        LayerShape shape = BenchmarkSet.named(set).row(row).layers().get(layer);
        int dimensions = set.equals("volumes") ? 3 : 2;
        assertThat(shape)
                .isEqualTo(new LayerShape(
                        Operator.TRANSPOSED_CONVOLUTION,
                        dimensions,
                        input,
                        channels,
                        output,
                        outputs,
                        kernel,
                        stride,
                        low,
                        high));
        assertThat(shape.weights()).isEqualTo(weights);
        assertThat(shape.usefulMacs()).isEqualTo(useful);
        assertThat(shape.zeroInsertedMacs()).isEqualTo(zeroInserted);
        assertThat((double) shape.zeroInsertedMacs() / shape.usefulMacs()).isCloseTo(ratio, within(0.005));
        assertThat(shape.zeroInsertionSteps()).isEqualTo(zeroInsertionSteps);
        assertThat(shape.phaseSteps()).isEqualTo(phaseSteps);
        assertThat(shape.paddingFreeSteps()).isEqualTo((long) Math.pow(input, dimensions));
    }

    /** 7 output pixels in blocks of 2. */
    @Test
    void theLastBlockMayBeCutOff() {
        LayerShape odd = new LayerShape(Operator.TRANSPOSED_CONVOLUTION, 2, 4, 1, 7, 1, 3, 2, 1, 1);
        assertThat(odd.phaseSteps()).isEqualTo(16);
        assertThat(new WindowPlanner(Mapping.PHASE, OnePixel.WINDOW)
                        .plan(odd.geometry())
                        .steps())
                .isEqualTo(16);
    }

    /** RED folds 256 sub-crossbars to 128: 64 / 2 = 32 times fewer vector operations than with inserted zeros. */
    @Test
    void foldingHalvesTheGain() {
        LayerShape shape = BenchmarkSet.named("red").row("FCN_Deconv2").layers().get(0);
        assertThat(shape.pixelWiseOperations(2)).isEqualTo(2 * 5041);
        assertThat((double) shape.zeroInsertionSteps() / shape.pixelWiseOperations(2))
                .isCloseTo(32, within(0.1));
    }

    static List<LayerShape> smallLayers() {
        Set<String> seen = new TreeSet<>();
        List<LayerShape> layers = new ArrayList<>();
        for (BenchmarkSet set : BenchmarkSet.all()) {
            for (Row row : set.rows()) {
                for (LayerShape layer : row.layers()) {
                    if (pairs(layer) <= MOST_PAIRS && seen.add(layer.toString())) {
                        layers.add(layer);
                    }
                }
            }
        }
        assertThat(layers).hasSizeGreaterThan(40);
        return layers;
    }

    private static double pairs(LayerShape layer) {
        return layer.operator() == Operator.DENSE
                ? Math.pow((double) layer.input() * layer.output(), layer.dimensions())
                : Math.pow((double) Math.max(layer.input(), layer.output()) * layer.kernel(), layer.dimensions());
    }

    /** Every tap of every pixel of all axes at once, in the definitions' own words. */
    @ParameterizedTest
    @MethodSource("smallLayers")
    void usefulProductsAreThoseOfAnEnumeration(LayerShape layer) {
        long pairs = 0;
        int depth = layer.dimensions() == 3 ? 1 : 0;
        boolean transposed = layer.operator() == Operator.TRANSPOSED_CONVOLUTION;
        int from = transposed ? layer.input() : layer.output();
        if (layer.operator() == Operator.DENSE) {
            pairs = Math.round(pairs(layer));
        } else {
            for (int z = 0; z < (depth == 1 ? from : 1); z++) {
                for (int y = 0; y < from; y++) {
                    for (int x = 0; x < from; x++) {
                        pairs += taps(layer, depth == 1 ? z : -1, y, x);
                    }
                }
            }
        }
        assertThat(layer.usefulMacs()).isEqualTo(pairs * layer.channels() * layer.outputs());
    }

    /** Taps of a pixel that meet a real pixel; {@code z} is −1 in two dimensions. */
    private static long taps(LayerShape layer, int z, int y, int x) {
        long taps = 0;
        for (int c = 0; c < (z < 0 ? 1 : layer.kernel()); c++) {
            for (int a = 0; a < layer.kernel(); a++) {
                for (int b = 0; b < layer.kernel(); b++) {
                    boolean real = (z < 0 || isReal(layer, z, c)) && isReal(layer, y, a) && isReal(layer, x, b);
                    taps += real ? 1 : 0;
                }
            }
        }
        return taps;
    }

    private static boolean isReal(LayerShape layer, int pixel, int tap) {
        int meets = pixel * layer.stride() + tap - layer.low();
        int size = layer.operator() == Operator.TRANSPOSED_CONVOLUTION ? layer.output() : layer.input();
        return meets >= 0 && meets < size;
    }

    /** The planner of designs makes the same steps, and in them its taps meet as many real pixels. */
    @ParameterizedTest
    @MethodSource("smallLayers")
    void stepsAndProductsAreThoseOfThePlanner(LayerShape layer) {
        if (layer.dimensions() == 3) {
            assertThatThrownBy(layer::geometry).isInstanceOf(IllegalStateException.class);
            return;
        }
        WindowPlan phases = new WindowPlanner(Mapping.PHASE, OnePixel.WINDOW).plan(layer.geometry());
        WindowPlan inserted = new WindowPlanner(Mapping.ZERO_INSERTION, OnePixel.WINDOW).plan(layer.geometry());
        assertThat(layer.phaseSteps()).isEqualTo(phases.steps());
        assertThat(layer.zeroInsertionSteps()).isEqualTo(inserted.steps());
        long channels = (long) layer.channels() * layer.outputs();
        assertThat(layer.usefulMacs()).isEqualTo(realTaps(phases) * channels).isEqualTo(realTaps(inserted) * channels);
        if (layer.onePixel()) {
            WindowPlan whole = new WindowPlanner(Mapping.PHASE, OnePixel.DENSE).plan(layer.geometry());
            assertThat(whole.steps()).isEqualTo(1);
            assertThat(layer.usefulMacs()).isEqualTo(realTaps(whole) * channels);
        }
        assertThat((long) layer.geometry().weightCount()).isEqualTo(layer.weights());
    }

    /** Taps of all steps whose input and output are real. */
    private static long realTaps(WindowPlan plan) {
        WindowAxis vertical = plan.vertical();
        WindowAxis horizontal = plan.horizontal();
        long real = 0;
        for (int step = 0; step < plan.steps(); step++) {
            int stepY = step / horizontal.steps();
            int stepX = step % horizontal.steps();
            for (int phase = 0; phase < plan.phases().size(); phase++) {
                int y = stepY * vertical.block() + phase / horizontal.block();
                int x = stepX * horizontal.block() + phase % horizontal.block();
                for (Tap tap : y < vertical.output() && x < horizontal.output()
                        ? plan.phases().get(phase)
                        : List.<Tap>of()) {
                    boolean row = vertical.real(vertical.start(stepY) + tap.windowY()) >= 0;
                    boolean column = horizontal.real(horizontal.start(stepX) + tap.windowX()) >= 0;
                    real += row && column ? 1 : 0;
                }
            }
        }
        return real;
    }

    /** The error's layer is the transpose: the same products, and its own error is the layer again. */
    @ParameterizedTest
    @MethodSource("smallLayers")
    void errorsTakeTheSameProducts(LayerShape layer) {
        LayerShape error = layer.error();
        assertThat(error.input()).isEqualTo(layer.output());
        assertThat(error.output()).isEqualTo(layer.input());
        assertThat(error.weights()).isEqualTo(layer.weights());
        assertThat(error.usefulMacs()).isEqualTo(layer.usefulMacs());
        assertThat(error.error().usefulMacs()).isEqualTo(layer.usefulMacs());
    }

    /**
     * A gradient as a convolution over an operand spread by zeros, counted product by product: the gradient of each tap
     * takes all pixels of the spread operand.
     */
    @Test
    void gradientsWithInsertedZeros() {
        LayerShape up = new LayerShape(Operator.TRANSPOSED_CONVOLUTION, 2, 4, 3, 8, 2, 4, 2, 1, 1);
        LayerShape down = up.error();
        long spread = 4 + 3; // 4 pixels with a zero between any two
        assertThat(up.zeroInsertedGradientMacs()).isEqualTo(spread * spread * 16 * 6);
        assertThat(down.zeroInsertedGradientMacs()).isEqualTo(up.zeroInsertedGradientMacs());
        assertThat(up.zeroInsertedGradientMacs()).isGreaterThan(up.usefulMacs());
    }

    @Test
    void impossibleShapesAreRefused() {
        assertThatThrownBy(() -> new LayerShape(Operator.TRANSPOSED_CONVOLUTION, 2, 4, 1, 8, 1, 5, 2, 2, 2))
                .hasMessage("the output of this layer has 7 pixels on an axis, not 8");
        assertThatThrownBy(() -> new LayerShape(Operator.CONVOLUTION, 1, 4, 1, 4, 1, 3, 1, 1, 1))
                .hasMessage("a layer has 2 or 3 dimensions, not 1");
        assertThatThrownBy(() -> new LayerShape(Operator.DENSE, 2, 1, 1, 4, 1, 3, 1, 0, 0))
                .hasMessage("a dense layer has kernel 1, stride 1 and no padding");
    }
}
