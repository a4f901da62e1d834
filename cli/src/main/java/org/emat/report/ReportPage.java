package org.emat.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders a report: XHTML that is also HTML5, without script and without anything from elsewhere, to be written as
 * UTF-8.
 */
public final class ReportPage {
    private static final String NOTHING_FROM_ELSEWHERE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private final ReportContent content;

    private ReportPage(ReportContent content) {
        this.content = content;
    }

    /** The text of {@code report.html}. */
    public static String render(ReportContent content) {
        return new ReportPage(content).page();
    }

    private String page() {
        Element page = Element.of("html")
                .with("xmlns", "http://www.w3.org/1999/xhtml")
                .with("lang", "en")
                .add(head())
                .add(body());
        return "<!DOCTYPE html>\n" + page;
    }

    private Element head() {
        return Element.of("head")
                .add(Element.of("meta").with("charset", "UTF-8"))
                .add(Element.of("meta")
                        .with("http-equiv", "Content-Security-Policy")
                        .with("content", NOTHING_FROM_ELSEWHERE))
                .add(Element.of("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"))
                .add(Element.of("meta").with("name", "color-scheme").with("content", "light dark"))
                .add(Element.of("title")
                        .text((content.comparison().equal() ? "Equal" : "Different") + " – " + content.title()))
                .add(Element.of("style").text(style()));
    }

    /** The style sheet; it holds nothing that a text of XML would escape, for HTML reads it unescaped. */
    static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Element body() {
        Element main = Element.of("main").with("id", "top").add(new Verdict(content).section());
        if (!content.warnings().isEmpty()) {
            main.add(warnings());
        }
        sections().forEach(main::add);
        return Element.of("body")
                .add(header())
                .add(navigation())
                .add(main)
                .add(Element.of("footer").add(Element.of("p").text("Written by emat.")));
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

    private Element navigation() {
        Element links = Element.of("ul");
        contents()
                .forEach(entry -> links.add(Element.of("li")
                        .add(Element.of("a").with("href", "#" + entry.id).text(entry.title))));
        return Element.of("nav").with("aria-label", "Sections").add(links);
    }

    private record Entry(String id, String title) {}

    private List<Entry> contents() {
        List<Entry> entries = new ArrayList<>(List.of(new Entry("verdict", "Verdict")));
        if (!content.galleries().isEmpty()) {
            entries.add(new Entry("pictures", "Pictures"));
        }
        if (hasQuality()) {
            entries.add(new Entry("quality", "Quality"));
        }
        entries.add(new Entry("mapping", "Mapping"));
        entries.add(new Entry("pipeline", "Pipeline"));
        entries.add(new Entry("counts", "Counts"));
        entries.add(new Entry("architecture", "Architecture"));
        if (!content.provenance().isEmpty()) {
            entries.add(new Entry("provenance", "Provenance"));
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
