package org.emat.quant;

import java.util.ArrayList;
import java.util.List;
import org.emat.integer.Frame;
import org.emat.network.Network;
import org.emat.network.RealFrame;

/**
 * How far the words of a layer are from the real activations.
 *
 * @param layer name of the layer
 * @param decibels 10 · log10(sum of squared real activations / sum of squared differences); +∞ without a difference
 */
public record SignalToNoise(String layer, double decibels) {

    /** One entry per layer, over all frames; errors of earlier layers are part of those of later ones. */
    public static List<SignalToNoise> measure(Network network, Quantised quantised, List<RealFrame> frames) {
        double[] signal = new double[network.layers().size()];
        double[] noise = new double[signal.length];
        FloatModel real = new FloatModel(network);
        IntegerModel integer = new IntegerModel(quantised.network());
        for (RealFrame frame : frames) {
            List<RealFrame> wanted = real.activations(frame);
            List<Frame> found = integer.activations(quantised.quantise(frame));
            for (int layer = 0; layer < signal.length; layer++) {
                RealFrame got = quantised.dequantise(layer, found.get(layer));
                for (int i = 0; i < got.words().length; i++) {
                    double value = wanted.get(layer).words()[i];
                    signal[layer] += value * value;
                    noise[layer] += (value - got.words()[i]) * (value - got.words()[i]);
                }
            }
        }
        List<SignalToNoise> table = new ArrayList<>();
        for (int layer = 0; layer < signal.length; layer++) {
            double ratio = noise[layer] == 0 ? Double.POSITIVE_INFINITY : signal[layer] / noise[layer];
            table.add(new SignalToNoise(network.layers().get(layer).name(), 10 * Math.log10(ratio)));
        }
        return table;
    }
}
