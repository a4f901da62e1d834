package org.emat.train.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.emat.network.InputException;
import org.emat.network.TensorShape;
import org.junit.jupiter.api.Test;

/** A meter of images whose quality is known: bars at three places, under noise. */
class QualityMeterTest {
    private static final TensorShape SHAPE = new TensorShape(1, 6, 6);
    private static final int EXPONENT = 14;
    private static final int CLASSES = 3;

    @Test
    void goodImagesAreToldFromBadOnes() {
        List<Integer> labels = new ArrayList<>();
        List<int[]> images = bars(200, 1, labels);
        QualityMeter meter = new QualityMeter(new LabelledImages(SHAPE, images, labels), EXPONENT);
        assertThat(meter.accuracy()).isEqualTo(1);
        assertThat(meter.heldOut().classScore()).isBetween(2.9, 3.0);
        QualityFigures good = meter.of(bars(90, 2, new ArrayList<>()));
        assertThat(good.classScore()).isBetween(2.9, 3.0);
        QualityFigures same = meter.of(bars(90, 2, new ArrayList<>()).stream()
                .map(image -> images.get(0))
                .toList());
        assertThat(same.classScore()).isBetween(1.0, 1.001);
        assertThat(same.frechetDistance()).isGreaterThan(10 * good.frechetDistance());
        SplittableRandom random = new SplittableRandom(3);
        QualityFigures noise = meter.of(
                Stream.generate(() -> random.ints(SHAPE.words(), -16384, 16384).toArray())
                        .limit(90)
                        .toList());
        assertThat(noise.classScore()).isLessThan(good.classScore() - 0.5);
        assertThat(noise.frechetDistance()).isGreaterThan(10 * good.frechetDistance());
    }

    private static List<int[]> bars(int count, long seed, List<Integer> labels) {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = i % CLASSES;
            int[] image = random.ints(SHAPE.words(), -16384, -12000).toArray();
            for (int row = 0; row < SHAPE.height(); row++) {
                image[row * SHAPE.width() + 2 * label] = random.nextInt(10000, 16384);
            }
            images.add(image);
            labels.add(label);
        }
        return images;
    }

    @Test
    void everyFifthImageIsHeldOut() {
        List<int[]> images = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            images.add(new int[] {i});
            labels.add(i % 4);
        }
        LabelledImages all = new LabelledImages(new TensorShape(1, 1, 1), images, labels);
        assertThat(all.heldOut().images()).extracting(words -> words[0]).containsExactly(4, 9);
        assertThat(all.heldOut().labels()).containsExactly(0, 1);
        assertThat(all.learnt().images()).extracting(words -> words[0]).containsExactly(0, 1, 2, 3, 5, 6, 7, 8, 10);
        assertThat(all.learnt().labels()).containsExactly(0, 1, 2, 3, 1, 2, 3, 0, 2);
    }

    @Test
    void dataThatCannotServeIsRefused() {
        List<int[]> images = List.of(new int[36], new int[36]);
        assertThatThrownBy(() -> new QualityMeter(new LabelledImages(SHAPE, images, List.of()), EXPONENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the data set has none");
        assertThatThrownBy(() -> new QualityMeter(new LabelledImages(SHAPE, images, List.of(0, 1)), EXPONENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("at least 10 images");
    }
}
