package org.emat.arch;

/** Refusal of numbers outside their range, in one sentence. */
final class Range {
    private Range() {}

    static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
