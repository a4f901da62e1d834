package org.emat.quant;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.emat.network.RealFrame;

/**
 * The values of a tensor as histograms of their sums before the activation, with what the activation makes of them.
 *
 * @param before mean value of each bin that is not empty
 * @param after the activation of that value
 * @param slopes slope of negative values that holds for the bin; 1 without a slope
 * @param counts number of values of each bin
 */
record Samples(double[] before, double[] after, double[] slopes, double[] counts) {
    private static final int BINS = 1 << 18;

    /** How samples are told apart and what follows them. */
    interface Function {
        /** The activation of a value of a channel. */
        double apply(double value, int channel);
    }

    /**
     * Samples of frames.
     *
     * @param frames sums before the activation
     * @param function the activation
     * @param channelSlopes slopes per channel where channels must be kept apart, else one entry
     */
    static Samples of(List<RealFrame> frames, Function function, double[] channelSlopes) {
        int groups = channelSlopes.length;
        int bins = Math.max(256, Math.min(8192, BINS / groups));
        double most = 0;
        for (RealFrame frame : frames) {
            for (float word : frame.words()) {
                most = Math.max(most, Math.abs(word));
            }
        }
        double[] sums = new double[groups * bins];
        double[] counts = new double[groups * bins];
        double perBin = most == 0 ? 0 : (bins - 1) / (2 * most);
        for (RealFrame frame : frames) {
            int channels = frame.shape().channels();
            for (int i = 0; i < frame.words().length; i++) {
                double value = frame.words()[i];
                int group = groups == 1 ? 0 : i % channels;
                int bin = group * bins + (int) ((value + most) * perBin);
                sums[bin] += value;
                counts[bin]++;
            }
        }
        return compressed(sums, counts, function, channelSlopes);
    }

    private static Samples compressed(double[] sums, double[] counts, Function function, double[] channelSlopes) {
        int used = 0;
        for (double count : counts) {
            used += count > 0 ? 1 : 0;
        }
        Samples samples = new Samples(new double[used], new double[used], new double[used], new double[used]);
        int bins = counts.length / channelSlopes.length;
        int to = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            if (counts[bin] > 0) {
                samples.before[to] = sums[bin] / counts[bin];
                samples.after[to] = function.apply(samples.before[to], bin / bins);
                samples.slopes[to] = channelSlopes[bin / bins];
                samples.counts[to++] = counts[bin];
            }
        }
        return samples;
    }

    /** Largest magnitude before the activation. */
    double mostBefore() {
        return most(before);
    }

    /** Largest magnitude after the activation. */
    double mostAfter() {
        return most(after);
    }

    /** Whether the activation gave no negative value. */
    boolean isUnsigned() {
        for (double value : after) {
            if (value < 0) {
                return false;
            }
        }
        return true;
    }

    /** Sum of squared differences between the activations and their approximation. */
    double error(DoubleUnaryOperator approximation) {
        double error = 0;
        for (int i = 0; i < after.length; i++) {
            double difference = approximation.applyAsDouble(after[i]) - after[i];
            error += counts[i] * difference * difference;
        }
        return error;
    }

    private static double most(double[] values) {
        double most = 0;
        for (double value : values) {
            most = Math.max(most, Math.abs(value));
        }
        return most;
    }
}
