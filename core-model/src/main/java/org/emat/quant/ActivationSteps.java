package org.emat.quant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emat.arch.Architecture;
import org.emat.integer.IntegerActivation;
import org.emat.network.Activation;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.RealFrame;

/**
 * What the words before and after the activation of a layer mean.
 *
 * @param before input words of the activation; the same as after where the activation is a clip or nothing
 * @param after output words
 * @param low lower bound of the words before
 * @param high upper bound of the words before
 */
record ActivationSteps(Step before, Step after, long low, long high) {
    /** Fraction bits that a slope's output keeps at least in its input. */
    private static final int SPARE_BITS = 2;

    /**
     * The steps of least error.
     *
     * @param sums values before the activation
     * @param bound largest magnitude that a sum can have
     */
    static ActivationSteps find(Architecture architecture, Layer layer, List<RealFrame> sums, double bound) {
        Activation activation = layer.activation();
        int bits = architecture.inputBits();
        double[] slopes = activation instanceof Activation.Slope slope ? slope.slopes() : new double[] {1};
        Samples samples = Samples.of(sums, activation::apply, slopes);
        if (activation instanceof Activation.Tanh) {
            return tabled(architecture, activation, samples, new NumberFormat(bits, true), bound);
        }
        if (activation instanceof Activation.Sigmoid) {
            return tabled(architecture, activation, samples, new NumberFormat(bits, false), bound);
        }
        Step after = StepSearch.find(samples, bits, bound);
        if (activation instanceof Activation.Slope) {
            return sloped(architecture, samples, after, bound);
        }
        double low = activation instanceof Activation.Clip clip ? clip.low() : Double.NEGATIVE_INFINITY;
        double high = activation instanceof Activation.Clip clip ? clip.high() : Double.POSITIVE_INFINITY;
        return new ActivationSteps(after, after, after.word(low), after.word(high));
    }

    private static ActivationSteps of(Step before, Step after) {
        return new ActivationSteps(
                before, after, before.format().min(), before.format().max());
    }

    private static ActivationSteps tabled(
            Architecture architecture, Activation activation, Samples samples, NumberFormat output, double bound) {
        Step after = new Step(output, 1.0 / Math.max(1, output.max()));
        NumberFormat format = new NumberFormat(architecture.activationBits(), true);
        double most = samples.mostBefore() == 0 ? bound : samples.mostBefore();
        double saturating = activation instanceof Activation.Tanh ? 6 : 12;
        List<Step> candidates = new ArrayList<>(StepSearch.ranges(format, most));
        candidates.addAll(StepSearch.ranges(format, Math.min(most, saturating)));
        Step before = StepSearch.best(
                candidates, step -> error(samples, value -> after.nearest(activation.apply(step.nearest(value), 0))));
        return of(before, after);
    }

    private static double error(Samples samples, java.util.function.DoubleUnaryOperator approximation) {
        double error = 0;
        for (int i = 0; i < samples.before().length; i++) {
            double difference = approximation.applyAsDouble(samples.before()[i]) - samples.after()[i];
            error += samples.counts()[i] * difference * difference;
        }
        return error;
    }

    private static ActivationSteps sloped(Architecture architecture, Samples samples, Step after, double bound) {
        int bits = Math.max(architecture.activationBits(), architecture.inputBits() + SPARE_BITS);
        NumberFormat format = new NumberFormat(bits, true);
        double most = samples.mostBefore() == 0 ? bound : samples.mostBefore();
        List<Step> candidates = new ArrayList<>(StepSearch.ranges(format, most));
        for (int fraction = 0; fraction <= SPARE_BITS + 2; fraction++) {
            candidates.add(new Step(format, Math.scalb(after.size(), -fraction)));
        }
        Step before = StepSearch.best(candidates, step -> slopeError(samples, step, after));
        return of(before, after);
    }

    private static double slopeError(Samples samples, Step before, Step after) {
        double error = 0;
        for (int i = 0; i < samples.before().length; i++) {
            double value = before.nearest(samples.before()[i]);
            double found = after.nearest(value < 0 ? value * samples.slopes()[i] : value);
            error += samples.counts()[i] * (found - samples.after()[i]) * (found - samples.after()[i]);
        }
        return error;
    }

    /** The factors of a slope between these steps. */
    IntegerActivation sloped(Activation.Slope slope, LayerGeometry geometry) {
        double ratio = before.size() / after.size();
        double steepest =
                Math.max(1, Arrays.stream(slope.slopes()).map(Math::abs).max().orElse(1));
        int shift = Math.max(0, Math.min(30, 14 - Math.getExponent(ratio * steepest)));
        while (shift > 0 && Math.rint(Math.scalb(ratio * steepest, shift)) > Short.MAX_VALUE) {
            shift--;
        }
        int[] negative = new int[geometry.scaleCount()];
        for (int output = 0; output < negative.length; output++) {
            double factor = slope.slope(output % geometry.output().channels()) * ratio;
            negative[output] =
                    (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.rint(Math.scalb(factor, shift))));
        }
        int positive = (int) Math.max(1, Math.min(Short.MAX_VALUE, Math.rint(Math.scalb(ratio, shift))));
        return new IntegerActivation.Sloped(negative, positive, shift);
    }
}
