package org.emat.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.Line;
import org.emat.measure.Measurement;
import org.emat.measure.Variant;

/** What a benchmark found, in short: whether it was counted in Verilog, and the largest speed-up. */
final class BenchVerdict {
    private static final int LISTED = 8;

    private final BenchmarkTable table;

    BenchVerdict(BenchmarkTable table) {
        this.table = table;
    }

    Element section() {
        String stamp = !table.counted() ? "Predicted" : table.equal() ? "Equal" : "Different";
        Element heading = Element.of("div", "stamp");
        if (table.counted()) {
            heading.add(Glyph.mark(table.equal()));
        }
        heading.add(Element.of("h2").with("id", "verdict-title").text(stamp));
        Element box = Element.of("div", "verdict " + stamp.toLowerCase(Locale.ROOT))
                .add(heading)
                .add(Element.of("p", "claim").text(claim()));
        differences().forEach(box::add);
        box.add(Lists.definitions(facts()));
        for (String remark : table.remarks()) {
            box.add(Element.of("p", "remark").text(remark));
        }
        return Element.of("section")
                .with("id", "verdict")
                .with("aria-labelledby", "verdict-title")
                .add(box);
    }

    private String claim() {
        int designs = table.lines().size();
        if (!table.counted()) {
            return "Words, cycles and events as the golden model predicts them. With --rtl every row is simulated in"
                    + " Verilog at full size and compared.";
        }
        return table.equal()
                ? "All " + Figures.count(words()) + " words and every count of " + Figures.count(designs, "design")
                        + " in Verilog, at full size, are exactly those of the golden model."
                : "Words or counts of the Verilog are not those of the golden model.";
    }

    private long words() {
        return table.lines().stream()
                .flatMap(line -> line.result().stream())
                .mapToLong(result -> result.measurement().words())
                .sum();
    }

    private List<Element> differences() {
        if (table.equal()) {
            return List.of();
        }
        Element list = Element.of("ul", "differences");
        table.lines().stream()
                .flatMap(line -> line.result().stream()
                        .flatMap(result -> result.measurement().differences().stream())
                        .map(difference -> line.row().name() + ", " + line.variant() + ", " + difference))
                .limit(LISTED)
                .forEach(sentence -> list.add(Element.of("li").text(sentence)));
        return List.of(list);
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "Rows",
                Figures.count(table.rows().size()),
                Figures.count(table.lines().size(), "line")));
        best().ifPresent(line -> facts.add(new Fact(
                "Largest speed-up over zero-insertion",
                String.format(
                        Locale.ROOT,
                        "%.2f×",
                        table.speedUp(line, Variant.ZERO_INSERTION).orElseThrow()),
                line.row().name() + ", " + line.variant())));
        if (table.counted()) {
            facts.add(new Fact("Words compared", Figures.count(words()), "every link and the output stream"));
            facts.add(new Fact("Words that differ", Figures.count(differing()), ""));
            longest().ifPresent(facts::add);
        }
        facts.add(new Fact("Constants of costs", table.constants(), "docs/cost.md"));
        return facts;
    }

    private long differing() {
        return table.lines().stream()
                .flatMap(line -> line.result().stream())
                .mapToLong(result -> result.measurement().differingWords())
                .sum();
    }

    private Optional<Line> best() {
        return table.lines().stream()
                .filter(line -> table.speedUp(line, Variant.ZERO_INSERTION).isPresent())
                .max(Comparator.comparingDouble(
                        line -> table.speedUp(line, Variant.ZERO_INSERTION).orElseThrow()));
    }

    private Optional<Fact> longest() {
        return table.lines().stream()
                .filter(line -> line.result().isPresent())
                .max(Comparator.comparingDouble(BenchVerdict::seconds))
                .map(line -> new Fact(
                        "Longest simulation",
                        String.format(Locale.ROOT, "%.1f s", seconds(line)),
                        line.row().name() + ", " + line.variant()));
    }

    private static double seconds(Line line) {
        return line.result()
                .map(Line.Result::measurement)
                .map(Measurement::simulation)
                .map(Measurement.Simulation::seconds)
                .orElse(0.0);
    }
}
