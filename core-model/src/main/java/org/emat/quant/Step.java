package org.emat.quant;

import org.emat.network.NumberFormat;

/**
 * What words of a tensor mean.
 *
 * @param format format of the words
 * @param size real value of one step of a word, above 0
 */
record Step(NumberFormat format, double size) {

    /** The word nearest to a real value. */
    long word(double value) {
        return format.saturate((long) Math.rint(Math.max(-9e15, Math.min(9e15, value / size))));
    }

    /** The real value nearest to another that a word can mean. */
    double nearest(double value) {
        return word(value) * size;
    }

    /** Largest magnitude that a positive word means. */
    double range() {
        return format.max() * size;
    }
}
