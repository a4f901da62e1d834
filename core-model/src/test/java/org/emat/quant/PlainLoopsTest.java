package org.emat.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.integer.Frame;
import org.emat.network.Activation;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.RealFrame;
import org.emat.reference.DrawnGeometry;
import org.emat.reference.TextbookLayer;

/** The loops of the float and the integer model against the textbook definitions. */
class PlainLoopsTest {

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void integerSumsAreThoseOfTheTextbook(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LayerGeometry geometry = DrawnGeometry.draw(random);
        int[] weights = DrawnGeometry.words(random, geometry.weightCount(), -40000, 40000);
        int[] input = DrawnGeometry.words(random, geometry.input().words(), Integer.MIN_VALUE, Integer.MAX_VALUE);
        assertThat(IntegerModel.accumulate(geometry, weights, new Frame(geometry.input(), input)))
                .as("%s", geometry)
                .containsExactly(TextbookLayer.sums(geometry, weights, input));
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void realSumsAreThoseOfTheTextbook(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LayerGeometry geometry = DrawnGeometry.draw(random);
        int[] whole = DrawnGeometry.words(random, geometry.weightCount(), -9, 9);
        int[] input = DrawnGeometry.words(random, geometry.input().words(), -9, 9);
        double[] weights = new double[whole.length];
        float[] words = new float[input.length];
        for (int i = 0; i < whole.length; i++) {
            weights[i] = whole[i] / 8.0;
        }
        for (int i = 0; i < input.length; i++) {
            words[i] = input[i];
        }
        Layer layer = new Layer("drawn", geometry, weights, new double[geometry.scaleCount()], new Activation.None());
        float[] found =
                FloatModel.sums(layer, new RealFrame(geometry.input(), words)).words();
        long[] wanted = TextbookLayer.sums(geometry, whole, input);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("%s, word %d", geometry, i).isCloseTo(wanted[i] / 8f, within(0f));
        }
    }
}
