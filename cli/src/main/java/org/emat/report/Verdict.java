package org.emat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emat.plan.EnginePlan;
import org.emat.tb.Comparison;
import org.emat.tb.Comparison.EngineComparison;

/** The answer: whether the Verilog did exactly what the golden model said. */
final class Verdict {
    /** Differing counts that the verdict lists; the rest is in the table of counts. */
    private static final int LISTED = 8;

    private final ReportContent content;
    private final Comparison comparison;

    Verdict(ReportContent content) {
        this.content = content;
        this.comparison = content.comparison();
    }

    Element section() {
        boolean equal = comparison.equal();
        Element box = Element.of("div", equal ? "verdict equal" : "verdict different")
                .add(Element.of("div", "stamp")
                        .add(Glyph.mark(equal))
                        .add(Element.of("h2").with("id", "verdict").text(equal ? "Equal" : "Different")))
                .add(Element.of("p", "claim").text(claim()))
                .add(difference())
                .add(keys())
                .add(chain());
        return Element.of("section").with("aria-labelledby", "verdict").add(box);
    }

    /** Output words of all engines and of the output stream, which carries those of the last engine. */
    private long words() {
        List<EngineComparison> engines = comparison.engines();
        long links = engines.stream().mapToLong(EngineComparison::words).sum();
        return links + engines.get(engines.size() - 1).words();
    }

    private long differingCounts() {
        Stream<Comparison.Count> engines =
                comparison.engines().stream().flatMap(engine -> engine.counts().values().stream());
        return Stream.concat(comparison.whole().values().stream(), engines)
                .filter(count -> !count.same())
                .count();
    }

    private long counts() {
        return comparison.whole().size()
                + comparison.engines().stream()
                        .mapToLong(engine -> engine.counts().size())
                        .sum();
    }

    private String claim() {
        String compared = Figures.count(words()) + " words and " + Figures.count(counts(), "count");
        if (comparison.equal()) {
            return "The Verilog gave exactly what the golden model computed: all " + compared + ", no tolerance.";
        }
        return "Of " + compared + ", " + differ(comparison.differingWords(), "word") + " and "
                + differ(differingCounts(), "count") + " between the Verilog and the golden model.";
    }

    private static String differ(long number, String noun) {
        return (number == 0 ? "no " + noun + "s" : Figures.count(number, noun))
                + (number == 1 ? " differs" : " differ");
    }

    /** The first mismatch and the first counts that differ; nothing where all is equal. */
    private List<Element> difference() {
        List<Element> parts = new ArrayList<>();
        comparison.firstMismatch().ifPresent(mismatch -> parts.add(mismatch(mismatch)));
        long differing = differingCounts();
        if (differing > 0) {
            Element list = Element.of("ul", "differences");
            comparison.whole().forEach((name, count) -> addCount(list, "Whole run", name, count));
            for (EngineComparison engine : comparison.engines()) {
                engine.counts().forEach((name, count) -> addCount(list, engine.name(), name, count));
            }
            parts.add(Element.of("h3").text("Counts that differ"));
            parts.add(list);
            if (differing > LISTED) {
                parts.add(Element.of("p")
                        .add(Element.of("a")
                                .with("href", "#counts")
                                .text("All " + differing + " are marked in the table of counts.")));
            }
        }
        return parts;
    }

    private static void addCount(Element list, String where, String name, Comparison.Count count) {
        if (!count.same() && list.size() < LISTED) {
            list.add(Element.of("li")
                    .add(Element.of("code").text(where))
                    .text(" " + name + ": predicted ")
                    .add(Figures.number(count.predicted()))
                    .text(", counted ")
                    .add(Figures.number(count.counted())));
        }
    }

    private static Element mismatch(Comparison.Mismatch first) {
        return Element.of("div", "mismatch")
                .add(Element.of("h3").text("First mismatch"))
                .add(Lists.definitions(List.of(
                        new Fact("Layer", first.layer(), ""),
                        new Fact("Frame", Figures.count(first.frame()), ""),
                        new Fact("Pixel (y, x)", first.y() + ", " + first.x(), ""),
                        new Fact("Channel", Figures.count(first.channel()), ""),
                        new Fact("Step", Figures.count(first.step()), ""),
                        new Fact("Expected", Figures.count(first.expected()), ""),
                        new Fact("Got", Figures.count(first.got()), ""))));
    }

    private Element keys() {
        Comparison.Count cycles = comparison.cycles();
        long steps = 0;
        long crossbars = 0;
        for (EnginePlan engine : content.plan().engines()) {
            steps += engine.window().steps();
            crossbars += engine.crossbars();
        }
        int frames = content.frames();
        return Element.of("dl", "keys")
                .add(key("Words compared", Figures.number(words()), "every link and the output stream"))
                .add(key(
                        "Words that differ", marked(comparison.differingWords(), comparison.differingWords() == 0), ""))
                .add(key("Cycles predicted", Figures.number(cycles.predicted()), "by stepping the handshakes"))
                .add(key("Cycles counted", marked(cycles.counted(), cycles.same()), "by the Verilog"))
                .add(key("Frames", Figures.number(frames), ""))
                .add(key("Steps", Figures.number(steps * frames), Figures.count(steps) + " per frame, all engines"))
                .add(key(
                        "Crossbars",
                        Figures.number(crossbars),
                        Figures.count(content.plan().engines().size(), "engine")));
    }

    private static Element marked(long value, boolean good) {
        Element number = Figures.number(value);
        return good ? number : number.with("class", "bad");
    }

    private static Element key(String label, Element value, String note) {
        Element definition = Element.of("dd").add(value);
        if (!note.isEmpty()) {
            definition.add(Element.of("span", "note").text(note));
        }
        return Element.of("div").add(Element.of("dt").text(label)).add(definition);
    }

    /** The engines in stream order, each with the words that left it. */
    private Element chain() {
        Element chain = Element.of("ol", "chain");
        for (int i = 0; i < comparison.engines().size(); i++) {
            EngineComparison engine = comparison.engines().get(i);
            EnginePlan plan = content.plan().engines().get(i);
            String words = engine.differingWords() == 0
                    ? Figures.count(engine.words()) + " words equal"
                    : Figures.count(engine.differingWords()) + " of " + Figures.count(engine.words()) + " words differ";
            chain.add(Element.of("li", engine.equal() ? "link equal" : "link different")
                    .add(Element.of("code", "name").text(plan.name()))
                    .add(Element.of("span", "shape")
                            .text(Figures.shape(plan.geometry().input()) + " → "
                                    + Figures.shape(plan.geometry().output())))
                    .add(Element.of("span", "outcome")
                            .add(Glyph.mark(engine.equal()))
                            .text(engine.equal() || engine.differingWords() > 0 ? words : "counts differ")));
        }
        return chain;
    }
}
