package org.emat.integer;

import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;

/**
 * One layer in integers: what the arrays and the digital periphery compute.
 *
 * @param name name from the user's file
 * @param geometry shapes
 * @param input format of the input words, 1 to 32 bits
 * @param weightBits width of the signed weights, 2 to 16
 * @param weights {@link LayerGeometry#weightCount()} signed values in the order of {@link LayerGeometry}
 * @param requantiser accumulator to activation input
 * @param activation activation input to output word
 * @param output format of the output words
 */
public record IntegerLayer(
        String name,
        LayerGeometry geometry,
        NumberFormat input,
        int weightBits,
        int[] weights,
        Requantiser requantiser,
        IntegerActivation activation,
        NumberFormat output) {
    public IntegerLayer {
        if (weightBits < 2 || weightBits > 16) {
            throw new IllegalArgumentException("weights have 2 to 16 bits, not " + weightBits);
        }
        if (weights.length != geometry.weightCount()) {
            throw new IllegalArgumentException(
                    "layer '" + name + "' needs " + geometry.weightCount() + " weights, not " + weights.length);
        }
        NumberFormat format = new NumberFormat(weightBits, true);
        for (int weight : weights) {
            if (!format.holds(weight)) {
                throw new IllegalArgumentException(
                        "layer '" + name + "': weight " + weight + " does not fit " + weightBits + " signed bits");
            }
        }
        if (requantiser.bias().length != geometry.scaleCount()) {
            throw new IllegalArgumentException("layer '" + name + "' needs " + geometry.scaleCount() + " scales, not "
                    + requantiser.bias().length);
        }
        if (activation instanceof IntegerActivation.Tabled table
                && table.entries().length != requantiser.high() - requantiser.low() + 1) {
            throw new IllegalArgumentException("layer '" + name + "': the table needs one entry per requantised value");
        }
        if (activation instanceof IntegerActivation.Bounded
                && !(output.holds(requantiser.low()) && output.holds(requantiser.high()))) {
            throw new IllegalArgumentException("layer '" + name + "': the bounds exceed the output format");
        }
    }

    /** The output word for an accumulator. */
    public long finish(long accumulator, int scale) {
        return activation.apply(requantiser.apply(accumulator, scale), scale, requantiser.low(), output);
    }
}
