package org.emat.train.gan;

import java.util.List;
import org.emat.network.InputException;
import org.emat.network.TensorShape;

/**
 * Images to learn from, as words with the exponent of images.
 *
 * @param shape shape of each
 * @param images words of each, H × W × C; at least one
 */
public record ImageSet(TensorShape shape, List<int[]> images) {
    public ImageSet {
        images = List.copyOf(images);
        if (images.isEmpty()) {
            throw new InputException("a data set needs at least one image");
        }
    }

    int size() {
        return images.size();
    }

    int[] image(int index) {
        return images.get(index);
    }
}
