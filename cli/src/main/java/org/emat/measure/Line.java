package org.emat.measure;

import java.util.Optional;
import org.emat.cost.Constants;
import org.emat.suite.Row;

/**
 * One line of a benchmark: a row under a mapping.
 *
 * @param row the row
 * @param variant the mapping
 * @param work what there is to do
 * @param result what it did and costs; empty for volumes, which only formulas know
 * @param kept whether the measurement was found in the cache
 */
public record Line(Row row, Variant variant, Work work, Optional<Result> result, boolean kept) {
    /**
     * A measured or predicted design.
     *
     * @param measurement what it did
     * @param hardware what it is made of and costs
     */
    public record Result(Measurement measurement, Hardware hardware) {}

    /** The line of a design. */
    public static Line of(Subject subject, Measurement measurement, Constants constants, boolean kept) {
        Result result = new Result(measurement, Hardware.of(subject, measurement, constants));
        return new Line(subject.row(), subject.variant(), Work.of(subject), Optional.of(result), kept);
    }

    /** The line of layers that no design computes. */
    public static Line predictedOnly(Row row, Variant variant) {
        return new Line(row, variant, Work.of(row, variant), Optional.empty(), false);
    }

    /** What a frame takes while frames stream: cycles, or steps where no design computes it. */
    public double time() {
        return result.map(found -> found.measurement().cyclesPerFrame()).orElse((double) work.steps());
    }

    /** Energy of a frame, in J. */
    public Optional<Double> energy() {
        return result.map(found -> found.hardware().totalEnergy());
    }

    /** Area, in mm². */
    public Optional<Double> area() {
        return result.map(found -> found.hardware().totalArea());
    }

    /** Whether nothing that was compared differs. */
    public boolean equal() {
        return result.map(found -> found.measurement().equal()).orElse(true);
    }
}
