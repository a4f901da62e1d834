package org.emat.train.quality;

import java.util.List;
import org.emat.network.InputException;

/** Tells how good images are, by what a classifier of the real ones sees in them. */
public final class QualityMeter {
    private static final int FEWEST = 2;

    private final LabelledImages images;
    private final Classifier classifier;
    private final FeatureStatistics learnt;

    /**
     * A meter; its classifier learns now.
     *
     * @param images the whole data set
     * @param exponent of the words of an image
     * @throws InputException if the data set has no labels, or too few images or classes
     */
    public QualityMeter(LabelledImages images, int exponent) {
        if (images.labels().isEmpty()) {
            throw new InputException("the quality of images is told by a classifier, which needs labels, and the data"
                    + " set has none");
        }
        if (images.heldOut().images().size() < FEWEST || images.classes() < 2) {
            throw new InputException("the quality of images is told by a classifier, which needs at least 10 images of"
                    + " at least two classes");
        }
        this.images = images;
        classifier = Classifier.of(images.learnt(), exponent);
        learnt = FeatureStatistics.of(view(images.learnt().images()).features());
    }

    private Classifier.View view(List<int[]> some) {
        return classifier.view(images.shape(), some);
    }

    /** The figures of some images, at least two. */
    public QualityFigures of(List<int[]> some) {
        Classifier.View view = view(some);
        FeatureStatistics seen = FeatureStatistics.of(view.features());
        return new QualityFigures(ClassScore.of(view.probabilities()), FrechetDistance.of(seen, learnt));
    }

    /** The figures of the images that were held out. */
    public QualityFigures heldOut() {
        return of(images.heldOut().images());
    }

    /** Share of the images held out whose class the classifier tells, 0 to 1. */
    public double accuracy() {
        LabelledImages some = images.heldOut();
        double[][] probabilities = view(some.images()).probabilities();
        int right = 0;
        for (int image = 0; image < probabilities.length; image++) {
            int best = 0;
            for (int c = 1; c < probabilities[image].length; c++) {
                best = probabilities[image][c] > probabilities[image][best] ? c : best;
            }
            right += best == some.labels().get(image) ? 1 : 0;
        }
        return (double) right / probabilities.length;
    }
}
