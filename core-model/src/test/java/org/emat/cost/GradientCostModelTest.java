package org.emat.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.emat.arch.Architecture.OnePixel;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.schedule.StallScript;
import org.emat.train.GradientCycles;
import org.emat.train.GradientPlan;
import org.emat.train.GradientPlan.Form;
import org.emat.train.GradientPlanner;
import org.emat.train.GradientScheduler;
import org.junit.jupiter.api.Test;

/** Costs of a small gradient engine, computed by hand with the constants of ISAAC. */
class GradientCostModelTest {
    private static final GradientCostModel MODEL =
            new GradientCostModel(Constants.standard(), new LatencyModel(Constants.standard()).digital());
    private static final double PICOJOULE = 1e-12;
    private static final double SQUARE_MICROMETRE = 1e-6; // in mm²

    /** 3x3x4 to 6x6x6 by 4 × 4 at stride 2; a pair of pixels has 24 products. */
    private static GradientPlan plan(int lanes) {
        Axis axis = new Axis(4, 2, 1, 1, 1, 0);
        LayerGeometry layer =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(4, 3, 3), 6, axis, axis, 1);
        return new GradientPlanner(Form.ZERO_FREE, OnePixel.DENSE, lanes, 1)
                .plan("g", layer, new NumberFormat(8, true), new NumberFormat(6, true));
    }

    private static EngineCost cost(GradientPlan plan) {
        GradientCycles cycles = new GradientScheduler().count(plan, 1, 1, StallScript.none());
        return MODEL.cost(plan, cycles);
    }

    private static Offset<Double> rounding(double value) {
        return within(1e-9 * value);
    }

    @Test
    void productsAndSumsAreWhatIsPaidFor() {
        GradientPlan plan = plan(6);
        EngineCost cost = cost(plan);
        int sums = plan.accumulatorBits();
        // On an axis 3 pixels meet 4 taps each, of which two are cropped: 10 pairs, so 100 in all.
        double products = 100 * 24;
        double multipliers = products * 8 * 6 * 12.68 / 1024 * PICOJOULE;
        assertThat(cost.of(Component.GRADIENT_LANES).energy()).isCloseTo(multipliers, rounding(multipliers));
        // A product reads and writes its sum; 384 sums are cleared first, then read out and cleared again.
        double words = 2 * products + 3 * 384;
        double accumulators = (words * sums * 20.45 / 256 + products * sums * 0.21 / 32) * PICOJOULE;
        assertThat(cost.of(Component.GRADIENT_ACCUMULATORS).energy()).isCloseTo(accumulators, rounding(accumulators));
        double biases = 36 * 6 * sums * (0.009 + 0.21 / 32) * PICOJOULE;
        assertThat(cost.of(Component.GRADIENT_BIASES).energy()).isCloseTo(biases, rounding(biases));
        assertThat(cost.of(Component.ADC)).isEqualTo(new Cost(0, 0, 0));
        assertThat(cost.of(Component.CROSSBAR)).isEqualTo(new Cost(0, 0, 0));
    }

    @Test
    void areaIsThatOfLanesAndSums() {
        GradientPlan plan = plan(6);
        EngineCost cost = cost(plan);
        int sums = plan.accumulatorBits();
        double lanes = 6 * 8 * 6 * 6350.0 / 1024 * SQUARE_MICROMETRE;
        assertThat(cost.of(Component.GRADIENT_LANES).area()).isCloseTo(lanes, rounding(lanes));
        double memory = (384 * sums * 83000.0 / 524288 + 6 * sums * 278.0 / 32) * SQUARE_MICROMETRE;
        assertThat(cost.of(Component.GRADIENT_ACCUMULATORS).area()).isCloseTo(memory, rounding(memory));
        double biases = (6 * sums * 5.98 + 6 * sums * 278.0 / 32) * SQUARE_MICROMETRE;
        assertThat(cost.of(Component.GRADIENT_BIASES).area()).isCloseTo(biases, rounding(biases));
    }

    /** Five lanes do not divide 24 products: every sum is a register with an adder. */
    @Test
    void lanesThatReachEverySumMakeThemRegisters() {
        GradientPlan plan = plan(5);
        EngineCost cost = cost(plan);
        double registers = 384 * plan.accumulatorBits() * (5.98 + 278.0 / 32) * SQUARE_MICROMETRE;
        assertThat(cost.of(Component.GRADIENT_ACCUMULATORS).area()).isCloseTo(registers, rounding(registers));
    }
}
