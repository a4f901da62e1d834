package org.emat.onnx;

import java.util.OptionalInt;

/**
 * What an import takes from the configuration.
 *
 * @param height rows of an input frame; needed where the file leaves them symbolic
 * @param width columns of an input frame; needed where the file leaves them symbolic
 * @param arithmetic which operators may appear
 */
public record ImportOptions(OptionalInt height, OptionalInt width, Arithmetic arithmetic) {

    /** What the network is computed in. */
    public enum Arithmetic {
        /** Real numbers, later quantised. */
        REAL,
        /** The whole numbers of the file, as they are. */
        INTEGER
    }

    /** Real numbers, every size from the file. */
    public static ImportOptions standard() {
        return new ImportOptions(OptionalInt.empty(), OptionalInt.empty(), Arithmetic.REAL);
    }

    /** The same with the size of symbolic axes. */
    public ImportOptions withSize(int height, int width) {
        return new ImportOptions(OptionalInt.of(height), OptionalInt.of(width), arithmetic);
    }

    /** The same in another arithmetic. */
    public ImportOptions in(Arithmetic other) {
        return new ImportOptions(height, width, other);
    }
}
