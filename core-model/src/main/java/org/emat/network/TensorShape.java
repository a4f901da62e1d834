package org.emat.network;

/**
 * Shape of one frame of activations.
 *
 * @param channels number of channels (C)
 * @param height number of rows (H); 1 for one-dimensional data
 * @param width number of columns (W)
 */
public record TensorShape(int channels, int height, int width) {
    public TensorShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a tensor has at least one channel, row and column, not " + channels + "x" + height + "x" + width);
        }
    }

    /** Number of pixels, height × width. */
    public int pixels() {
        return Math.multiplyExact(height, width);
    }

    /** Number of words of one frame, channels × height × width. */
    public int words() {
        return Math.multiplyExact(channels, pixels());
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
