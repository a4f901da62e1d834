package org.emat.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.Line;
import org.emat.measure.Remark;
import org.emat.measure.Variant;
import org.emat.suite.LayerShape;
import org.emat.suite.Published;
import org.emat.suite.Row;

/** Speed-up over zero-insertion, a bar per mapping and a panel per row; logarithmic where gains are far apart. */
final class SpeedBars {
    private static final double FAR = 10;
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 20;

    private final BenchmarkTable table;
    private final double most;
    private final boolean logarithmic;

    SpeedBars(BenchmarkTable table) {
        this.table = table;
        most = Math.max(
                2,
                table.lines().stream()
                        .mapToDouble(line ->
                                table.speedUp(line, Variant.ZERO_INSERTION).orElse(1.0))
                        .max()
                        .orElse(1));
        logarithmic = most > FAR;
    }

    Element section() {
        String scale = logarithmic
                ? "Lengths are logarithms: no bar is no gain, and equal lengths are equal factors."
                : "Lengths are factors.";
        Element panels = Element.of("div", "charts");
        table.rows().forEach(row -> panels.add(panel(row)));
        return Lists.section(
                        "speed",
                        "Speed-up over zero-insertion",
                        "Cycles of one more frame while frames stream, against those of zero-insertion with the same"
                                + " parameters. " + scale + (anyPublished() ? " Shaded is the published range." : ""))
                .add(MappingStyle.legend(variants(table)))
                .add(panels);
    }

    private boolean anyPublished() {
        return table.lines().stream()
                .anyMatch(line -> Remark.published(table, line).isPresent());
    }

    /** The mappings of a table, each once, the usual ones first. */
    static List<Variant> variants(BenchmarkTable table) {
        return Stream.concat(Variant.ALL.stream(), table.lines().stream().map(Line::variant))
                .filter(variant ->
                        table.lines().stream().anyMatch(line -> line.variant().equals(variant)))
                .distinct()
                .toList();
    }

    private Element panel(Row row) {
        Element bars = Element.of("div", "bars");
        table.of(row).forEach(line -> bars.add(bar(line)));
        return Element.of("figure", "chart")
                .add(Element.of("figcaption")
                        .add(Element.of("b").text(row.name()))
                        .add(Element.of("span", "note").text(shapes(row))))
                .add(bars);
    }

    /** What goes in and out of a row. */
    static String shapes(Row row) {
        LayerShape first = row.layers().get(0);
        LayerShape last = row.layers().get(row.layers().size() - 1);
        String layers = row.layers().size() == 1 ? "" : row.layers().size() + " layers, ";
        return layers + shape(first.dimensions(), first.channels(), first.input()) + " → "
                + shape(last.dimensions(), last.outputs(), last.output());
    }

    private static String shape(int dimensions, long channels, long pixels) {
        return dimensions == 2
                ? Figures.times(channels, pixels, pixels)
                : Figures.times(channels, pixels, pixels, pixels);
    }

    private Element bar(Line line) {
        Optional<Double> speed = table.speedUp(line, Variant.ZERO_INSERTION);
        String text =
                speed.map(value -> String.format(Locale.ROOT, "%.2f×", value)).orElse("–");
        String label = line.row().name() + ", " + line.variant() + ": " + text + " of zero-insertion, "
                + Figures.decimal(line.time()) + (line.result().isPresent() ? " cycles a frame" : " steps");
        Element drawing = Glyph.svg("0 0 " + WIDTH + " " + HEIGHT, "speed")
                .with("preserveAspectRatio", "none")
                .with("role", "img")
                .with("aria-label", label)
                .add(Element.of("title").text(label))
                .add(Element.of("path", "track").with("d", Glyph.box(0, 0, WIDTH, HEIGHT)));
        Optional<Published> published = Remark.published(table, line);
        published.ifPresent(range -> drawing.add(range(range)));
        drawing.add(Element.of("path", MappingStyle.of(line.variant()))
                .with("d", Glyph.box(0, 3, Math.max(3, at(speed.orElse(0.0))), HEIGHT - 6)));
        published
                .filter(range -> range.low() == range.high())
                .ifPresent(figure -> drawing.add(Element.of("path", "claimed-at")
                        .with("d", Glyph.box(at(figure.low()) - 2, 0, 4, HEIGHT))));
        return Element.of("div", "entry")
                .add(Element.of("span", "name").text(line.variant().toString()))
                .add(drawing)
                .add(Element.of("span", "figure").text(text));
    }

    private Element range(Published range) {
        double from = at(range.low());
        return Element.of("path", "claimed").with("d", Glyph.box(from, 0, at(range.high()) - from, HEIGHT));
    }

    private double at(double speed) {
        double share = logarithmic ? Math.log(Math.max(1, speed)) / Math.log(most) : speed / most;
        return WIDTH * Math.min(1, share);
    }
}
