package org.emat.onnx;

import java.util.Optional;
import org.emat.network.Activation;
import org.emat.network.Activation.Clip;
import org.emat.network.Activation.None;
import org.emat.network.Activation.Sigmoid;
import org.emat.network.Activation.Slope;
import org.emat.network.Activation.Tanh;

/** Two activations in a row as one, where that is exact. */
final class ActivationMerge {
    private ActivationMerge() {}

    /** First one, then the other; nothing when no single activation equals that. */
    static Optional<Activation> merge(Activation first, Activation next) {
        if (first instanceof None) {
            return Optional.of(next);
        }
        if (next instanceof Clip clip) {
            return clipped(first, clip);
        }
        if (next instanceof Slope slope) {
            return sloped(first, slope);
        }
        return Optional.empty();
    }

    private static Optional<Activation> clipped(Activation first, Clip next) {
        if (first instanceof Clip clip) {
            return Optional.of(new Clip(next.apply(clip.low(), 0), next.apply(clip.high(), 0)));
        }
        boolean keepsTanh = first instanceof Tanh && next.low() <= -1 && next.high() >= 1;
        boolean keepsSigmoid = first instanceof Sigmoid && next.low() <= 0 && next.high() >= 1;
        if (keepsTanh || keepsSigmoid) {
            return Optional.of(first);
        }
        boolean hidesSlope = first instanceof Slope slope && isRising(slope) && next.low() >= 0;
        return hidesSlope ? Optional.of(next) : Optional.empty();
    }

    private static Optional<Activation> sloped(Activation first, Slope next) {
        boolean neverNegative = (first instanceof Clip clip && clip.low() >= 0) || first instanceof Sigmoid;
        if (neverNegative) {
            return Optional.of(first);
        }
        if (first instanceof Slope slope && isRising(slope)) {
            int count = Math.max(slope.slopes().length, next.slopes().length);
            double[] slopes = new double[count];
            for (int channel = 0; channel < count; channel++) {
                slopes[channel] = slope.slope(channel) * next.slope(channel);
            }
            return Optional.of(new Slope(slopes));
        }
        return Optional.empty();
    }

    private static boolean isRising(Slope slope) {
        for (double value : slope.slopes()) {
            if (value < 0) {
                return false;
            }
        }
        return true;
    }
}
