package org.emat.golden;

/** The integer weights of a sub-kernel. */
@FunctionalInterface
public interface WeightValues {
    /**
     * A weight.
     *
     * @param row row of the sub-kernel, 0 to rows − 1
     * @param weight weight column, 0 to weights − 1
     */
    int value(int row, int weight);
}
