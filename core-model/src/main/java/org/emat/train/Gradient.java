package org.emat.train;

import java.util.Arrays;

/**
 * The gradient of a layer over a batch.
 *
 * @param weights one sum per weight, in the order of {@link org.emat.network.LayerGeometry}
 * @param bias one sum per independently scaled output
 */
public record Gradient(long[] weights, long[] bias) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Gradient that && Arrays.equals(weights, that.weights) && Arrays.equals(bias, that.bias);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(weights) + Arrays.hashCode(bias);
    }
}
