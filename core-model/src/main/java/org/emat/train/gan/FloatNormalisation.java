package org.emat.train.gan;

import java.util.Arrays;
import org.emat.network.LayerGeometry;

/** The normalisation of a layer in floating point; see {@link Normalisation}. */
final class FloatNormalisation {
    /** Of sums that never change. */
    private static final double LEAST_DEVIATION = 0x1p-20;

    private final LayerGeometry layer;
    private final double[] means;
    private final double[] deviations;
    private final double[] gains;
    private final double[] momenta;

    FloatNormalisation(LayerGeometry layer) {
        this.layer = layer;
        means = new double[layer.scaleCount()];
        deviations = new double[layer.scaleCount()];
        gains = new double[layer.scaleCount()];
        momenta = new double[layer.scaleCount()];
        Arrays.fill(deviations, 1);
        Arrays.fill(gains, 1);
    }

    double[] means() {
        return means;
    }

    double[] deviations() {
        return deviations;
    }

    double[] gains() {
        return gains;
    }

    double[] momenta() {
        return momenta;
    }

    /** Sums become normalised ones multiplied with their gains. */
    void forward(double[][] sums, int frames) {
        for (int channel = 0; channel < sums.length; channel++) {
            for (int i = 0; i < sums[channel].length; i++) {
                int bias = layer.scaleIndex(i / frames, channel);
                sums[channel][i] = gains[bias] * (sums[channel][i] - means[bias]) / deviations[bias];
            }
        }
    }

    /**
     * Errors of what {@link #forward} gave become those of the sums.
     *
     * @param sums what it took
     * @param gradient of the gains; added to
     */
    void backward(double[][] sums, double[][] errors, int frames, double[] gradient) {
        for (int channel = 0; channel < errors.length; channel++) {
            for (int i = 0; i < errors[channel].length; i++) {
                int bias = layer.scaleIndex(i / frames, channel);
                gradient[bias] += errors[channel][i] * (sums[channel][i] - means[bias]) / deviations[bias];
                errors[channel][i] *= gains[bias] / deviations[bias];
            }
        }
    }

    /** Takes mean and deviation of these sums. */
    void refer(double[][] sums, int frames) {
        int[] counts = new int[means.length];
        double[] all = new double[means.length];
        double[] squares = new double[means.length];
        for (int channel = 0; channel < sums.length; channel++) {
            for (int i = 0; i < sums[channel].length; i++) {
                int bias = layer.scaleIndex(i / frames, channel);
                counts[bias]++;
                all[bias] += sums[channel][i];
                squares[bias] += sums[channel][i] * sums[channel][i];
            }
        }
        for (int bias = 0; bias < means.length; bias++) {
            means[bias] = all[bias] / counts[bias];
            double variance = squares[bias] / counts[bias] - means[bias] * means[bias];
            deviations[bias] = Math.max(LEAST_DEVIATION, Math.sqrt(Math.max(0, variance)));
        }
    }
}
