package org.emat.suite;

import java.util.List;

/**
 * One line of a benchmark: one layer or a chain of them, in one pass.
 *
 * @param name unique name; everything that is drawn for the row is drawn from it
 * @param network the network that the layers are from
 * @param pass what is computed
 * @param layers shapes in the order of computation. Forward and backward they are a chain; for an error they are the
 *     layers that carry it back, last layer of the network first; for a gradient they are forward layers, each on its
 *     own
 * @param signedInput whether input words of the first layer are signed
 * @param published figures for this row alone
 */
public record Row(
        String name,
        BenchmarkNetwork network,
        Pass pass,
        List<LayerShape> layers,
        boolean signedInput,
        List<Published> published) {
    public Row {
        layers = List.copyOf(layers);
        published = List.copyOf(published);
        for (int i = 1; i < layers.size(); i++) {
            LayerShape from = layers.get(i - 1);
            LayerShape to = layers.get(i);
            if (from.output() != to.input() || from.outputs() != to.channels()) {
                throw new IllegalArgumentException("row '" + name + "': layer " + i + " takes " + to.channels() + "x"
                        + to.input() + " but the one before gives " + from.outputs() + "x" + from.output());
            }
        }
    }

    /** Whether a design can be made of it, and not only predicted. */
    public boolean runnable() {
        return layers.stream().allMatch(layer -> layer.dimensions() == 2);
    }

    /** Weights of all layers. */
    public long weights() {
        return layers.stream().mapToLong(LayerShape::weights).sum();
    }

    /** Products of a real operand and another that count, over all layers. */
    public long usefulMacs() {
        return layers.stream().mapToLong(LayerShape::usefulMacs).sum();
    }

    /** Products of a machine that inserts zeros, over all layers. */
    public long zeroInsertedMacs() {
        return layers.stream()
                .mapToLong(layer -> pass == Pass.GRADIENT ? layer.zeroInsertedGradientMacs() : layer.zeroInsertedMacs())
                .sum();
    }
}
