package org.emat.golden;

import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;

/**
 * The outputs of one frame of a transposed convolution as its input pixels add to them, each a kernel of outputs, cropped
 * to the frame. Threads may share it: whole numbers add up to the same in any order.
 */
final class Overlap {
    private final IntegerLayer layer;
    private final LayerGeometry geometry;
    private final long[] sums;

    Overlap(IntegerLayer layer) {
        this.layer = layer;
        this.geometry = layer.geometry();
        this.sums = new long[geometry.output().words()];
    }

    /**
     * Adds what one input pixel gives.
     *
     * @param pixel the input pixel, in raster order
     * @param words {@code channels} words for each kernel tap in turn, from {@code from}
     * @param firstChannel output channel of the first of them
     */
    synchronized void add(int pixel, long[] words, int from, int firstChannel, int channels) {
        Axis vertical = geometry.vertical();
        Axis horizontal = geometry.horizontal();
        int top = pixel / geometry.input().width() * vertical.stride() - vertical.padBegin();
        int left = pixel % geometry.input().width() * horizontal.stride() - horizontal.padBegin();
        for (int tap = 0; tap < geometry.kernelSize(); tap++) {
            int y = top + tap / horizontal.kernel() * vertical.dilation();
            int x = left + tap % horizontal.kernel() * horizontal.dilation();
            if (y < 0
                    || y >= geometry.output().height()
                    || x < 0
                    || x >= geometry.output().width()) {
                continue;
            }
            int to = (y * geometry.output().width() + x) * geometry.output().channels() + firstChannel;
            for (int channel = 0; channel < channels; channel++) {
                sums[to + channel] += words[from + tap * channels + channel];
            }
        }
    }

    /** The frame, requantised and activated, once every pixel has been added. */
    Frame finish() {
        int[] words = new int[sums.length];
        int channels = geometry.output().channels();
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) layer.finish(sums[i], geometry.scaleIndex(i / channels, i % channels));
        }
        return new Frame(geometry.output(), words);
    }
}
