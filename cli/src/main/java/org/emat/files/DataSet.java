package org.emat.files;

import java.util.List;
import org.emat.network.RealFrame;

/**
 * Images to learn from.
 *
 * @param images samples from 0 to 1
 * @param labels the class of each, from 0; empty where the data set tells none
 */
public record DataSet(List<RealFrame> images, List<Integer> labels) {
    public DataSet {
        images = List.copyOf(images);
        labels = List.copyOf(labels);
    }
}
