package org.emat.report;

import java.util.ArrayList;
import java.util.List;
import org.emat.tb.SimulationResult.EngineCounters;

/** When the engines worked, from the counters of the Verilog. */
final class Pipeline {
    /** The fill has a drawing of its own where it takes less than this part of the run. */
    private static final int FILL_PART = 5;

    private static final int MOST_BOUNDS = 8;

    private final ReportContent content;
    private final List<EngineCounters> counters;

    Pipeline(ReportContent content) {
        this.content = content;
        this.counters = content.simulation().counters();
    }

    Element section() {
        long cycles = content.simulation().cycles();
        List<Bound> bounds = Bound.of(content.plan());
        Element section = Lists.section("pipeline", "Pipeline", "")
                .add(bottleneck(bounds))
                .add(bounds(bounds))
                .add(Element.of("h3").text("When the engines worked"))
                .add(legend(Timeline.STYLES, Timeline.MEANINGS))
                .add(new Timeline(content, new Scale(Math.max(1, cycles))).figure("The whole run"));
        long fill =
                counters.stream().mapToLong(EngineCounters::firstOutput).max().orElse(0) + 1;
        if (fill * FILL_PART < cycles) {
            section.add(new Timeline(content, new Scale(fill + fill / 4))
                    .figure("Until every engine gives its first pixel"));
        }
        return section.add(Element.of("h3").text("What each engine did"))
                .add(legend(
                        List.of("busy", "starved", "stalled"),
                        List.of("busy: arrays read", "input-starved: no window", "output-stalled: no room behind")))
                .add(table());
    }

    private Element bottleneck(List<Bound> bounds) {
        Bound tightest = bounds.get(0);
        Bound next = bounds.get(1);
        Element text = Element.of("p")
                .text("Bottleneck: the ")
                .add(Element.of("b").text(tightest.part()))
                .text(": " + tightest.sum() + " make ")
                .add(Figures.number(tightest.cycles()))
                .text(" cycles per frame, and the pipeline cannot give frames faster. " + taken()
                        + " The next bound is the " + next.part() + " with ")
                .add(Figures.number(next.cycles()))
                .text(" cycles: relieving the bottleneck alone gains at most a factor of "
                        + Figures.decimal((double) tightest.cycles() / next.cycles()) + ".");
        return Element.of("div", "remark").add(text);
    }

    private String taken() {
        long cycles = content.simulation().cycles();
        int frames = content.frames();
        return frames == 1
                ? "This one frame took " + Figures.count(cycles) + " cycles, fill and drain included."
                : "The " + Figures.count(frames) + " frames took "
                        + Figures.decimal((double) cycles / Math.max(1, frames))
                        + " cycles each on average, fill and drain included.";
    }

    private static Element bounds(List<Bound> bounds) {
        double most = bounds.get(0).cycles();
        List<Element> rows = new ArrayList<>();
        for (Bound bound : bounds.subList(0, Math.min(MOST_BOUNDS, bounds.size()))) {
            rows.add(Element.of("tr")
                    .add(Lists.head(bound.name()))
                    .add(Lists.words(Figures.name(bound.kind())))
                    .add(Lists.words(bound.sum()))
                    .add(Lists.number(bound.cycles()))
                    .add(Element.of("td", "wide").add(Lists.bar(bound.cycles() / most))));
        }
        return Lists.table(
                "Least cycles per frame",
                List.of(
                        Lists.wordsHeading("Part"),
                        Lists.wordsHeading("Kind"),
                        Lists.wordsHeading("Work of a frame"),
                        Lists.heading("Least cycles"),
                        Lists.wordsHeading("Of the bottleneck")),
                rows);
    }

    private Element table() {
        List<Element> rows = new ArrayList<>();
        for (int i = 0; i < counters.size(); i++) {
            EngineCounters counts = counters.get(i);
            double all = (double) counts.busy() + counts.inputStarved() + counts.outputStalled();
            rows.add(Element.of("tr")
                    .add(Lists.head(content.plan().engines().get(i).name()))
                    .add(Element.of("td", "wide").add(shares(counts, all)))
                    .add(cell(counts.busy(), all))
                    .add(cell(counts.inputStarved(), all))
                    .add(cell(counts.outputStalled(), all))
                    .add(Lists.number(counts.firstRead()))
                    .add(Lists.number(counts.lastRead()))
                    .add(Lists.number(counts.firstOutput()))
                    .add(Lists.number(counts.lastOutput())));
        }
        return Lists.table(
                "Cycles of the engines, counted by the Verilog",
                List.of(
                        Lists.wordsHeading("Layer"),
                        Lists.wordsHeading("Share of the run"),
                        Lists.heading("Busy"),
                        Lists.heading("Input-starved"),
                        Lists.heading("Output-stalled"),
                        Lists.heading("First read"),
                        Lists.heading("Last read"),
                        Lists.heading("First output"),
                        Lists.heading("Last output")),
                rows);
    }

    private static Element cell(long cycles, double all) {
        return Element.of("td")
                .add(Figures.number(cycles))
                .add(Element.of("span", "note").text(Figures.percent(cycles, all)));
    }

    private static Element shares(EngineCounters counts, double all) {
        Element bar = Glyph.svg("0 0 100 8", "bar shares")
                .with("preserveAspectRatio", "none")
                .with("aria-hidden", "true");
        double x = 0;
        long[] cycles = {counts.busy(), counts.inputStarved(), counts.outputStalled()};
        String[] styles = {"busy", "starved", "stalled"};
        for (int i = 0; i < cycles.length; i++) {
            double width = all == 0 ? 0 : 100 * cycles[i] / all;
            bar.add(Element.of("path", styles[i]).with("d", Glyph.box(x, 0, width, 8)));
            x += width;
        }
        return bar;
    }

    private static Element legend(List<String> styles, List<String> labels) {
        Element legend = Element.of("ul", "legend");
        for (int i = 0; i < styles.size(); i++) {
            legend.add(Element.of("li")
                    .add(Glyph.svg("0 0 12 12", "key")
                            .with("aria-hidden", "true")
                            .add(Element.of("path", styles.get(i)).with("d", Glyph.box(0, 0, 12, 12))))
                    .text(labels.get(i)));
        }
        return legend;
    }
}
