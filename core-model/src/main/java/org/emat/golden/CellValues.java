package org.emat.golden;

/** What the cells of a sub-kernel hold. */
@FunctionalInterface
public interface CellValues {
    /**
     * Value of a cell after faults and deviation, in units of 2^−fractionBits codes.
     *
     * @param row word line of the sub-kernel, 0 to rows − 1
     * @param weight weight column, 0 to weights − 1
     * @param line bit line of the weight, 0 to lines − 1
     * @return 0 or more
     */
    int value(int row, int weight, int line);
}
