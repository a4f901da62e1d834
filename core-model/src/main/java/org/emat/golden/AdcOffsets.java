package org.emat.golden;

/** Offset error of the converters, in codes. */
@FunctionalInterface
public interface AdcOffsets {
    /** Converters without offset. */
    AdcOffsets NONE = (block, line, weight) -> 0;

    /**
     * Offset of the conversions of one physical bit line.
     *
     * @param block row block, 0 to blocks − 1
     * @param line bit line of the weight, 0 to lines − 1
     * @param weight weight column, 0 to weights − 1
     */
    int offset(int block, int line, int weight);
}
