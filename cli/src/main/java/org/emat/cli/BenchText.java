package org.emat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.Hardware;
import org.emat.measure.Line;
import org.emat.measure.Measurement;
import org.emat.measure.PublishedCheck;
import org.emat.measure.Remark;
import org.emat.measure.Setting;
import org.emat.measure.TrainingStep;
import org.emat.measure.Variant;
import org.emat.suite.LayerShape;
import org.emat.suite.Pass;
import org.emat.suite.Row;

/** A benchmark as text for a terminal, at most 120 columns wide. */
final class BenchText {
    private static final String[] JOULES = {"pJ", "nJ", "µJ", "mJ", "J"};
    private static final String[] UNITS = {"", "k", "M", "G", "T"};

    private final BenchmarkTable table;

    BenchText(BenchmarkTable table) {
        this.table = table;
    }

    /** The whole text. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Row row : table.rows()) {
            text.append(title(row)).append(System.lineSeparator());
            text.append(lines(row)).append(simulation(row)).append(System.lineSeparator());
        }
        text.append(trainingSteps()).append(published());
        if (table.counted()) {
            text.append(verdict()).append(System.lineSeparator());
        }
        return text.toString();
    }

    private String title(Row row) {
        LayerShape first = row.layers().get(0);
        LayerShape last = row.layers().get(row.layers().size() - 1);
        String shapes = shape(first.input(), first.channels(), first.dimensions()) + " to "
                + shape(last.output(), last.outputs(), last.dimensions());
        String layers = row.layers().size() == 1 ? "" : row.layers().size() + " layers, ";
        return row.name() + ": " + layers + shapes + ", " + short4(row.usefulMacs()) + " products, "
                + short4(row.zeroInsertedMacs()) + " with inserted zeros" + setting(row);
    }

    private static String shape(int pixels, int channels, int dimensions) {
        return (pixels + "x").repeat(dimensions) + channels;
    }

    private String setting(Row row) {
        return table.of(row).get(0).result().map(Line.Result::hardware).map(Hardware::setting).stream()
                .map((Setting setting) -> "; " + setting.frames() + " frames, "
                        + (row.pass() == Pass.GRADIENT ? "a gradient engine per layer" : pixels(setting)))
                .findFirst()
                .orElse("");
    }

    private static String pixels(Setting setting) {
        return setting.pixelsPerCycle() + (setting.pixelsPerCycle() == 1 ? " pixel" : " pixels") + " a cycle";
    }

    private Table lines(Row row) {
        Table text = new Table(
                "mapping",
                "steps",
                "1 frame",
                "a frame",
                "reads",
                "convers.",
                "arrays",
                "used",
                "busy",
                "energy",
                "mm²",
                "x zero",
                "x pad.",
                table.counted() ? "differ" : "counted");
        for (Line line : table.of(row)) {
            Optional<Measurement> measurement = line.result().map(Line.Result::measurement);
            Optional<Hardware> hardware = line.result().map(Line.Result::hardware);
            Optional<Hardware> arrays = hardware.filter(found -> found.crossbars() > 0);
            text.row(
                    line.variant(),
                    short4(line.work().steps()),
                    measurement.map(found -> exact(found.cyclesOfOne())).orElse("-"),
                    measurement.map(found -> exact(found.cyclesPerFrame())).orElse("-"),
                    arrays.flatMap(found -> measurement)
                            .map(found -> short4((double) found.total().arrayReads() / found.frames()))
                            .orElse("-"),
                    arrays.flatMap(found -> measurement)
                            .map(found -> short4((double) found.total().conversions() / found.frames()))
                            .orElse("-"),
                    arrays.map(found -> exact(found.crossbars())).orElse("-"),
                    arrays.map(found -> percent(found.utilisation())).orElse("-"),
                    measurement.map(found -> percent(found.busyShare())).orElse("-"),
                    hardware.map(found -> energy(found.totalEnergy())).orElse("-"),
                    hardware.map(found -> area(found.totalArea())).orElse("-"),
                    factor(table.speedUp(line, Variant.ZERO_INSERTION)),
                    factor(table.speedUp(line, Variant.PADDING_FREE)),
                    measurement.map(BenchText::differing).orElse("-"));
        }
        return text;
    }

    /** What simulating the row took; nothing where it was only predicted. */
    private String simulation(Row row) {
        List<String> seconds = new ArrayList<>();
        long bytes = 0;
        for (Line line : table.of(row)) {
            Optional<Measurement> counted =
                    line.result().map(Line.Result::measurement).filter(Measurement::counted);
            if (counted.isPresent()) {
                Measurement.Simulation simulation = counted.get().simulation();
                double frame = simulation.seconds() / counted.get().frames();
                seconds.add(String.format(Locale.ROOT, "%s %.2f", line.variant(), frame));
                bytes = Math.max(bytes, simulation.peakBytes());
            }
        }
        String memory = bytes == 0 ? "" : "; " + bytes / 1_000_000 + " MB";
        return seconds.isEmpty()
                ? ""
                : "Simulation, s a frame: " + String.join(", ", seconds) + memory + System.lineSeparator();
    }

