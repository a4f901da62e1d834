package org.emat.suite;

import java.util.List;
import org.emat.cost.Status;

/**
 * The linear layers of a published network.
 *
 * @param name name in the data
 * @param title what it is
 * @param source where its layers were read
 * @param status how far they can be trusted
 * @param layers in order
 */
public record BenchmarkNetwork(String name, String title, String source, Status status, List<LayerShape> layers) {
    public BenchmarkNetwork {
        layers = List.copyOf(layers);
    }
}
