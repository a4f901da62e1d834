package org.emat.measure;

import org.emat.arch.Architecture;
import org.emat.plan.Mapper;
import org.emat.suite.LayerShape;
import org.emat.suite.Pass;
import org.emat.suite.Row;
import org.emat.suite.SeededRow;

/**
 * What a row is measured with, the same for all its mappings: the hardware of {@link Architecture#standard()} with
 * lossless converters, one for each bit line, and streams that carry an input pixel and an output transfer a cycle.
 *
 * @param frames frames of a streaming run, at least 2
 * @param pixelsPerCycle output pixels that may leave in one cycle
 * @param streamBits width of the streams
 */
public record Setting(int frames, int pixelsPerCycle, int streamBits) {
    private static final int FRAMES = 3;
    private static final int FRAMES_OF_LARGE = 2;
    private static final int LARGE = 256; // output pixels of an axis
    private static final int WIDEST_STREAM = 16384;

    /** The setting of a row. */
    public static Setting of(Row row) {
        LayerShape first = row.layers().get(0);
        LayerShape last = row.layers().get(row.layers().size() - 1);
        int pixels = pixels(last.stride());
        int widest = SeededRow.BITS * Math.max(first.channels(), pixels * last.outputs());
        return new Setting(
                last.output() > LARGE || row.pass() == Pass.GRADIENT ? FRAMES_OF_LARGE : FRAMES,
                pixels,
                Math.min(WIDEST_STREAM, (widest + 7) / 8 * 8));
    }

    /**
     * Pixels a cycle with which a block of stride × stride leaves within one initiation interval, or all pixels of a row
     * of a block where that is not enough. They have to divide such a row.
     */
    private static int pixels(int stride) {
        int pixels = 1;
        while (pixels < stride && (pixels * SeededRow.BITS < stride * stride || stride % pixels != 0)) {
            pixels++;
        }
        return pixels;
    }

    /** The hardware with a mapping. */
    public Architecture architecture(Variant variant) {
        return Mapper.lossless(Architecture.standard())
                .with(variant.mapping(), variant.fold())
                .withStream(pixelsPerCycle, streamBits);
    }
}
