package org.emat.cost;

/**
 * A constant of the cost model.
 *
 * @param value finite, at least 0, in its unit
 * @param unit unit of the value, as the source gives it
 * @param status how far it can be trusted
 * @param source where it is from, or why it was chosen
 */
public record Constant(double value, Unit unit, Status status, String source) {
    public Constant {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("a constant is a number of at least 0, not " + value);
        }
    }

    /** The value in J, mm², s or Hz. */
    public double base() {
        return unit.toBase(value);
    }
}
