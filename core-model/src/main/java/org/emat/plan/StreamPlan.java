package org.emat.plan;

import org.emat.network.NumberFormat;
import org.emat.network.TensorShape;

/**
 * How frames cross an external stream: whole pixels per beat where at least two fit, else beats per pixel.
 *
 * @param shape frame
 * @param format word
 * @param bits width of a beat
 */
public record StreamPlan(TensorShape shape, NumberFormat format, int bits) {
    /** Bits of a pixel, channels from the least significant end. */
    public int pixelBits() {
        return Math.multiplyExact(shape.channels(), format.bits());
    }

    /** Pixels of a full beat; 1 where a pixel takes one or more beats. */
    public int pixelsPerBeat() {
        return Math.max(1, Math.min(shape.pixels(), bits / pixelBits()));
    }

    /** Beats of a pixel; 1 where a beat holds one or more pixels. */
    public int beatsPerPixel() {
        return (pixelBits() + bits - 1) / bits;
    }

    /** Beats of a frame; the last one of several pixels may be partly filled. */
    public int beatsPerFrame() {
        return pixelsPerBeat() > 1
                ? (shape.pixels() + pixelsPerBeat() - 1) / pixelsPerBeat()
                : Math.multiplyExact(shape.pixels(), beatsPerPixel());
    }
}
