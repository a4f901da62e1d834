package org.emat.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.Line;
import org.emat.measure.Variant;
import org.emat.suite.Row;

/** Area against frames a second, a panel per row, with the mappings that no other beats in both. */
final class ParetoFront {
    private static final int WIDTH = 340;
    private static final int HEIGHT = 230;
    private static final int LEFT = 46;
    private static final int RIGHT = 326;
    private static final int TOP = 14;
    private static final int FOOT = 186;
    private static final double RADIUS = 9;

    private final BenchmarkTable table;

    ParetoFront(BenchmarkTable table) {
        this.table = table;
    }

    /** A logarithmic axis with a margin, never narrower than a tenth. */
    private record Axis(double low, double high, double from, double to) {
        static Axis of(double least, double most, double from, double to) {
            double margin = Math.max(1.1, Math.pow(most / least, 0.12));
            return new Axis(least / margin, most * margin, from, to);
        }

        double at(double value) {
            return from + (to - from) * Math.log(value / low) / Math.log(high / low);
        }
    }

    Element section() {
        Element panels = Element.of("div", "charts narrow");
        for (Row row : table.rows()) {
            List<Line> lines = table.of(row).stream()
                    .filter(line -> line.result().isPresent())
                    .toList();
            if (!lines.isEmpty()) {
                panels.add(panel(row, lines));
            }
        }
        return Lists.section(
                        "front",
                        "Area and speed",
                        "To the left is smaller, upwards is faster; both axes are logarithmic. The line joins what no"
                                + " other mapping beats in both. Equal points are rings around each other.")
                .add(MappingStyle.legend(SpeedBars.variants(table)))
                .add(panels);
    }

    private static double area(Line line) {
        return line.area().orElseThrow();
    }

    /** Frames a second at the shortest clock period. */
    private static double rate(Line line) {
        return 1
                / (line.time() * line.result().orElseThrow().hardware().period().seconds());
    }

    /** The lines that no other beats in both, smallest first. */
    static List<Line> front(List<Line> lines) {
        return lines.stream()
                .filter(line -> lines.stream().noneMatch(other -> beats(other, line)))
                .sorted(Comparator.comparingDouble(ParetoFront::area))
                .toList();
    }

    private static boolean beats(Line other, Line line) {
        return area(other) <= area(line)
                && rate(other) >= rate(line)
                && (area(other) < area(line) || rate(other) > rate(line));
    }

    private Element panel(Row row, List<Line> lines) {
        Axis across = axis(lines.stream().map(ParetoFront::area).toList(), LEFT, RIGHT);
        Axis up = axis(lines.stream().map(ParetoFront::rate).toList(), FOOT, TOP);
        List<Line> front = front(lines);
        String names = front.stream().map(Line::variant).map(Variant::toString).collect(Collectors.joining(", "));
        Element drawing = Glyph.svg("0 0 " + WIDTH + " " + HEIGHT, "scatter")
                .with("role", "img")
                .with("aria-label", row.name() + ": unbeaten are " + names)
                .add(frame(lines, across, up))
                .add(Element.of("path", "frontier").with("d", path(front, across, up)));
        for (int i = 0; i < lines.size(); i++) {
            drawing.add(point(lines.get(i), across, up, RADIUS - 1.3 * i));
        }
        return Element.of("figure", "chart")
                .add(Element.of("figcaption")
                        .add(Element.of("b").text(row.name()))
                        .add(Element.of("span", "note").text("unbeaten: " + names)))
                .add(drawing);
    }

    private static Axis axis(List<Double> values, double from, double to) {
        return Axis.of(
                values.stream().min(Comparator.naturalOrder()).orElseThrow(),
                values.stream().max(Comparator.naturalOrder()).orElseThrow(),
                from,
                to);
    }

    private static Element frame(List<Line> lines, Axis across, Axis up) {
        Element frame = Element.of("g")
                .add(Element.of("path", "grid").with("d", "M" + LEFT + " " + TOP + "V" + FOOT + "H" + RIGHT));
        double least = lines.stream().mapToDouble(ParetoFront::area).min().orElseThrow();
        double most = lines.stream().mapToDouble(ParetoFront::area).max().orElseThrow();
        label(frame, across.at(least), FOOT + 16, most / least < 1.3 ? "middle" : "start", squareMillimetres(least));
        if (most / least >= 1.3) {
            label(frame, across.at(most), FOOT + 16, "end", squareMillimetres(most));
        }
        double slow = lines.stream().mapToDouble(ParetoFront::rate).min().orElseThrow();
        double fast = lines.stream().mapToDouble(ParetoFront::rate).max().orElseThrow();
        label(frame, LEFT - 6, up.at(slow) + 4, "end", perSecond(slow));
        if (fast / slow >= 1.3) {
            label(frame, LEFT - 6, up.at(fast) + 4, "end", perSecond(fast));
        }
        label(frame, (LEFT + RIGHT) / 2.0, HEIGHT - 8, "middle", "area, mm²");
        label(frame, LEFT + 6, TOP + 4, "start", "frames a second");
        return frame;
    }

    private static void label(Element frame, double x, double y, String anchor, String text) {
        frame.add(Element.of("text")
                .with("x", Glyph.at(x))
                .with("y", Glyph.at(y))
                .with("text-anchor", anchor)
                .text(text));
    }

    private static String path(List<Line> front, Axis across, Axis up) {
        StringBuilder path = new StringBuilder();
        for (Line line : front) {
            path.append(path.isEmpty() ? "M" : "L")
                    .append(Glyph.at(across.at(area(line))))
                    .append(' ')
                    .append(Glyph.at(up.at(rate(line))));
        }
        return path.toString();
    }

    private static Element point(Line line, Axis across, Axis up, double radius) {
        String text = line.variant() + ": " + squareMillimetres(area(line)) + " mm², " + perSecond(rate(line))
                + " frames a second";
        return Element.of("circle", MappingStyle.of(line.variant()) + " point")
                .with("cx", Glyph.at(across.at(area(line))))
                .with("cy", Glyph.at(up.at(rate(line))))
                .with("r", Glyph.at(Math.max(2, radius)))
                .add(Element.of("title").text(text));
    }

    private static String squareMillimetres(double area) {
        return String.format(Locale.ROOT, area < 10 ? "%.2f" : area < 100 ? "%.1f" : "%.0f", area);
    }

    private static String perSecond(double rate) {
        return rate >= 9999.5
                ? String.format(Locale.ROOT, "%.0fk", rate / 1000)
                : String.format(Locale.ROOT, rate < 100 ? "%.1f" : "%.0f", rate);
    }
}
