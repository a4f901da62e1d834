package org.emat.train.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.train.gan.DrawnUpdate.Pass;

/** Updates by their definition, in whole numbers of any size. */
class ParameterUpdateTest {
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void updatesAreThoseOfTheDefinition(@ForAll long seed) {
        DrawnUpdate drawn = DrawnUpdate.draw(new SplittableRandom(seed));
        int weights = drawn.plan().generator().get(0).geometry().weightCount();
        for (int step = 0; step < drawn.passes().size(); step++) {
            NetworkState before = drawn.states().get(step);
            NetworkState after = drawn.states().get(step + 1);
            long register = before.rounding()[0];
            long saturatedMomenta = 0;
            long saturatedWeights = 0;
            for (int i = 0; i < before.parameters()[0].length; i++) {
                register ^= register << 13;
                register ^= register >>> 7;
                register ^= register << 17;
                BigInteger momentum = momentum(drawn, step, i, i < weights);
                saturatedMomenta += fits(momentum, 32) ? 0 : 1;
                assertThat(after.momenta()[0][i]).as("%s", drawn).isEqualTo(clamp(momentum, 32));
                BigInteger moved = moved(drawn, step, i, register);
                saturatedWeights += fits(moved, 16) ? 0 : 1;
                assertThat(after.parameters()[0][i]).as("%s", drawn).isEqualTo(clamp(moved, 16));
            }
            assertThat(after.rounding()[0]).isEqualTo(register);
            assertThat(drawn.counts().get(step).saturatedMomenta()).isEqualTo(saturatedMomenta);
            assertThat(drawn.counts().get(step).saturatedWeights()).isEqualTo(saturatedWeights);
        }
    }

    /** The sum of three addends, each rounded; that of the gradient has 48 bits. */
    private static BigInteger momentum(DrawnUpdate drawn, int step, int i, boolean weight) {
        NetworkState before = drawn.states().get(step);
        Optimiser optimiser = drawn.plan().optimiser();
        Pass pass = drawn.passes().get(step);
        int batch = Integer.numberOfTrailingZeros(drawn.plan().batch());
        int exponent = pass.errorExponent() + (weight ? pass.inputExponent() : 0);
        BigInteger gradient = divided(pass.sums()[i], 1, exponent + batch - 24);
        return BigInteger.valueOf(clamp(gradient, 48))
                .add(divided(before.momenta()[0][i], optimiser.momentum(), 15))
                .add(divided(
                        before.parameters()[0][i],
                        optimiser.weightDecay().mantissa(),
                        optimiser.weightDecay().shift() + drawn.plan().format().weightFraction() - 24));
    }

    /** Random bits below the last one that is kept, and a cut towards minus infinity. */
    private static BigInteger moved(DrawnUpdate drawn, int step, int i, long register) {
        int shift = drawn.rateShift(step);
        BigInteger before = BigInteger.valueOf(drawn.states().get(step).parameters()[0][i]);
        if (shift > 62) {
            return before;
        }
        long momentum = drawn.states().get(step + 1).momenta()[0][i];
        BigInteger random = new BigInteger(Long.toUnsignedString(register)).shiftRight(64 - shift);
        BigInteger far = BigInteger.valueOf(momentum)
                .multiply(BigInteger.valueOf(drawn.plan().optimiser().rate().mantissa()));
        return before.subtract(far.add(random).shiftRight(shift));
    }

    private static BigInteger divided(long value, long factor, int shift) {
        BigDecimal product = BigDecimal.valueOf(value).multiply(BigDecimal.valueOf(factor));
        BigDecimal power = new BigDecimal(BigInteger.TWO.pow(Math.abs(shift)));
        return shift < 0
                ? product.multiply(power).toBigIntegerExact()
                : product.divide(power, 0, RoundingMode.HALF_EVEN).toBigIntegerExact();
    }

    private static boolean fits(BigInteger value, int bits) {
        return value.bitLength() < bits;
    }

    private static long clamp(BigInteger value, int bits) {
        long most = (1L << (bits - 1)) - 1;
        return fits(value, bits) ? value.longValueExact() : value.signum() < 0 ? -most - 1 : most;
    }
}
