package org.emat.measure;

import java.util.List;
import org.emat.suite.LayerShape;
import org.emat.suite.Row;

/**
 * What there is to do in a frame of a row.
 *
 * @param usefulMacs products of a real operand and another
 * @param zeroInsertedMacs products of a machine that inserts zeros
 * @param steps steps of the mapping, over all layers
 */
public record Work(long usefulMacs, long zeroInsertedMacs, long steps) {
    /** The work of a design. */
    static Work of(Subject subject) {
        return new Work(subject.row().usefulMacs(), subject.row().zeroInsertedMacs(), subject.steps());
    }

    /** The work of layers that no design computes; steps follow from formulas. */
    static Work of(Row row, Variant variant) {
        return new Work(row.usefulMacs(), row.zeroInsertedMacs(), sum(row.layers(), variant));
    }

    private static long sum(List<LayerShape> layers, Variant variant) {
        return layers.stream().mapToLong(layer -> steps(layer, variant)).sum();
    }

    private static long steps(LayerShape layer, Variant variant) {
        if (layer.onePixel() && !variant.equals(Variant.ZERO_INSERTION)) {
            return 1;
        }
        return switch (variant.mapping()) {
            case PHASE -> layer.phaseSteps();
            case PIXEL_WISE -> layer.pixelWiseOperations(variant.fold());
            case PADDING_FREE -> layer.paddingFreeSteps();
            case ZERO_INSERTION -> layer.zeroInsertionSteps();
        };
    }
}
