package org.emat.report;

import java.util.ArrayList;
import java.util.List;
import org.emat.tb.Comparison;
import org.emat.tb.Comparison.Count;
import org.emat.tb.Comparison.EngineComparison;

/** Every number that was predicted and counted. */
final class Counts {
    private Counts() {}

    static Element section(Comparison comparison) {
        List<Element> whole = new ArrayList<>();
        comparison.whole().forEach((name, count) -> whole.add(row(name, count)));
        Element run = Element.of("div", "ledgers").add(ledger("Whole run", true, whole));
        Element tables = Element.of("div", "ledgers");
        for (EngineComparison engine : comparison.engines()) {
            List<Element> rows = new ArrayList<>();
            rows.add(row("words that differ", new Count(0, engine.differingWords())));
            engine.counts().forEach((name, count) -> rows.add(row(name, count)));
            tables.add(ledger(engine.name(), false, rows));
        }
        return Lists.section(
                        "counts",
                        "Counts",
                        "Predicted by golden model and scheduler, counted by registers of the Verilog.")
                .add(run)
                .add(tables);
    }

    private static Element ledger(String name, boolean words, List<Element> rows) {
        Element head = Element.of("tr");
        for (String heading : List.of("Event", "Predicted", "Counted")) {
            head.add(Element.of("th").with("scope", "col").text(heading));
        }
        head.add(Element.of("th")
                .with("scope", "col")
                .add(Element.of("span", "unseen").text("Equal?")));
        return Element.of("table", "ledger")
                .add(Element.of("caption").add(Element.of(words ? "b" : "code").text(name)))
                .add(Element.of("thead").add(head))
                .add(Element.of("tbody").add(rows));
    }

    private static Element row(String name, Count count) {
        boolean same = count.same();
        return Element.of("tr", same ? "equal" : "different")
                .add(Element.of("th").with("scope", "row").text(name))
                .add(Lists.number(count.predicted()))
                .add(Lists.number(count.counted()))
                .add(Element.of("td", "marked")
                        .add(Glyph.mark(same))
                        .add(Element.of("span", "unseen").text(same ? "equal" : "different")));
    }
}
