package org.emat.train.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.train.gan.FloatNetwork;
import org.emat.train.gan.Optimiser;
import org.emat.train.gan.Response;
import org.emat.train.gan.TrainedLayer;

/**
 * A small convolutional network in floating point that tells classes apart: a convolution, others that halve the image
 * down to 7 × 7 pixels, {@value #FEATURES} features, a score per class. The same images give the same classifier; the
 * number of threads does not matter.
 */
final class Classifier {
    static final int FEATURES = 64;

    private static final long SEED = 1;
    private static final int STEPS = 2000;
    private static final int PARTS = 4; // that learn a batch side by side and are added up in order
    private static final int PART = 16; // images of a part
    private static final Axis SAME = new Axis(3, 1, 1, 1, 1, 0);
    private static final Axis HALVING = new Axis(4, 2, 1, 1, 1, 0);

    private final FloatNetwork network;
    private final int exponent;

    private Classifier(FloatNetwork network, int exponent) {
        this.network = network;
        this.exponent = exponent;
    }

    /**
     * What the classifier makes of images.
     *
     * @param probabilities [image][class]
     * @param features [image][feature]
     */
    record View(double[][] probabilities, double[][] features) {}

    /**
     * A classifier that has learnt.
     *
     * @param images with labels
     * @param exponent of their words
     */
    static Classifier of(LabelledImages images, int exponent) {
        Classifier classifier =
                new Classifier(FloatNetwork.drawn(layers(images.shape(), images.classes()), SEED), exponent);
        Optimiser optimiser =
                Optimiser.of(0x1p-4, 0.875, 0, List.of(STEPS / 2L, STEPS * 3L / 4, STEPS * 7L / 8, STEPS * 15L / 16));
        Shuffle shuffle = new Shuffle(images.images().size(), SEED);
        for (int step = 0; step < STEPS; step++) {
            classifier.learn(images, shuffle.next(PARTS * PART), optimiser, step);
        }
        return classifier;
    }

    private static List<TrainedLayer> layers(TensorShape image, int classes) {
        List<TrainedLayer> layers = new ArrayList<>();
        TensorShape shape = image;
        int channels = 16;
        do {
            Axis axis = shape.height() > 7 || shape.width() > 7 ? HALVING : SAME;
            LayerGeometry layer = LayerGeometry.of(Operator.CONVOLUTION, shape, channels, axis, axis, 1);
            layers.add(new TrainedLayer("convolution" + layers.size(), layer, new Response.Relu()));
            shape = layer.output();
            channels = Math.min(32, 2 * channels);
        } while (shape.height() > 7 || shape.width() > 7);
        TensorShape features = new TensorShape(FEATURES, 1, 1);
        layers.add(new TrainedLayer("features", LayerGeometry.dense(shape, features), new Response.Relu()));
        layers.add(new TrainedLayer(
                "classes", LayerGeometry.dense(features, new TensorShape(classes, 1, 1)), new Response.Linear()));
        return layers;
    }

    private void learn(LabelledImages images, int[] chosen, Optimiser optimiser, long step) {
        List<FloatNetwork.Gradient> gradients = IntStream.range(0, PARTS)
                .parallel()
                .mapToObj(part -> gradient(images, chosen, part * PART))
                .toList();
        FloatNetwork.Gradient sum = network.gradient();
        gradients.forEach(sum::add);
        network.update(sum, optimiser, chosen.length, step);
    }

    private FloatNetwork.Gradient gradient(LabelledImages images, int[] chosen, int from) {
        List<int[]> words = IntStream.range(from, from + PART)
                .mapToObj(i -> images.images().get(chosen[i]))
                .toList();
        double[][][] seen = network.forward(tensor(images.shape(), words), PART);
        double[][] errors = probabilities(seen[seen.length - 1], PART);
        for (int i = 0; i < PART; i++) {
            errors[images.labels().get(chosen[from + i])][i] -= 1;
        }
        FloatNetwork.Gradient gradient = network.gradient();
        network.backward(seen, errors, PART, gradient);
        return gradient;
    }

    private double[][] tensor(TensorShape shape, List<int[]> images) {
        int count = images.size();
        double[][] tensor = new double[shape.channels()][shape.pixels() * count];
        for (int image = 0; image < count; image++) {
            int[] words = images.get(image);
            for (int i = 0; i < words.length; i++) {
                double value = Math.scalb((double) words[i], -exponent);
                tensor[i % shape.channels()][i / shape.channels() * count + image] = value;
            }
        }
        return tensor;
    }

    /** The softmax of scores, [class][image]. */
    private static double[][] probabilities(double[][] scores, int images) {
        double[][] probabilities = new double[scores.length][images];
        for (int image = 0; image < images; image++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double[] score : scores) {
                largest = Math.max(largest, score[image]);
            }
            double sum = 0;
            for (int c = 0; c < scores.length; c++) {
                probabilities[c][image] = StrictMath.exp(scores[c][image] - largest);
                sum += probabilities[c][image];
            }
            for (double[] some : probabilities) {
                some[image] /= sum;
            }
        }
        return probabilities;
    }

    /** Looks at images. */
    View view(TensorShape shape, List<int[]> images) {
        View all = new View(new double[images.size()][], new double[images.size()][]);
        IntStream.range(0, (images.size() + PART - 1) / PART).parallel().forEach(part -> {
            int from = part * PART;
            int to = Math.min(images.size(), from + PART);
            double[][][] seen = network.forward(tensor(shape, images.subList(from, to)), to - from);
            double[][] probabilities = probabilities(seen[seen.length - 1], to - from);
            for (int image = from; image < to; image++) {
                all.probabilities[image] = column(probabilities, image - from);
                all.features[image] = column(seen[seen.length - 2], image - from);
            }
        });
        return all;
    }

    private static double[] column(double[][] rows, int column) {
        double[] words = new double[rows.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = rows[i][column];
        }
        return words;
    }
}
