package org.emat.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.emat.cost.Constants;
import org.emat.integer.IntegerNetwork;
import org.emat.network.InputException;
import org.emat.suite.BenchmarkSet;
import org.emat.suite.LayerShape;
import org.emat.suite.Pass;
import org.emat.suite.Row;
import org.emat.suite.SeededRow;

/** Runs rows of a set under mappings. */
public final class Benchmark {
    private final BenchmarkSet set;
    private final List<Row> rows;
    private final List<Variant> variants;
    private final List<String> names;
    private final boolean chosen;
    private final Constants constants;
    private final Optional<Rtl> rtl;

    /**
     * How to measure in Verilog.
     *
     * @param measurer simulates and compares
     * @param cache keeps what was measured
     */
    public record Rtl(Measurer measurer, ResultCache cache) {}

    /**
     * A benchmark.
     *
     * @param set the set
     * @param names rows to run; all if empty
     * @param variants mappings to run; if empty all, each on the rows that it fits
     * @param constants of costs
     * @param rtl how to measure; empty to predict
     * @throws InputException if a row or its pass is not there, or if a chosen mapping does not fit
     */
    public Benchmark(
            BenchmarkSet set, List<String> names, List<Variant> variants, Constants constants, Optional<Rtl> rtl) {
        this.set = set;
        this.chosen = !variants.isEmpty();
        this.variants = chosen ? variants.stream().distinct().toList() : Variant.ALL;
        this.constants = constants;
        this.rtl = rtl;
        List<Row> asked = names.isEmpty()
                ? set.rows()
                : names.stream()
                        .flatMap(name -> set.rows(name).stream())
                        .distinct()
                        .toList();
        this.rows = asked;
        this.names = List.copyOf(names);
        check(!names.isEmpty());
    }

    /** Whether there is a design of a row under a mapping. */
    private static boolean fits(Row row, Variant variant) {
        return row.pass() == Pass.GRADIENT ? GradientSubject.knows(variant) : variant.fits(row.layers());
    }

    private void check(boolean named) {
        for (Row row : rows) {
            if (named && rtl.isPresent() && !row.runnable()) {
                throw new InputException("Row '" + row.name()
                        + "' has layers of 3 dimensions, which no design computes; it is predicted without --rtl.");
            }
        }
        if (rtl.isPresent() && rows.stream().noneMatch(Row::runnable)) {
            throw new InputException("Set '" + set.name()
                    + "' has layers of 3 dimensions, which no design computes; it is predicted without --rtl.");
        }
        if (chosen) {
            // Gradients have two mappings only; unless they are asked for by their whole name, the others pass them by.
            rows.stream()
                    .filter(row -> row.pass() != Pass.GRADIENT || names.contains(row.name()))
                    .forEach(this::checkChosen);
        }
    }

    private void checkChosen(Row row) {
        for (Variant variant : variants) {
            if (row.runnable() && !fits(row, variant)) {
                String why = row.pass() == Pass.GRADIENT
                        ? "gradients such as those of row '" + row.name() + "' are of phase or zero-insertion"
                        : "the fold does not divide the taps of every phase of row '" + row.name() + "'";
                throw new InputException("Mapping '" + variant + "': " + why + "; name the rows that it fits.");
            }
        }
    }

    /** Runs everything. */
    public BenchmarkTable run(Listener listener) {
        List<Line> lines = new ArrayList<>();
        for (Row row : rows) {
            lines.addAll(row.runnable() ? designs(row, listener) : volumes(row));
        }
        return new BenchmarkTable(set, lines, rtl.isPresent(), constants.name(), remarks());
    }

    private List<Line> designs(Row row, Listener listener) {
        listener.at(row.name() + ": drawing weights", 0);
        Function<Variant, Subject> subjects = subjects(row);
        List<Line> lines = new ArrayList<>();
        for (Variant variant : variants) {
            if (fits(row, variant)) {
                lines.add(line(subjects.apply(variant), listener));
            }
        }
        return lines;
    }

    /** The subject of a row by its mapping; weights are drawn once. */
    private static Function<Variant, Subject> subjects(Row row) {
        if (row.pass() == Pass.GRADIENT) {
            return variant -> GradientSubject.of(row, variant);
        }
        IntegerNetwork network = new SeededRow(row).network();
        return variant -> ChainSubject.of(row, network, variant);
    }

    private Line line(Subject subject, Listener listener) {
        if (rtl.isEmpty()) {
            return Line.of(subject, Predictor.predict(subject, listener), constants, false);
        }
        Optional<Measurement> kept = rtl.get().cache().find(subject);
        Measurement measurement = kept.orElseGet(() -> rtl.get().measurer().measure(subject, listener));
        if (kept.isEmpty() && measurement.equal()) {
            rtl.get().cache().keep(subject, measurement);
        }
        return Line.of(subject, measurement, constants, kept.isPresent());
    }

    /** Layer by layer, since layers of a volume are not planned as one pipeline. */
    private List<Line> volumes(Row row) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < row.layers().size(); i++) {
            List<LayerShape> layer = List.of(row.layers().get(i));
            Row alone =
                    new Row(row.name() + "/" + i, row.network(), row.pass(), layer, row.signedInput(), row.published());
            for (Variant variant : variants) {
                if (variant.fold() == 1) {
                    lines.add(Line.predictedOnly(alone, variant));
                }
            }
        }
        return lines;
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (rows.stream().anyMatch(row -> row.pass() == Pass.GRADIENT)
                && variants.stream().anyMatch(variant -> !GradientSubject.knows(variant))) {
            remarks.add(
                    "Gradients are left out under other mappings than phase (no inserted zero) and zero-insertion.");
        }
        if (rows.stream().anyMatch(row -> !row.runnable())) {
            remarks.add("Layers of 3 dimensions are known by their products and steps alone; no design computes them.");
        }
        return remarks;
    }
}
