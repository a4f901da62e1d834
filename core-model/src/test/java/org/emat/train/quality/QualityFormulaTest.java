package org.emat.train.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Class score and Fréchet distance against closed forms, and against other ways to the same numbers. */
class QualityFormulaTest {
    /** The formula again, as entropy of the mean less the mean entropy. */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void classScoreIsTheGapOfEntropies(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] probabilities = new double[1 + random.nextInt(20)][];
        int classes = 1 + random.nextInt(9);
        for (int i = 0; i < probabilities.length; i++) {
            double[] row = random.doubles(classes).map(x -> x * x).toArray();
            double sum = Arrays.stream(row).sum();
            probabilities[i] = Arrays.stream(row).map(x -> x / sum).toArray();
        }
        double gap = 0;
        for (int c = 0; c < classes; c++) {
            double mean = 0;
            for (double[] row : probabilities) {
                gap += row[c] * Math.log(row[c]) / probabilities.length;
                mean += row[c] / probabilities.length;
            }
            gap -= mean * Math.log(mean);
        }
        assertThat(ClassScore.of(probabilities)).isCloseTo(Math.exp(gap), within(1e-9));
    }

    @Test
    void classScoreIsTheNumberOfClassesAtBestAndOneAtWorst() {
        assertThat(ClassScore.of(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}))
                .isCloseTo(3, within(1e-12));
        assertThat(ClassScore.of(new double[][] {{1, 0, 0}, {1, 0, 0}})).isCloseTo(1, within(1e-12));
        assertThat(ClassScore.of(new double[][] {{0.2, 0.8}, {0.2, 0.8}})).isCloseTo(1, within(1e-12));
    }

    /** Covariances that share their axes: the distance is Σ (μ₁ − μ₂)² + (σ₁ − σ₂)². */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void distanceOfNormalDistributionsWithCommonAxes(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = 1 + random.nextInt(12);
        double[][] axes = rotation(size, random);
        double[] first = random.doubles(size, 0, 3).toArray();
        double[] second = random.doubles(size, 0, 3).toArray();
        // Some spreads are 0, as those of features that never answer.
        first[random.nextInt(size)] = 0;
        second[random.nextInt(size)] = 0;
        double[] here = random.doubles(size, -2, 2).toArray();
        double[] there = random.doubles(size, -2, 2).toArray();
        double wanted = 0;
        for (int i = 0; i < size; i++) {
            wanted += Math.pow(here[i] - there[i], 2) + Math.pow(first[i] - second[i], 2);
        }
        FeatureStatistics one = new FeatureStatistics(here, covariance(axes, first));
        FeatureStatistics other = new FeatureStatistics(there, covariance(axes, second));
        assertThat(FrechetDistance.of(one, other)).isCloseTo(wanted, within(1e-6));
    }

    /** Of any two covariances of two features, tr (C₁C₂)^½ = √(tr C₁C₂ + 2 √(det C₁ det C₂)). */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void distanceInTwoDimensionsHasAClosedForm(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] a = covariance(rotation(2, random), random.doubles(2, 0.1, 3).toArray());
        double[][] b = covariance(rotation(2, random), random.doubles(2, 0.1, 3).toArray());
        double product = a[0][0] * b[0][0] + 2 * a[0][1] * b[0][1] + a[1][1] * b[1][1];
        double root = Math.sqrt(product + 2 * Math.sqrt(determinant(a) * determinant(b)));
        double wanted = a[0][0] + a[1][1] + b[0][0] + b[1][1] - 2 * root;
        double[] mean = {1, 2};
        assertThat(FrechetDistance.of(new FeatureStatistics(mean, a), new FeatureStatistics(mean, b)))
                .isCloseTo(wanted, within(1e-8));
    }

    private static double determinant(double[][] m) {
        return m[0][0] * m[1][1] - m[0][1] * m[1][0];
    }

    /** A product of plane rotations. */
    private static double[][] rotation(int size, SplittableRandom random) {
        double[][] axes = new double[size][size];
        for (int i = 0; i < size; i++) {
            axes[i][i] = 1;
        }
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                double angle = random.nextDouble(Math.PI);
                for (double[] row : axes) {
                    double x = row[i];
                    double y = row[j];
                    row[i] = x * Math.cos(angle) - y * Math.sin(angle);
                    row[j] = x * Math.sin(angle) + y * Math.cos(angle);
                }
            }
        }
        return axes;
    }

    private static double[][] covariance(double[][] axes, double[] spreads) {
        int size = spreads.length;
        double[][] covariance = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                for (int k = 0; k < size; k++) {
                    covariance[i][j] += axes[i][k] * spreads[k] * spreads[k] * axes[j][k];
                }
            }
        }
        return covariance;
    }

    @Test
    void statisticsAreThoseOfTheDefinition() {
        FeatureStatistics found = FeatureStatistics.of(new double[][] {{1, 2}, {3, 8}, {5, 5}});
        assertThat(found.mean()).containsExactly(new double[] {3, 5}, within(1e-12));
        assertThat(found.covariance()[0]).containsExactly(new double[] {4, 3}, within(1e-12));
        assertThat(found.covariance()[1]).containsExactly(new double[] {3, 9}, within(1e-12));
    }
}
