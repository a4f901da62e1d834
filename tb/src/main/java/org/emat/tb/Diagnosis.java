package org.emat.tb;

import java.nio.file.Path;

/**
 * Where the first wrong word of a run comes from.
 *
 * @param mismatch the word
 * @param started cycle in which its engine took the window of its step
 * @param left cycle in which its pixel left the engine
 * @param signal the first wrong signal on the way of the data
 * @param detail where in the signal, what was expected and what came
 * @param wave FST file of the engine, from the step before up to the pixel
 * @param view GTKWave save file beside it
 */
public record Diagnosis(
        Comparison.Mismatch mismatch, long started, long left, Signal signal, String detail, Path wave, Path view) {
    /** The signals between the input and the output of an engine, in the order of the data. */
    public enum Signal {
        /** The step itself; to blame is the sequencer. */
        STEP("the step"),
        /** The window of the step; to blame are line buffer and window register. */
        WINDOW("the window"),
        /** An accumulator, from a right window; to blame are word-line driver, crossbars, converters and shift-add. */
        ACCUMULATOR("the accumulators"),
        /** The output word, from right accumulators; to blame are requantiser, activation and block-to-raster. */
        WORD("the output word");

        private final String words;

        Signal(String words) {
            this.words = words;
        }
    }

    @Override
    public String toString() {
        return mismatch + "; the first wrong signal is " + signal.words + " (" + detail + "); the step began in cycle "
                + started + ", the pixel left in cycle " + left;
    }
}
