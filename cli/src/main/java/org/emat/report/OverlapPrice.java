package org.emat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emat.cost.Component;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.Line;
import org.emat.measure.Variant;
import org.emat.suite.Row;

/** Where padding-free needs no more steps than phase, and what it pays for that. */
final class OverlapPrice {
    private final BenchmarkTable table;

    OverlapPrice(BenchmarkTable table) {
        this.table = table;
    }

    /** The section; empty where no row has both mappings. */
    Optional<Element> section() {
        List<Element> rows = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        for (Row row : table.rows()) {
            Optional<Line> overlap = table.find(row, Variant.PADDING_FREE)
                    .filter(line -> line.result().isPresent());
            Optional<Line> phase =
                    table.find(row, Variant.PHASE).filter(line -> line.result().isPresent());
            if (overlap.isPresent() && phase.isPresent()) {
                rows.add(row(row, overlap.get(), phase.get()));
                if (overlap.get().work().steps() < phase.get().work().steps()) {
                    sentences.add(sentence(row, overlap.get(), phase.get()));
                }
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Element section = Lists.section(
                "overlap",
                "What padding-free pays",
                "Padding-free takes one step per input pixel and no inserted zero either. Its array gives a whole kernel"
                        + " of outputs a step, which are added up and cropped behind the converters.");
        sentences.forEach(sentence -> section.add(Element.of("p", "remark").text(sentence)));
        return Optional.of(section.add(Lists.table(
                "Padding-free against phase",
                List.of(
                        Lists.wordsHeading("Row"),
                        Lists.heading("Steps"),
                        Lists.heading("of phase"),
                        Lists.heading("Cycles a frame"),
                        Lists.heading("of phase"),
                        Lists.heading("Conversions, × phase"),
                        Lists.heading("Energy, × phase"),
                        Lists.heading("Area, × phase"),
                        Lists.heading("Overlap: share of energy"),
                        Lists.heading("of area")),
                rows)));
    }

    private Element row(Row row, Line overlap, Line phase) {
        return Element.of("tr")
                .add(Lists.head(row.name()))
                .add(Lists.number(overlap.work().steps()))
                .add(Lists.number(phase.work().steps()))
                .add(cell(Figures.decimal(overlap.time())))
                .add(cell(Figures.decimal(phase.time())))
                .add(cell(factor((double) conversions(overlap) / conversions(phase))))
                .add(cell(factor(energy(overlap) / energy(phase))))
                .add(cell(factor(area(overlap) / area(phase))))
                .add(cell(Figures.percent(
                        overlap.result().orElseThrow().hardware().energy().get(Component.OVERLAP_ADD),
                        energy(overlap))))
                .add(cell(Figures.percent(
                        overlap.result().orElseThrow().hardware().area().get(Component.OVERLAP_ADD), area(overlap))));
    }

    private String sentence(Row row, Line overlap, Line phase) {
        return String.format(
                Locale.ROOT,
                "On %s padding-free needs %s steps, fewer than the %s of phase, and takes %s cycles a frame against %s;"
                        + " it pays with %s the energy and %s the area.",
                row.name(),
                Figures.count(overlap.work().steps()),
                Figures.count(phase.work().steps()),
                Figures.decimal(overlap.time()),
                Figures.decimal(phase.time()),
                factor(energy(overlap) / energy(phase)),
                factor(area(overlap) / area(phase)));
    }

    private static long conversions(Line line) {
        return line.result().orElseThrow().measurement().total().conversions();
    }

    private static double energy(Line line) {
        return line.energy().orElseThrow();
    }

    private static double area(Line line) {
        return line.area().orElseThrow();
    }

    private static String factor(double value) {
        return String.format(Locale.ROOT, "%.2f×", value);
    }

    private static Element cell(String text) {
        return Element.of("td").text(text);
    }
}
