package org.emat.integer;

import java.util.Arrays;
import org.emat.network.TensorShape;

/**
 * One frame of integer activations in stream order: raster over pixels, channels innermost (H × W × C).
 *
 * @param shape shape of the frame
 * @param words {@link TensorShape#words()} values, index {@code (y · width + x) · channels + channel}
 */
public record Frame(TensorShape shape, int[] words) {
    public Frame {
        if (words.length != shape.words()) {
            throw new IllegalArgumentException(
                    "a frame of " + shape + " has " + shape.words() + " words, not " + words.length);
        }
    }

    /**
     * A frame from words in the order of ONNX and of images in planes.
     *
     * @param shape shape of the frame
     * @param planes one plane of height × width words per channel (C × H × W), starting at {@code from}
     * @param from index of the first word
     */
    public static Frame ofPlanes(TensorShape shape, int[] planes, int from) {
        int[] words = new int[shape.words()];
        int pixels = shape.pixels();
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                words[pixel * shape.channels() + channel] = planes[from + channel * pixels + pixel];
            }
        }
        return new Frame(shape, words);
    }

    /** The words as one plane per channel (C × H × W), the order of ONNX. */
    public int[] planes() {
        int[] planes = new int[words.length];
        int pixels = shape.pixels();
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                planes[channel * pixels + pixel] = words[pixel * shape.channels() + channel];
            }
        }
        return planes;
    }

    /** The word at a position. */
    public int at(int y, int x, int channel) {
        return words[(y * shape.width() + x) * shape.channels() + channel];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame that && shape.equals(that.shape) && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(words);
    }
}
