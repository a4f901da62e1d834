package org.emat.tb;

import java.nio.file.Path;

/** What a co-simulation is to write as a wave. */
public sealed interface TraceRequest {
    /** Nothing. */
    record None() implements TraceRequest {}

    /**
     * A window of cycles of the whole design.
     *
     * @param file FST file to write; it is there once the run has ended well
     * @param from first cycle
     * @param to last cycle
     */
    record Window(Path file, long from, long to) implements TraceRequest {}

    /**
     * The failing step of the failing engine; nothing if all words are equal.
     *
     * @param folder where the files go; it is made if it is needed and missing
     */
    record Mismatch(Path folder) implements TraceRequest {}
}
