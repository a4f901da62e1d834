package org.emat.report;

import java.util.ArrayList;
import java.util.List;

/** Renders the report of a co-simulation. */
public final class ReportPage {
    private final ReportContent content;

    private ReportPage(ReportContent content) {
        this.content = content;
    }

    /** The text of {@code report.html}. */
    public static String render(ReportContent content) {
        return new ReportPage(content).page();
    }

    private String page() {
        String outcome = content.comparison().equal() ? "Equal" : "Different";
        return PageFrame.page(outcome + " – " + content.title(), body());
    }

    private Element body() {
        Element main = Element.of("main").with("id", "top").add(new Verdict(content).section());
        if (!content.warnings().isEmpty()) {
            main.add(warnings());
        }
        sections().forEach(main::add);
        return PageFrame.body(header(), contents(), main);
    }

    private Element header() {
        return Element.of("header")
                .add(Element.of("div", "masthead")
                        .add(Element.of("p", "kind").text("emat co-simulation report"))
                        .add(Element.of("h1").text(content.title()))
                        .add(Element.of("p", "source")
                                .text("Network ")
                                .add(Element.of("code").text(content.source()))
                                .text(", design ")
                                .add(Element.of("code").text(content.plan().name()))));
    }

    private List<PageFrame.Entry> contents() {
        List<PageFrame.Entry> entries = new ArrayList<>(List.of(new PageFrame.Entry("verdict", "Verdict")));
        if (!content.galleries().isEmpty()) {
            entries.add(new PageFrame.Entry("pictures", "Pictures"));
        }
        if (hasQuality()) {
            entries.add(new PageFrame.Entry("quality", "Quality"));
        }
        entries.add(new PageFrame.Entry("mapping", "Mapping"));
        entries.add(new PageFrame.Entry("pipeline", "Pipeline"));
        entries.add(new PageFrame.Entry("counts", "Counts"));
        entries.add(new PageFrame.Entry("architecture", "Architecture"));
        if (!content.provenance().isEmpty()) {
            entries.add(new PageFrame.Entry("provenance", "Provenance"));
        }
        return entries;
    }

    private boolean hasQuality() {
        return !content.facts().isEmpty() || !content.signalToNoise().isEmpty();
    }

    private List<Element> sections() {
        List<Element> sections = new ArrayList<>();
        if (!content.galleries().isEmpty()) {
            sections.add(Pictures.section(content.galleries()));
        }
        if (hasQuality()) {
            sections.add(Quality.section(content));
        }
        sections.add(new Placement(content.plan()).section());
        sections.add(new Pipeline(content).section());
        sections.add(Counts.section(content.comparison()));
        sections.add(Hardware.architecture(content.architecture()));
        if (!content.provenance().isEmpty()) {
            sections.add(Hardware.provenance(content.provenance()));
        }
        return sections;
    }

    private Element warnings() {
        Element list = Element.of("ul");
        content.warnings().forEach(warning -> list.add(Element.of("li").text(warning)));
        return Element.of("aside", "warnings")
                .with("aria-labelledby", "warnings-title")
                .add(Element.of("h2").with("id", "warnings-title").text("To be aware of"))
                .add(list);
    }
}
