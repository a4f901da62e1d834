package org.emat.train.gan;

import org.emat.arch.Architecture.Encoding;
import org.emat.integer.Requantiser;

/**
 * One update of a network from the gradients of a batch. The layers are updated side by side: each has a shift register of
 * its own, which takes a step for each parameter of the layer and so decides how it is rounded. Parameters follow one
 * another as the gradient engine reads out their gradients, weights before biases before gains.
 */
final class ParameterUpdate {
    /** Shifts above this one leave nothing of a step. */
    private static final int MOST_SHIFT = 62;

    private final TrainingFormat format;
    private final Optimiser optimiser;
    private final int batchShift;
    private final GanPlan.Cells cells;
    private long saturatedMomenta;
    private long saturatedWeights;
    private long cellWrites;
    private long skippedCells;

    ParameterUpdate(GanPlan plan) {
        format = plan.format();
        optimiser = plan.optimiser();
        batchShift = Integer.numberOfTrailingZeros(plan.batch());
        cells = plan.cells();
    }

    /**
     * Updates a network in place.
     *
     * @param learnsBelow whether errors go on below its first layer, which then has transposed arrays, too
     */
    void apply(TrainedNetwork network, GradientSums gradients, long step, boolean learnsBelow) {
        int halved = optimiser.halved(step);
        for (int layer = 0; layer < network.layers().size(); layer++) {
            int arrays = layer > 0 || learnsBelow ? 2 : 1;
            int weights = network.layers().get(layer).geometry().weightCount();
            int[] parameters = network.parameters(layer);
            int[] momenta = network.momenta(layer);
            Lfsr rounding = network.rounding(layer);
            int shift = gradients.exponent(layer) + batchShift - TrainingFormat.MOMENTUM_FRACTION;
            int biasShift = gradients.biasExponent(layer) + batchShift - TrainingFormat.MOMENTUM_FRACTION;
            int gains = weights + network.layers().get(layer).geometry().scaleCount();
            for (int i = 0; i < parameters.length; i++) {
                int scaleShift = i < gains ? biasShift : biasShift + format.normalExponent();
                long gradient = FixedPoint.scale(gradients.sum(layer, i), i < weights ? shift : scaleShift);
                momenta[i] = momentum(momenta[i], gradient, parameters[i]);
                int updated = moved(parameters[i], momenta[i], halved, rounding);
                if (i < weights) {
                    countCells(parameters[i], updated, arrays);
                }
                parameters[i] = updated;
            }
        }
    }

    private int momentum(int momentum, long gradient, int parameter) {
        long kept =
                Requantiser.roundHalfEven((long) momentum * optimiser.momentum(), Optimiser.MOMENTUM_FACTOR_FRACTION);
        Optimiser.Factor decay = optimiser.weightDecay();
        long decayed = FixedPoint.scale(
                (long) parameter * decay.mantissa(),
                decay.shift() + format.weightFraction() - TrainingFormat.MOMENTUM_FRACTION);
        long sum = kept + FixedPoint.saturate(gradient, 48) + decayed;
        long word = FixedPoint.saturate(sum, TrainingFormat.MOMENTUM_BITS);
        saturatedMomenta += word == sum ? 0 : 1;
        return (int) word;
    }

    /** Adds random bits below the last one that is kept, and cuts. */
    private int moved(int parameter, int momentum, int halved, Lfsr rounding) {
        Optimiser.Factor rate = optimiser.rate();
        int shift = TrainingFormat.MOMENTUM_FRACTION + rate.shift() + halved - format.weightFraction();
        long step = (long) momentum * rate.mantissa();
        long drawn = rounding.next();
        long moved = parameter - (shift > MOST_SHIFT ? 0 : (step + (drawn >>> (64 - shift))) >> shift);
        long word = FixedPoint.saturate(moved, TrainingFormat.WEIGHT_BITS);
        saturatedWeights += word == moved ? 0 : 1;
        return (int) word;
    }

    /** Forward and transposed arrays hold the same codes. */
    private void countCells(int before, int after, int arrays) {
        int all = (TrainingFormat.WEIGHT_BITS + cells.bits() - 1) / cells.bits();
        long written;
        if (cells.encoding() == Encoding.OFFSET) {
            int offset = 1 << (TrainingFormat.WEIGHT_BITS - 1);
            written = changed(before + offset, after + offset);
        } else {
            all *= 2;
            written = changed(Math.max(0, before), Math.max(0, after))
                    + changed(Math.max(0, -before), Math.max(0, -after));
        }
        cellWrites += (long) arrays * written;
        skippedCells += arrays * (all - written);
    }

    private int changed(int before, int after) {
        int differing = before ^ after;
        int mask = (1 << cells.bits()) - 1;
        int changed = 0;
        while (differing != 0) {
            changed += (differing & mask) == 0 ? 0 : 1;
            differing >>>= cells.bits();
        }
        return changed;
    }

    /** What the updates so far have counted. */
    TrainingCounts counts() {
        return new TrainingCounts(0, 0, saturatedMomenta, saturatedWeights, cellWrites, skippedCells);
    }
}
