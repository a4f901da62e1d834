package org.emat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.Line;
import org.emat.measure.Measurement;
import org.emat.measure.Remark;
import org.emat.measure.Variant;

/** Every line of a benchmark with all its figures. */
final class BenchRows {
    private final BenchmarkTable table;

    BenchRows(BenchmarkTable table) {
        this.table = table;
    }

    Element section() {
        List<Element> headings = new ArrayList<>(List.of(
                Lists.wordsHeading("Row"),
                Lists.wordsHeading("Mapping"),
                Lists.heading("Useful products"),
                Lists.heading("with zeros"),
                Lists.heading("Steps"),
                Lists.heading("Cycles of one frame"),
                Lists.heading("Cycles a frame, streaming"),
                Lists.heading("Array reads"),
                Lists.heading("ADC conversions"),
                Lists.heading("Crossbars"),
                Lists.heading("Cells in use"),
                Lists.heading("Busy between outputs"),
                Lists.heading("Energy"),
                Lists.heading("Area, mm²"),
                Lists.heading("over zero-insertion"),
                Lists.heading("over padding-free"),
                Lists.heading("Differing words"),
                Lists.wordsHeading("Predicted = counted"),
                Lists.wordsHeading("What it says")));
        return Lists.section(
                        "rows",
                        "All rows",
                        "Parameters are equal for all mappings of a row: 128 × 128 crossbars of 2-bit cells, lossless"
                                + " converters, one for each bit line, 8-bit weights and inputs, and streams that carry"
                                + " what a step needs. Reads and conversions are of one frame.")
                .add(Lists.table(
                        "All rows",
                        headings,
                        table.lines().stream().map(this::row).toList()));
    }

    private Element row(Line line) {
        Element row = Element.of("tr")
                .add(Lists.head(line.row().name()))
                .add(Lists.words(line.variant().toString()))
                .add(Lists.number(line.work().usefulMacs()))
                .add(Lists.number(line.work().zeroInsertedMacs()))
                .add(Lists.number(line.work().steps()));
        line.result().ifPresentOrElse(result -> measured(row, line, result), () -> {
            for (int i = 0; i < 9; i++) {
                row.add(cell("–"));
            }
        });
        return row.add(cell(factor(table.speedUp(line, Variant.ZERO_INSERTION))))
                .add(cell(factor(table.speedUp(line, Variant.PADDING_FREE))))
                .add(cell(counted(line)
                        .map(found -> Figures.count(found.differingWords()))
                        .orElse("–")))
                .add(Lists.words(counted(line)
                        .map(found -> found.differences().isEmpty() ? "yes" : "no")
                        .orElse("not counted")))
                .add(Element.of("td", "words long").text(Remark.of(table, line)));
    }

    private static Optional<Measurement> counted(Line line) {
        return line.result().map(Line.Result::measurement).filter(Measurement::counted);
    }

    private static void measured(Element row, Line line, Line.Result result) {
        Measurement measurement = result.measurement();
        row.add(Lists.number(measurement.cyclesOfOne()))
                .add(cell(Figures.decimal(line.time())))
                .add(Lists.number(measurement.total().arrayReads() / measurement.frames()))
                .add(Lists.number(measurement.total().conversions() / measurement.frames()))
                .add(Lists.number(result.hardware().crossbars()))
                .add(cell(Figures.percent(result.hardware().utilisation(), 1)))
                .add(cell(Figures.percent(measurement.busyShare(), 1)))
                .add(cell(EnergyBars.joules(result.hardware().totalEnergy())))
                .add(cell(String.format(Locale.ROOT, "%.2f", result.hardware().totalArea())));
    }

    private static String factor(Optional<Double> value) {
        return value.map(number -> String.format(Locale.ROOT, "%.2f×", number)).orElse("–");
    }

    private static Element cell(String text) {
        return Element.of("td").text(text);
    }
}
