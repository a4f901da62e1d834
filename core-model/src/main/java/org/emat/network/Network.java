package org.emat.network;

import java.util.List;

/**
 * A chain of linear layers in real numbers.
 *
 * @param name name of the network
 * @param layers at least one layer; the output shape of each is the input shape of the next
 */
public record Network(String name, List<Layer> layers) {
    public Network {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("network '" + name + "' has no layer with weights");
        }
        for (int i = 1; i < layers.size(); i++) {
            if (!layers.get(i)
                    .geometry()
                    .input()
                    .equals(layers.get(i - 1).geometry().output())) {
                throw new IllegalArgumentException("layer '" + layers.get(i).name() + "' takes "
                        + layers.get(i).geometry().input() + " but layer '"
                        + layers.get(i - 1).name() + "' gives "
                        + layers.get(i - 1).geometry().output());
            }
        }
    }

    /** Shape of an input frame. */
    public TensorShape input() {
        return layers.get(0).geometry().input();
    }

    /** Shape of an output frame. */
    public TensorShape output() {
        return layers.get(layers.size() - 1).geometry().output();
    }
}
