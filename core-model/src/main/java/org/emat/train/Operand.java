package org.emat.train;

import org.emat.network.NumberFormat;
import org.emat.network.TensorShape;
import org.emat.schedule.LineClock;
import org.emat.window.WindowAxis;

/**
 * One of the two streams of a gradient: frames in raster order that a line buffer hands out as one window per step. The
 * {@code block} of the axes has no meaning here.
 *
 * @param shape shape of a frame
 * @param format format of a word
 * @param vertical steps and windows along the height
 * @param horizontal steps and windows along the width
 */
public record Operand(TensorShape shape, NumberFormat format, WindowAxis vertical, WindowAxis horizontal) {
    /** Rows of its line buffer. */
    public int bufferRows() {
        return vertical.bufferRows();
    }

    /** The handshakes of its line buffer. */
    LineClock clock() {
        return new LineClock(vertical, horizontal, bufferRows());
    }

    /** Bits of a pixel, channel 0 in the least significant ones. */
    public int pixelBits() {
        return shape.channels() * format.bits();
    }
}
