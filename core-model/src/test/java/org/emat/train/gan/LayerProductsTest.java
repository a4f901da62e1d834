package org.emat.train.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture.OnePixel;
import org.emat.integer.Frame;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.TensorShape;
import org.emat.reference.DrawnGeometry;
import org.emat.reference.DrawnGradient;
import org.emat.reference.TextbookBackward;
import org.emat.reference.TextbookLayer;
import org.emat.train.Gradient;
import org.emat.train.GradientModel;
import org.emat.train.GradientPlan.Form;
import org.emat.train.GradientPlanner;

class LayerProductsTest {
    private static final NumberFormat WORD = new NumberFormat(16, true);

    /** Words of 16 bits, whose sums exceed 32 bits. */
    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void areThoseOfTextbooksAndOfTheGradientEngine(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LayerGeometry layer = DrawnGradient.layer(random);
        // Many frames fill several blocks of lanes and of rows.
        int frames = random.nextInt(8) == 0 ? 20 + random.nextInt(60) : 1 + random.nextInt(4);
        int[] weights = words(random, layer.weightCount());
        int[][] inputs = new int[frames][];
        int[][] errors = new int[frames][];
        for (int f = 0; f < frames; f++) {
            inputs[f] = words(random, layer.input().words());
            errors[f] = words(random, layer.output().words());
        }
        double[][] input = BatchPart.tensor(layer.input(), inputs, frames);
        double[][] error = BatchPart.tensor(layer.output(), errors, frames);
        double[] factors = Arrays.stream(weights).asDoubleStream().toArray();
        LayerProducts products = new LayerProducts(layer, Meetings.forward(layer), Meetings.backward(layer), frames);
        double[][] sums = products.sums(factors, input);
        double[][] back = products.errors(factors, error);
        TextbookBackward textbook = new TextbookBackward(layer);
        for (int f = 0; f < frames; f++) {
            assertThat(frame(layer.output(), sums, f, frames))
                    .as("sums of %s", layer)
                    .isEqualTo(TextbookLayer.sums(layer, weights, inputs[f]));
            assertThat(frame(layer.input(), back, f, frames))
                    .as("errors of %s", layer)
                    .isEqualTo(textbook.error(weights, errors[f]));
        }
        double[] gradient = new double[layer.weightCount()];
        double[] bias = new double[layer.scaleCount()];
        products.addGradient(input, error, gradient);
        products.addBiasGradient(error, bias);
        Gradient engine = gradient(layer, inputs, errors);
        assertThat(whole(gradient)).as("gradient of %s", layer).isEqualTo(engine.weights());
        assertThat(whole(bias)).as("gradient of biases of %s", layer).isEqualTo(engine.bias());
    }

    private static long[] whole(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(number -> (long) number).toArray();
    }

    private static int[] words(SplittableRandom random, int count) {
        int[] words = DrawnGeometry.words(random, count, (int) WORD.min(), (int) WORD.max());
        if (random.nextInt(4) == 0) {
            Arrays.fill(words, (int) WORD.min());
        }
        return words;
    }

    private static long[] frame(TensorShape shape, double[][] tensor, int frame, int frames) {
        long[] words = new long[shape.words()];
        for (int i = 0; i < words.length; i++) {
            words[i] = (long) tensor[i % shape.channels()][i / shape.channels() * frames + frame];
        }
        return words;
    }

    private static Gradient gradient(LayerGeometry layer, int[][] inputs, int[][] errors) {
        List<Frame> input = new ArrayList<>();
        List<Frame> error = new ArrayList<>();
        for (int f = 0; f < inputs.length; f++) {
            input.add(new Frame(layer.input(), inputs[f]));
            error.add(new Frame(layer.output(), errors[f]));
        }
        return new GradientModel(new GradientPlanner(Form.ZERO_FREE, OnePixel.DENSE, 1, inputs.length)
                        .plan("drawn", layer, WORD, WORD))
                .run(input, error);
    }
}
