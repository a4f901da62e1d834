package org.emat.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.emat.files.Images;
import org.emat.schedule.StallScript;

/**
 * How a network is run.
 *
 * @param mode arithmetic
 * @param inputBits width of the inputs in integer mode; what the inputs need when empty
 * @param input where input frames come from; random frames when empty
 * @param calibration what the quantiser looks at; the input frames when empty
 * @param frames number of random frames, at least 1
 * @param seed seed of random frames
 * @param pixelRange values of an image's samples
 * @param reference what the output images should show; empty without one
 * @param stalls back-pressure on the external streams
 * @param threads threads of the golden model; all processors when empty
 */
public record RunOptions(
        Mode mode,
        OptionalInt inputBits,
        Optional<Path> input,
        Optional<Path> calibration,
        int frames,
        long seed,
        Images.Range pixelRange,
        Optional<Reference> reference,
        StallScript stalls,
        OptionalInt threads) {

    /**
     * An image that the output is compared with.
     *
     * @param image a .png file, or a folder with one per frame
     * @param border pixels at each edge that are left out, at least 0
     */
    public record Reference(Path image, int border) {}

    /** Arithmetic of a run. */
    public enum Mode {
        /** A network of real numbers, approximated. */
        QUANTISED,
        /** A network of whole numbers, as it is. */
        INTEGER;

        /** The mode of a name as configurations have it, if there is one. */
        public static Optional<Mode> of(String name) {
            return Arrays.stream(values())
                    .filter(mode -> mode.toString().equals(name))
                    .findFirst();
        }

        /** The name as configurations have it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same in another mode. */
    RunOptions in(Mode other) {
        return new RunOptions(
                other, inputBits, input, calibration, frames, seed, pixelRange, reference, stalls, threads);
    }

    /** Quantised, random frames, no stalls. */
    public static RunOptions standard() {
        return new RunOptions(
                Mode.QUANTISED,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                4,
                1,
                Images.Range.unit(),
                Optional.empty(),
                StallScript.none(),
                OptionalInt.empty());
    }
}
