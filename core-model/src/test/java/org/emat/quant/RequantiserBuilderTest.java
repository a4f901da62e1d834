package org.emat.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.integer.Requantiser;
import org.emat.network.NumberFormat;

class RequantiserBuilderTest {

    /** The result is that of real arithmetic to within the resolution of the multiplier, and never overflows. */
    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void approximatesRealScales(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        NumberFormat input = new NumberFormat(1 + random.nextInt(16), random.nextBoolean());
        int weightBits = 2 + random.nextInt(15);
        long accumulator = RequantiserBuilder.accumulator(1 + random.nextInt(1 << 14), input, weightBits);
        NumberFormat output = new NumberFormat(4 + random.nextInt(13), random.nextBoolean());
        RequantiserBuilder builder = new RequantiserBuilder(1, accumulator, output.min(), output.max());
        double ratio = Math.scalb(1 + random.nextDouble(), random.nextInt(-30, 15));
        double bias = (random.nextDouble() - 0.5) * Math.scalb(1.0, random.nextInt(70));
        builder.set(0, ratio, bias);
        Requantiser requantiser = builder.build();
        for (long sum : new long[] {accumulator, -accumulator, 0, random.nextLong(-accumulator, accumulator + 1)}) {
            double wanted = Math.max((double) output.min(), Math.min((double) output.max(), (sum + bias) * ratio));
            double tolerance = 0.51 + ratio + Math.abs(wanted) * relativeError(ratio, requantiser);
            assertThat((double) requantiser.apply(sum, 0))
                    .as("ratio %s, bias %s, sum %s, %s", ratio, bias, sum, output)
                    .isCloseTo(wanted, within(tolerance));
        }
    }

    /** Half a unit of the multiplier, which is smaller where wide sums leave it fewer bits. */
    private static double relativeError(double ratio, Requantiser requantiser) {
        double exact = Math.scalb(ratio, requantiser.shift()[0]);
        return Math.max(1.0 / (1 << 15), Math.abs(requantiser.multiplier()[0] - exact) / exact);
    }
}
