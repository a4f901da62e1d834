package org.emat.train.gan;

import java.util.Arrays;
import java.util.List;

/**
 * What a network has learnt, layer by layer.
 *
 * @param parameters [layer]: weights in the order of {@link org.emat.network.LayerGeometry}, then biases, then the gains of
 *     a normalised layer; 16 bits
 * @param momenta [layer]: one per parameter
 * @param activationMaxima [layer]: the maximum that scales the layer's sums, in units of 2^−32
 * @param errorMaxima [layer]: the maximum that scales the errors of its outputs, in units of 2^−32
 * @param rounding [layer]: state of the shift register that rounds the layer's updates; not 0
 * @param normalisations of the normalised layers, in their order
 */
public record NetworkState(
        int[][] parameters,
        int[][] momenta,
        long[] activationMaxima,
        long[] errorMaxima,
        long[] rounding,
        List<NormalisationState> normalisations) {
    public NetworkState {
        normalisations = List.copyOf(normalisations);
    }

    /** The state of a network without normalised layers. */
    public NetworkState(
            int[][] parameters, int[][] momenta, long[] activationMaxima, long[] errorMaxima, long[] rounding) {
        this(parameters, momenta, activationMaxima, errorMaxima, rounding, List.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkState that
                && Arrays.deepEquals(parameters, that.parameters)
                && Arrays.deepEquals(momenta, that.momenta)
                && Arrays.equals(activationMaxima, that.activationMaxima)
                && Arrays.equals(errorMaxima, that.errorMaxima)
                && Arrays.equals(rounding, that.rounding)
                && normalisations.equals(that.normalisations);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(parameters) + Arrays.deepHashCode(momenta);
    }
}
