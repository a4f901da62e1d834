package org.emat.plan;

/**
 * How much hardware a layer gets.
 *
 * @param copies copies of its arrays, each of which computes one of as many neighbouring steps; at least 1
 * @param columnsPerAdc bit lines that share a converter, 1 to 128; a read takes as many cycles
 */
public record Placement(int copies, int columnsPerAdc) {
    public Placement {
        if (copies < 1 || columnsPerAdc < 1 || columnsPerAdc > 128) {
            throw new IllegalArgumentException(
                    "copies must be at least 1 and columnsPerAdc 1 to 128, not " + copies + " and " + columnsPerAdc);
        }
    }
}
