package org.emat.plan;

import org.emat.network.NumberFormat;
import org.emat.network.TensorShape;

/**
 * How frames cross an external stream. What crosses a link in one cycle, one pixel or several neighbouring ones, is a
 * transfer; a beat holds whole transfers where at least two fit, else a transfer takes beats.
 *
 * @param shape frame
 * @param format word
 * @param lanes pixels of a transfer; divides the pixels of a row
 * @param bits width of a beat
 */
public record StreamPlan(TensorShape shape, NumberFormat format, int lanes, int bits) {
    public StreamPlan {
        if (lanes < 1 || shape.width() % lanes != 0) {
            throw new IllegalArgumentException(
                    "rows of " + shape.width() + " pixels do not cross in transfers of " + lanes);
        }
    }

    /** Bits of a transfer: pixels, and channels in them, from the least significant end. */
    public int transferBits() {
        return Math.multiplyExact(lanes * shape.channels(), format.bits());
    }

    /** Transfers of a frame. */
    public int transfers() {
        return shape.pixels() / lanes;
    }

    /** Transfers of a full beat; 1 where a transfer takes one or more beats. */
    public int transfersPerBeat() {
        return Math.max(1, Math.min(transfers(), bits / transferBits()));
    }

    /** Beats of a transfer; 1 where a beat holds one or more transfers. */
    public int beatsPerTransfer() {
        return (transferBits() + bits - 1) / bits;
    }

    /** Beats of a frame; the last one of several transfers may be partly filled. */
    public int beatsPerFrame() {
        return transfersPerBeat() > 1
                ? (transfers() + transfersPerBeat() - 1) / transfersPerBeat()
                : Math.multiplyExact(transfers(), beatsPerTransfer());
    }

    /** First bit of a pixel among the beats of its frame. */
    public long bitOf(int pixel) {
        int transfer = pixel / lanes;
        int each = transfersPerBeat();
        long first = each > 1
                ? (long) (transfer / each) * bits + (long) (transfer % each) * transferBits()
                : (long) transfer * beatsPerTransfer() * bits;
        return first + (long) (pixel % lanes) * shape.channels() * format.bits();
    }
}
