package org.emat.train.quality;

import java.util.ArrayList;
import java.util.List;
import org.emat.network.TensorShape;
import org.emat.train.gan.ImageSet;

/**
 * Images with what they show.
 *
 * @param shape shape of each
 * @param images words of each, H × W × C, with the exponent of images
 * @param labels the class of each, from 0; empty where classes are unknown
 */
public record LabelledImages(TensorShape shape, List<int[]> images, List<Integer> labels) {
    public LabelledImages {
        images = List.copyOf(images);
        labels = List.copyOf(labels);
        if (!labels.isEmpty() && labels.size() != images.size()) {
            throw new IllegalArgumentException(images.size() + " images cannot have " + labels.size() + " labels");
        }
        if (labels.stream().anyMatch(label -> label < 0)) {
            throw new IllegalArgumentException("labels start at 0");
        }
    }

    /** Number of classes: one more than the largest label. */
    int classes() {
        return labels.stream().mapToInt(label -> label + 1).max().orElse(0);
    }

    /** The images alone. */
    public ImageSet set() {
        return new ImageSet(shape, images);
    }

    /** Every fifth image, from the fifth on, is held out: nothing learns from it. The others. */
    public LabelledImages learnt() {
        return some(false);
    }

    /** Every fifth image, from the fifth on. */
    public LabelledImages heldOut() {
        return some(true);
    }

    private LabelledImages some(boolean fifth) {
        List<int[]> chosen = new ArrayList<>();
        List<Integer> chosenLabels = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            if ((i % 5 == 4) == fifth) {
                chosen.add(images.get(i));
                if (!labels.isEmpty()) {
                    chosenLabels.add(labels.get(i));
                }
            }
        }
        return new LabelledImages(shape, chosen, chosenLabels);
    }
}
