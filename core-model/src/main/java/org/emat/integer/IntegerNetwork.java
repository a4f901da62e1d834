package org.emat.integer;

import java.util.List;
import org.emat.network.NumberFormat;
import org.emat.network.TensorShape;

/**
 * A chain of integer layers.
 *
 * @param name name of the network
 * @param layers at least one; output shape and format of each are input shape and format of the next
 */
public record IntegerNetwork(String name, List<IntegerLayer> layers) {
    public IntegerNetwork {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("network '" + name + "' has no layer");
        }
        for (int i = 1; i < layers.size(); i++) {
            IntegerLayer from = layers.get(i - 1);
            IntegerLayer to = layers.get(i);
            if (!from.geometry().output().equals(to.geometry().input())
                    || !from.output().equals(to.input())) {
                throw new IllegalArgumentException(
                        "layer '" + to.name() + "' does not take what layer '" + from.name() + "' gives");
            }
        }
    }

    /** Shape of an input frame. */
    public TensorShape input() {
        return layers.get(0).geometry().input();
    }

    /** Format of the input words. */
    public NumberFormat inputFormat() {
        return layers.get(0).input();
    }

    /** Shape of an output frame. */
    public TensorShape output() {
        return layers.get(layers.size() - 1).geometry().output();
    }

    /** Format of the output words. */
    public NumberFormat outputFormat() {
        return layers.get(layers.size() - 1).output();
    }
}
