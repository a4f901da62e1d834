package org.emat.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.emat.cost.Component;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.Line;
import org.emat.suite.Row;

/** Energy of a frame by component, a stacked bar per mapping and a panel per row. */
final class EnergyBars {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 20;

    /**
     * Components that are drawn as one.
     *
     * @param style style class
     * @param title what they are called
     * @param components the components
     */
    private record Group(String style, String title, Set<Component> components) {
        double of(Line line) {
            return components.stream()
                    .mapToDouble(component ->
                            line.result().orElseThrow().hardware().energy().get(component))
                    .sum();
        }
    }

    private static final List<Group> GROUPS = List.of(
            new Group("part-adc", "converters", EnumSet.of(Component.ADC)),
            new Group("part-array", "crossbars", EnumSet.of(Component.CROSSBAR)),
            new Group("part-driver", "word-line drivers", EnumSet.of(Component.WORDLINE_DRIVER)),
            new Group("part-sum", "shift-add and row adders", EnumSet.of(Component.SHIFT_ADD, Component.ROW_ADDER)),
            new Group("part-overlap", "overlap memory and adders", EnumSet.of(Component.OVERLAP_ADD)),
            new Group(
                    "part-buffer",
                    "line, window and raster buffers",
                    EnumSet.of(Component.LINE_BUFFER, Component.WINDOW_REGISTER, Component.BLOCK_TO_RASTER)),
            new Group(
                    "part-gradient",
                    "gradient engines",
                    EnumSet.of(Component.GRADIENT_LANES, Component.GRADIENT_ACCUMULATORS, Component.GRADIENT_BIASES)),
            new Group("part-rest", "requantizer and counters", EnumSet.of(Component.REQUANTIZER, Component.CSR)));

    private final BenchmarkTable table;

    EnergyBars(BenchmarkTable table) {
        this.table = table;
    }

    Element section() {
        Element panels = Element.of("div", "charts");
        for (Row row : table.rows()) {
            List<Line> lines = table.of(row).stream()
                    .filter(line -> line.result().isPresent())
                    .toList();
            if (!lines.isEmpty()) {
                panels.add(panel(row, lines));
            }
        }
        return Lists.section(
                        "energy",
                        "Energy of a frame",
                        "Events × constants (" + table.constants()
                                + "), without writing cells. Each panel has a scale of its own, from 0 to its largest.")
                .add(legend())
                .add(panels);
    }

    private static Element legend() {
        Element legend = Element.of("ul", "legend");
        GROUPS.forEach(group -> legend.add(Lists.key(group.style, group.title)));
        return legend;
    }

    private Element panel(Row row, List<Line> lines) {
        double most = lines.stream()
                .mapToDouble(line -> line.energy().orElseThrow())
                .max()
                .orElse(1);
        Element bars = Element.of("div", "bars");
        lines.forEach(line -> bars.add(bar(line, most)));
        return Element.of("figure", "chart")
                .add(Element.of("figcaption").add(Element.of("b").text(row.name())))
                .add(bars);
    }

    private static Element bar(Line line, double most) {
        double total = line.energy().orElseThrow();
        List<String> shares = new ArrayList<>();
        Element drawing = Glyph.svg("0 0 " + WIDTH + " " + HEIGHT, "speed").with("preserveAspectRatio", "none");
        drawing.with("role", "img");
        double from = 0;
        Element parts = Element.of("g");
        for (Group group : GROUPS) {
            double energy = group.of(line);
            double width = WIDTH * energy / most;
            String text = group.title + " " + joules(energy) + " (" + Figures.percent(energy, total) + ")";
            shares.add(text);
            parts.add(Element.of("path", group.style)
                    .with("d", Glyph.box(from, 3, width, HEIGHT - 6))
                    .add(Element.of("title").text(text)));
            from += width;
        }
        drawing.with(
                "aria-label",
                line.row().name() + ", " + line.variant() + ": " + joules(total) + "; " + String.join(", ", shares));
        return Element.of("div", "entry")
                .add(Element.of("span", "name").text(line.variant().toString()))
                .add(drawing.add(parts))
                .add(Element.of("span", "figure").text(joules(total)));
    }

    /** An energy with three digits. */
    static String joules(double energy) {
        String[] units = {"J", "mJ", "µJ", "nJ", "pJ"};
        double value = energy;
        int unit = 0;
        while (value < 1 && unit < units.length - 1) {
            value *= 1000;
            unit++;
        }
        String form = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, value) + "\u00a0" + units[unit];
    }
}
