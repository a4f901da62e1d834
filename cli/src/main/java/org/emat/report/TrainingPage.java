package org.emat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emat.report.TrainingContent.Outcome;
import org.emat.report.TrainingContent.Quality;

/** Renders the report of a training: what was learnt, and the machine that learns it, cycle by cycle. */
public final class TrainingPage {
    private final TrainingContent content;

    private TrainingPage(TrainingContent content) {
        this.content = content;
    }

    /** The text of the page. */
    public static String render(TrainingContent content) {
        return new TrainingPage(content).page();
    }

    /** A section and its place in the page's contents. */
    private record Part(PageFrame.Entry entry, Element section) {}

    private String page() {
        List<Part> parts = parts();
        Element main = Element.of("main").with("id", "top");
        parts.forEach(part -> main.add(part.section));
        Element body = PageFrame.body(header(), parts.stream().map(Part::entry).toList(), main);
        return PageFrame.page(stamp() + " – " + content.name(), body);
    }

    private Element header() {
        return Element.of("header")
                .add(Element.of("div", "masthead")
                        .add(Element.of("p", "kind").text("emat training report"))
                        .add(Element.of("h1").text(content.name()))
                        .add(Element.of("p", "source")
                                .text("Configuration ")
                                .add(Element.of("code").text(content.source()))));
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        add(parts, "verdict", "Verdict", verdict());
        if (!content.losses().isEmpty()) {
            add(parts, "losses", "Losses", new LossChart(content.losses()).section());
        }
        if (!content.galleries().isEmpty()) {
            add(parts, "pictures", "Pictures", Pictures.section(content.galleries()));
        }
        if (!content.quality().isEmpty()) {
            add(parts, "quality", "Quality", quality());
        }
        content.machine().ifPresent(machine -> {
            MachineTables tables = new MachineTables(machine);
            add(parts, "units", "Units", tables.units());
            add(parts, "schedule", "Schedule", new ScheduleChart(machine.schedule()).section());
            add(parts, "traffic", "Traffic", tables.traffic());
            add(parts, "energy", "Energy", tables.energy());
        });
        add(parts, "provenance", "Provenance", Hardware.provenance(content.provenance()));
        return parts;
    }

    private static void add(List<Part> parts, String id, String title, Element section) {
        parts.add(new Part(new PageFrame.Entry(id, title), section));
    }

    private String stamp() {
        String name = content.outcome().name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private Element verdict() {
        Element heading = Element.of("div", "stamp");
        if (content.outcome() != Outcome.PREDICTED) {
            heading.add(Glyph.mark(content.outcome() == Outcome.EQUAL));
        }
        heading.add(Element.of("h2").with("id", "verdict-title").text(stamp()));
        Element box = Element.of("div", "verdict " + stamp().toLowerCase(Locale.ROOT))
                .add(heading)
                .add(Element.of("p", "claim").text(content.claim()))
                .add(Lists.definitions(content.facts()));
        if (!content.withoutMachine().isEmpty()) {
            box.add(Element.of("p", "remark").text(content.withoutMachine()));
        }
        return Element.of("section")
                .with("id", "verdict")
                .with("aria-labelledby", "verdict-title")
                .add(box);
    }

    private Element quality() {
        List<Element> rows = new ArrayList<>();
        for (Quality quality : content.quality()) {
            rows.add(Element.of("tr")
                    .add(Element.of("th").with("scope", "row").text(quality.images()))
                    .add(figure("%.2f", quality.classScore()))
                    .add(figure("%.1f", quality.frechetDistance())));
        }
        return Lists.section(
                        "quality",
                        "Quality",
                        "What a small classifier of the real images sees: the class score is 1 where all images look the"
                                + " same and the number of classes at best, the Fréchet distance of its features 0 at"
                                + " best.")
                .add(Lists.table(
                        "Quality of images",
                        List.of(
                                Lists.wordsHeading("Images"),
                                Lists.heading("Class score"),
                                Lists.heading("Fréchet distance")),
                        rows));
    }

    private static Element figure(String form, double value) {
        return Element.of("td").text(String.format(Locale.ROOT, form, value));
    }
}