    private static String differing(Measurement measurement) {
        if (!measurement.counted()) {
            return "no";
        }
        return measurement.differingWords() + (measurement.differences().isEmpty() ? "" : "!");
    }

    private String trainingSteps() {
        List<TrainingStep> steps = TrainingStep.of(table);
        if (steps.isEmpty()) {
            return "";
        }
        Table text = new Table(
                "training step", "cycles", "with zeros", "faster", "gradients at once", "energy", "less energy");
        steps.forEach(step -> text.row(
                step.network(),
                exact(step.cycles()),
                exact(step.zeroInsertedCycles()),
                factor(Optional.of(step.speedUp())),
                factor(Optional.of(step.arraySpeedUp())),
                energy(step.energy()),
                factor(Optional.of(step.energyRatio()))));
        return text + System.lineSeparator();
    }

    private String published() {
        List<PublishedCheck> checks = PublishedCheck.of(table).stream()
                .filter(check -> check.measured().isPresent())
                .toList();
        if (checks.isEmpty()) {
            return "";
        }
        Table text = new Table("row", "published", "by", "figure", "mapping", "measured", "phase", "outcome");
        for (PublishedCheck check : checks) {
            text.row(
                    check.where(),
                    check.published().claim().replaceAll(",.*| by the .*", ""),
                    check.published().system(),
                    Remark.range(check.published()),
                    check.variant().map(Variant::toString).orElse(""),
                    figure(check.measured(), check),
                    figure(check.phase(), check),
                    check.outcome());
        }
        return text + System.lineSeparator();
    }

    private static String figure(Optional<Double> value, PublishedCheck check) {
        String unit = check.published().unit().equals("x") ? "×" : " %";
        return value.map(number -> String.format(Locale.ROOT, "%.2f%s", number, unit))
                .orElse("-");
    }

    private String verdict() {
        long words = 0;
        for (Line line : table.lines()) {
            words += line.result().map(found -> found.measurement().words()).orElse(0L);
        }
        if (table.equal()) {
            return String.format(
                    Locale.ROOT,
                    "EQUAL: all %,d words and every count of %d designs are those of the golden model.",
                    words,
                    table.lines().size());
        }
        StringBuilder text = new StringBuilder();
        for (Line line : table.lines()) {
            line.result()
                    .ifPresent(found -> found.measurement().differences().stream()
                            .limit(3)
                            .forEach(difference -> text.append(line.row().name())
                                    .append(", ")
                                    .append(line.variant())
                                    .append(", ")
                                    .append(difference)
                                    .append(System.lineSeparator())));
        }
        return text + "DIFFERENT: words or counts of the Verilog are not those of the golden model.";
    }

    /** A number of at most four digits and a unit of thousands. */
    static String short4(double value) {
        double left = value;
        int unit = 0;
        while (left >= 9999.5 && unit < UNITS.length - 1) {
            left /= 1000;
            unit++;
        }
        String digits = left == Math.rint(left) || left >= 100 ? "%.0f%s" : "%.1f%s";
        return String.format(Locale.ROOT, digits, left, UNITS[unit]);
    }

    private static String exact(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    /** An energy of at most four digits before its unit, or with an exponent where no unit is large enough. */
    private static String energy(double joules) {
        double value = joules * 1e12;
        int unit = 0;
        while (value >= 1000 && unit < JOULES.length - 1) {
            value /= 1000;
            unit++;
        }
        String form = value >= 1000 ? "%.2e %s" : value >= 100 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, form, value, JOULES[unit]);
    }

    private static String area(double squareMillimetres) {
        return String.format(Locale.ROOT, squareMillimetres < 10 ? "%.2f" : "%.0f", squareMillimetres);
    }

    private static String factor(Optional<Double> value) {
        return value.map(number -> String.format(Locale.ROOT, number < 0.01 ? "%.5f" : "%.2f", number))
                .orElse("-");
    }
}
