package org.emat.train.gan;

import org.emat.train.gan.Loss.Side;
import org.emat.train.gan.Response.Curve;

/** Losses and errors of scores, in integers. */
public final class LossUnit {
    /** Exponent of losses. */
    static final int LOSS_FRACTION = 16;

    private final Loss loss;
    private final int bits;
    private final int exponent;
    private final int[] sigmoid;
    private final int[] softplus;

    LossUnit(Loss loss, int errorBits) {
        this.loss = loss;
        this.bits = errorBits;
        exponent = loss.errorExponent(errorBits);
        sigmoid = Curve.SIGMOID.table(exponent);
        softplus = softplus();
    }

    /** log(1 + e^x) for the index of the sigmoid's table. */
    public static int[] softplus() {
        int half = 1 << (TrainingFormat.TABLE_BITS - 1);
        int[] table = new int[2 * half];
        for (int i = 0; i < table.length; i++) {
            double x = StrictMath.scalb((double) (i - half), -Curve.SIGMOID.exponent());
            table[i] = (int) StrictMath.rint(StrictMath.scalb(StrictMath.log1p(StrictMath.exp(x)), LOSS_FRACTION));
        }
        return table;
    }

    /** The derivative of the loss by a score, with {@link Loss#errorExponent}; beyond the word's width before saturation. */
    long error(Side side, long score, int scoreExponent) {
        long one = 1L << exponent;
        long unit = 1L << scoreExponent;
        return switch (loss) {
            case HINGE ->
                switch (side) {
                    case REAL -> score < unit ? -one : 0;
                    case FAKE -> score > -unit ? one : 0;
                    case GENERATOR -> -one;
                };
            case BINARY_CROSS_ENTROPY -> sigmoid[index(score, scoreExponent)] - (side == Side.FAKE ? 0 : one);
            case LEAST_SQUARES -> FixedPoint.scale(score, scoreExponent - exponent) - (side == Side.FAKE ? 0 : one);
        };
    }

    /** The loss of a score, with exponent {@link #LOSS_FRACTION}. */
    long loss(Side side, long score, int scoreExponent) {
        long value = FixedPoint.scale(score, scoreExponent - LOSS_FRACTION);
        long one = 1L << LOSS_FRACTION;
        return switch (loss) {
            case HINGE ->
                switch (side) {
                    case REAL -> Math.max(0, one - value);
                    case FAKE -> Math.max(0, one + value);
                    case GENERATOR -> -value;
                };
            case BINARY_CROSS_ENTROPY -> softplus[index(side == Side.FAKE ? score : -score, scoreExponent)];
            case LEAST_SQUARES -> {
                long error = FixedPoint.saturate(error(side, score, scoreExponent), bits);
                yield FixedPoint.scale(error * error, 2 * exponent + 1 - LOSS_FRACTION);
            }
        };
    }

    private static int index(long score, int scoreExponent) {
        long at = FixedPoint.scale(score, scoreExponent - Curve.SIGMOID.exponent());
        return (int) FixedPoint.saturate(at, TrainingFormat.TABLE_BITS) + (1 << (TrainingFormat.TABLE_BITS - 1));
    }
}
