package org.emat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.CellCounts;
import org.emat.suite.Row;

/** Renders a benchmark: bars of speed and energy, area against speed, and what was published beside what was measured. */
public final class BenchPage {
    private final BenchmarkTable table;
    private final Provenance provenance;

    private BenchPage(BenchmarkTable table, Provenance provenance) {
        this.table = table;
        this.provenance = provenance;
    }

    /**
     * The text of the page.
     *
     * @param table the benchmark
     * @param provenance what is needed to repeat it
     */
    public static String render(BenchmarkTable table, Provenance provenance) {
        return new BenchPage(table, provenance).page();
    }

    /** A section and its place in the page's contents. */
    private record Part(PageFrame.Entry entry, Element section) {}

    private String page() {
        List<Part> parts = parts();
        Element main = Element.of("main").with("id", "top");
        parts.forEach(part -> main.add(part.section));
        String outcome = !table.counted() ? "Predicted" : table.equal() ? "Equal" : "Different";
        Element body = PageFrame.body(header(), parts.stream().map(Part::entry).toList(), main);
        return PageFrame.page(outcome + " – " + table.set().title(), body);
    }

    private Element header() {
        Element masthead = Element.of("div", "masthead")
                .add(Element.of("p", "kind").text("emat benchmark"))
                .add(Element.of("h1").text(table.set().title()));
        if (!table.set().note().isEmpty()) {
            masthead.add(Element.of("p", "lead").text(table.set().note()));
        }
        return Element.of("header").add(masthead);
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        add(parts, "verdict", "Verdict", new BenchVerdict(table).section());
        add(parts, "speed", "Speed", new SpeedBars(table).section());
        if (table.lines().stream().anyMatch(line -> line.result().isPresent())) {
            add(parts, "energy", "Energy", new EnergyBars(table).section());
            add(parts, "front", "Area and speed", new ParetoFront(table).section());
        }
        if (table.lines().stream().anyMatch(WriteBands::writes)) {
            add(parts, "writing", "Writing cells", new WriteBands(table).section());
        }
        new OverlapPrice(table).section().ifPresent(section -> add(parts, "overlap", "Padding-free", section));
        new TrainingSteps(table).section().ifPresent(section -> add(parts, "steps", "Training", section));
        new PublishedTable(table).section().ifPresent(section -> add(parts, "published", "Published", section));
        cellCounts().ifPresent(section -> add(parts, "cells", "Periphery", section));
        add(parts, "rows", "All rows", new BenchRows(table).section());
        if (!provenance.isEmpty()) {
            add(parts, "provenance", "Provenance", Hardware.provenance(provenance));
        }
        return parts;
    }

    private static void add(List<Part> parts, String id, String title, Element section) {
        parts.add(new Part(new PageFrame.Entry(id, title), section));
    }

    /** Cells of the periphery, where they were counted for a row of the table. */
    private Optional<Element> cellCounts() {
        CellCounts counts = CellCounts.shipped();
        return table.rows().stream()
                .map(Row::name)
                .filter(counts.row()::equals)
                .findFirst()
                .map(row -> new Periphery(counts).section());
    }
}
