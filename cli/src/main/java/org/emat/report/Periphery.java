package org.emat.report;

import java.util.ArrayList;
import java.util.List;
import org.emat.measure.CellCounts;

/** Cells of a synthesizer around the crossbars, by module and mapping. */
final class Periphery {
    private final CellCounts counts;

    Periphery(CellCounts counts) {
        this.counts = counts;
    }

    Element section() {
        List<Element> headings = new ArrayList<>(List.of(Lists.wordsHeading("Module")));
        counts.mappings().forEach(mapping -> headings.add(Lists.heading(mapping)));
        List<Element> rows = new ArrayList<>();
        counts.modules().forEach((module, cells) -> {
            Element row = Element.of("tr").add(Lists.head(module));
            cells.forEach(count -> row.add(Lists.number(count)));
            rows.add(row);
        });
        Element total = Element.of("tr", "total").add(Lists.head("total"));
        counts.totals().forEach(count -> total.add(Lists.number(count)));
        rows.add(total);
        return Lists.section(
                        "cells",
                        "Periphery of " + counts.row(),
                        "Cells that " + counts.tool() + " counts, crossbars being black boxes. " + counts.note())
                .add(Lists.table("Cells of the periphery of " + counts.row(), headings, rows));
    }
}
