package org.emat.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emat.arch.Architecture.Mapping;
import org.emat.cost.Component;
import org.emat.suite.Published;
import org.emat.suite.Published.Compared;
import org.emat.suite.Row;

/**
 * A published figure beside what was measured on one row, or on one training step.
 *
 * @param where the row, or the step; empty where nothing is compared
 * @param published the figure
 * @param variant the mapping that is the machine's own; empty where nothing is compared
 * @param measured in the unit of the figure; empty where nothing is compared
 * @param phase the same figure of the mapping phase; empty where it was not measured
 * @param outcome how the two stand
 * @param why one sentence
 */
public record PublishedCheck(
        String where,
        Published published,
        Optional<Variant> variant,
        Optional<Double> measured,
        Optional<Double> phase,
        Outcome outcome,
        String why) {

    private static final double HALF = 0.5;
    private static final String SEPARATE =
            ", since every tap has word lines and converters of its own; RED adds the taps"
                    + " of a phase up on merged bit lines before conversion (remembered)";

    /** How a measured figure stands to a published one. */
    public enum Outcome {
        /** In the published range. */
        REPRODUCED,
        /** Better than the published range. */
        EXCEEDED,
        /** Worse than the published range. */
        MISSED,
        /** The published baseline or workload is none that was measured. */
        NOT_COMPARED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** All published figures that concern a table: those of its rows, then those of the set on each row. */
    public static List<PublishedCheck> of(BenchmarkTable table) {
        List<PublishedCheck> checks = new ArrayList<>();
        for (Published published : table.set().published()) {
            if (published.compared() == Compared.NONE) {
                checks.add(notCompared(published));
                continue;
            }
            if (published.compared() == Compared.TRAINING_STEP) {
                TrainingStep.of(table).forEach(step -> checks.add(check(step, published)));
                continue;
            }
            for (Row row : table.rows()) {
                Published figure = own(row, published).orElse(published);
                check(table, row, figure).ifPresent(checks::add);
            }
        }
        return List.copyOf(checks);
    }

    /** The figure that the same machine claims for the row alone, which says more than its range. */
    private static Optional<Published> own(Row row, Published published) {
        return row.published().stream()
                .filter(figure -> figure.system().equals(published.system())
                        && figure.compared() == published.compared()
                        && figure.claim().equals(published.claim()))
                .findFirst();
    }

    private static PublishedCheck notCompared(Published published) {
        return new PublishedCheck(
                "",
                published,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Outcome.NOT_COMPARED,
                "Its baseline, " + published.baseline() + ", is no machine that emat has.");
    }

    private static PublishedCheck check(TrainingStep step, Published published) {
        double measured = step.speedUp();
        String why = String.format(
                Locale.ROOT,
                "Its baseline, %s, is not public; emat's is the same step with inserted zeros, %,.0f cycles against"
                        + " %,.0f, all at one clock, and takes %.2f times the energy. Were the gradients, which are not"
                        + " computed on arrays here, infinitely fast, the factor would be %.2f. Passes follow one"
                        + " another: %s",
                published.baseline(),
                step.zeroInsertedCycles(),
                step.cycles(),
                step.energyRatio(),
                step.arraySpeedUp(),
                TrainingStep.COMPOSITION);
        return new PublishedCheck(
                step.network() + ", training step",
                published,
                Optional.of(Variant.PHASE),
                Optional.of(measured),
                Optional.of(measured),
                outcome(published, measured),
                why);
    }

    private static Optional<PublishedCheck> check(BenchmarkTable table, Row row, Published published) {
        Variant variant = Variant.named(published.mapping());
        Optional<Line> line = table.find(row, variant);
        Optional<Double> measured = line.flatMap(found -> figure(table, found, published.compared()));
        if (measured.isEmpty()
                || (published.claim().contains("FCN layers") && !row.name().startsWith("FCN"))) {
            return Optional.empty();
        }
        Optional<Double> phase =
                table.find(row, Variant.PHASE).flatMap(found -> figure(table, found, published.compared()));
        Outcome outcome = outcome(published, measured.get());
        Line base = table.find(row, Variant.ZERO_INSERTION).orElseThrow();
        return Optional.of(new PublishedCheck(
                row.name(),
                published,
                Optional.of(variant),
                measured,
                phase,
                outcome,
                why(published, line.get(), base, table)));
    }

    private static Optional<Double> figure(BenchmarkTable table, Line line, Compared compared) {
        Variant base = Variant.ZERO_INSERTION;
        return switch (compared) {
            case SPEED_UP -> table.speedUp(line, base);
            case ENERGY_SAVED -> table.energyRatio(line, base).map(ratio -> 100 * (1 - 1 / ratio));
            case ENERGY_EFFICIENCY -> table.energyRatio(line, base);
            case AREA_ADDED -> table.areaRatio(line, base).map(ratio -> 100 * (ratio - 1));
            case TRAINING_STEP, NONE -> Optional.empty();
        };
    }

    private static Outcome outcome(Published published, double measured) {
        boolean less = measured < published.low();
        boolean more = measured > published.high();
        if (!less && !more) {
            return Outcome.REPRODUCED;
        }
        return more == (published.compared() != Compared.AREA_ADDED) ? Outcome.EXCEEDED : Outcome.MISSED;
    }

    private static String why(Published published, Line line, Line base, BenchmarkTable table) {
        return switch (published.compared()) {
            case SPEED_UP -> speed(published, line, base, table);
            case ENERGY_SAVED, ENERGY_EFFICIENCY -> energy(line, base);
            case AREA_ADDED -> area(line, base);
            case TRAINING_STEP, NONE -> "";
        };
    }

    /** What the mapping can gain at most: a block of stride × stride outputs a step, in as many turns as folded. */
    private static double ideal(Line line) {
        int stride = line.row().layers().get(line.row().layers().size() - 1).stride();
        return (double) stride * stride / line.variant().fold();
    }

    private static String speed(Published published, Line line, Line base, BenchmarkTable table) {
        double own = 100 * table.speedUp(line, Variant.ZERO_INSERTION).orElse(0.0) / ideal(line);
        double theirs = 100 * Math.min(1, published.high() / ideal(line));
        String bound = String.format(
                Locale.ROOT,
                "%s at most%s; emat reaches %.1f %% of it",
                number(ideal(line)),
                line.variant().fold() == 1 ? ", the square of the stride" : ", with two taps in turns",
                own);
        if (own > 100.05) {
            bound += ", since zero-insertion waits " + percent(1 - busy(base))
                    + " of its cycles for the window that starts a row, whose columns take longer to fetch than a step";
        }
        return published.high() < ideal(line)
                ? String.format(Locale.ROOT, "%s, the published figure %.1f %%.", bound, theirs)
                : bound + ".";
    }

    private static double busy(Line line) {
        return line.result().map(found -> found.measurement().busyShare()).orElse(1.0);
    }

    private static String energy(Line line, Line base) {
        double conversions = (double) conversions(line) / conversions(base);
        return String.format(
                Locale.ROOT,
                "It makes %.3f of zero-insertion's conversions, and converters take %s of its energy%s.",
                conversions,
                percent(share(line)),
                apart(line) ? SEPARATE : "");
    }

    /** Whether taps share no converter though they would fit on the word lines of one crossbar. */
    private static boolean apart(Line line) {
        return line.variant().mapping() == Mapping.PIXEL_WISE
                && line.result().orElseThrow().hardware().utilisation() < HALF;
    }

    private static long conversions(Line line) {
        return line.result().orElseThrow().measurement().total().conversions();
    }

    private static double share(Line line) {
        Hardware hardware = line.result().orElseThrow().hardware();
        return hardware.energy().get(Component.ADC) / hardware.totalEnergy();
    }

    private static String area(Line line, Line base) {
        Hardware own = line.result().orElseThrow().hardware();
        Hardware other = base.result().orElseThrow().hardware();
        String crossbars = String.format(
                Locale.ROOT,
                "%d crossbars, %s of their cells in use, against %d, %s in use",
                own.crossbars(),
                percent(own.utilisation()),
                other.crossbars(),
                percent(other.utilisation()));
        return own.crossbars() > other.crossbars()
                ? crossbars + ", each with converters of its own."
                : crossbars + "; what differs is the periphery.";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
