package org.emat.measure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.emat.suite.Published;
import org.emat.suite.Published.Compared;

/** One sentence on how a line differs from the others and from what was published. */
public final class Remark {
    private Remark() {}

    /** The sentence of a line. */
    public static String of(BenchmarkTable table, Line line) {
        if (line.variant().equals(Variant.ZERO_INSERTION)) {
            return String.format(
                    Locale.ROOT,
                    "The baseline: %.2f products with an inserted zero for each useful one.",
                    (double) (line.work().zeroInsertedMacs() - line.work().usefulMacs())
                            / line.work().usefulMacs());
        }
        StringBuilder text = new StringBuilder(steps(table, line)).append(pace(line));
        table.speedUp(line, Variant.ZERO_INSERTION).ifPresent(speed -> text.append(range(table, line, speed)));
        return text.append('.').toString();
    }

    private static String steps(BenchmarkTable table, Line line) {
        Optional<Line> base = table.find(line.row(), Variant.ZERO_INSERTION);
        if (base.isEmpty()) {
            return "Zero-insertion was not measured";
        }
        long steps = line.work().steps();
        double speed = base.get().time() / line.time();
        return String.format(
                Locale.ROOT,
                "%d %s%s against %d: %.2f times as fast",
                steps,
                steps == 1 ? "step" : "steps",
                turns(line),
                base.get().work().steps(),
                speed);
    }

    /** Which layer of a chain sets its pace, since a chain is as fast as the busiest of its layers. */
    private static String pace(Line line) {
        int layers = line.row().layers().size();
        if (layers == 1 || line.result().isEmpty()) {
            return "";
        }
        List<Measurement.Engine> engines = line.result().get().measurement().engines();
        int busiest = 0;
        for (int i = 1; i < layers; i++) {
            busiest = engines.get(i).counts().busy()
                            > engines.get(busiest).counts().busy()
                    ? i
                    : busiest;
        }
        return ", at the pace of layer " + (busiest + 1) + " of " + layers + ", which has a stride of "
                + line.row().layers().get(busiest).stride();
    }

    private static String turns(Line line) {
        return line.variant().fold() == 1 || line.result().isEmpty()
                ? ""
                : " of " + line.variant().fold() + " turns";
    }

    private static String range(BenchmarkTable table, Line line, double speed) {
        Optional<Published> published = published(table, line);
        if (published.isEmpty()) {
            return "; nothing is published for it";
        }
        String where = speed < published.get().low()
                ? "below"
                : speed > published.get().high() ? "above" : "within";
        return "; " + where + " the published " + range(published.get());
    }

    /** The published speed-up that a line is compared with: that of its row, or of the set. */
    public static Optional<Published> published(BenchmarkTable table, Line line) {
        return Stream.concat(
                        line.row().published().stream()
                                .filter(figure ->
                                        figure.mapping().equals(line.variant().toString())),
                        table.set().published().stream())
                .filter(figure -> figure.compared() == Compared.SPEED_UP)
                .findFirst();
    }

    /** A published range as text. */
    public static String range(Published published) {
        String low = plain(published.low());
        String numbers = published.low() == published.high() ? low : low + "–" + plain(published.high());
        return numbers + (published.unit().equals("x") ? "×" : "\u00a0" + published.unit());
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
