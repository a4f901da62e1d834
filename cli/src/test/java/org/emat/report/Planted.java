package org.emat.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emat.tb.Comparison;
import org.emat.tb.Comparison.Count;
import org.emat.tb.Comparison.EngineComparison;
import org.emat.tb.Comparison.Mismatch;

/** Contents with something planted in them. */
final class Planted {
    private Planted() {}

    /** One word of the first engine differs. */
    static ReportContent word(ReportContent content) {
        List<EngineComparison> engines = new ArrayList<>(content.comparison().engines());
        EngineComparison first = engines.get(0);
        engines.set(0, new EngineComparison(first.name(), 1, first.words(), first.counts()));
        Mismatch mismatch = new Mismatch(0, first.name(), 2, 5, 1, 7, 10, -117, 118);
        return with(
                content, new Comparison(1, content.comparison().whole(), List.copyOf(engines), Optional.of(mismatch)));
    }

    /** A count of an engine is larger than predicted. */
    static ReportContent count(ReportContent content, int engine, String name, long more) {
        List<EngineComparison> engines = new ArrayList<>(content.comparison().engines());
        EngineComparison found = engines.get(engine);
        Map<String, Count> counts = new LinkedHashMap<>(found.counts());
        Count count = counts.get(name);
        counts.put(name, new Count(count.predicted(), count.counted() + more));
        engines.set(engine, new EngineComparison(found.name(), 0, found.words(), counts));
        return with(content, new Comparison(0, content.comparison().whole(), List.copyOf(engines), Optional.empty()));
    }

    /** Every free text is the given one. */
    static ReportContent texts(ReportContent content, String text) {
        List<Fact> facts = List.of(new Fact(text, text, text));
        return new ReportContent(
                text,
                text,
                content.architecture(),
                content.plan(),
                content.comparison(),
                content.simulation(),
                content.predicted(),
                content.signalToNoise(),
                List.of(new Gallery(text, text, List.of(new Gallery.Row(text, List.of(PicturesTest.image(3, 2, 0)))))),
                facts,
                List.of(text),
                new Provenance(facts, facts, facts));
    }

    private static ReportContent with(ReportContent content, Comparison comparison) {
        return new ReportContent(
                content.title(),
                content.source(),
                content.architecture(),
                content.plan(),
                comparison,
                content.simulation(),
                content.predicted(),
                content.signalToNoise(),
                content.galleries(),
                content.facts(),
                content.warnings(),
                content.provenance());
    }
}
