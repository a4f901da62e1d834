package org.emat.golden;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.emat.integer.Frame;
import org.emat.plan.EnginePlan;
import org.emat.window.Tap;
import org.emat.window.WindowAxis;

/**
 * Counts the word lines that a frame drives with 1 over all its steps: the ones of every pixel, times the taps and steps
 * that see it. Immutable.
 */
final class Activations {
    private final EnginePlan engine;
    private final long[] uses; // [pixel] word lines of one channel that carry it, over all steps

    Activations(EnginePlan engine) {
        this.engine = engine;
        this.uses = new long[engine.geometry().input().pixels()];
        int[][] rows = seen(engine.window().vertical());
        int[][] columns = seen(engine.window().horizontal());
        int width = engine.window().horizontal().input();
        for (List<Tap> taps : engine.window().phases()) {
            for (Tap tap : taps) {
                for (int row : rows[tap.windowY()]) {
                    for (int column : columns[tap.windowX()]) {
                        uses[row * width + column]++;
                    }
                }
            }
        }
    }

    /** Real positions that the steps see at each position of the window. */
    private static int[][] seen(WindowAxis axis) {
        int[][] seen = new int[axis.window()][];
        Arrays.setAll(
                seen,
                position -> IntStream.range(0, axis.steps())
                        .map(step -> axis.real(axis.start(step) + position))
                        .filter(real -> real >= 0)
                        .toArray());
        return seen;
    }

    /** Word lines driven with 1 by a frame, counted per crossbar and bit plane. */
    long of(Frame frame) {
        int mask = (int) ((1L << engine.input().bits()) - 1);
        int channels = frame.shape().channels();
        int[] words = frame.words();
        long sum = 0;
        for (int pixel = 0; pixel < uses.length; pixel++) {
            int ones = 0;
            for (int i = pixel * channels; i < (pixel + 1) * channels; i++) {
                ones += Integer.bitCount(words[i] & mask);
            }
            sum += ones * uses[pixel];
        }
        return sum * engine.columnBlocks();
    }
}
