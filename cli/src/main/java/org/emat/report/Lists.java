package org.emat.report;

import java.util.List;

/** Tables and lists that several sections share. */
final class Lists {
    private Lists() {}

    /** Labels and values. */
    static Element definitions(List<Fact> facts) {
        Element list = Element.of("dl", "facts");
        for (Fact fact : facts) {
            Element value = Element.of("dd").add(Element.of("span", "value").text(fact.value()));
            if (!fact.note().isEmpty()) {
                value.add(Element.of("span", "note").text(fact.note()));
            }
            list.add(Element.of("div").add(Element.of("dt").text(fact.label())).add(value));
        }
        return list;
    }

    /** A section with its heading, to which the page's contents lead. */
    static Element section(String id, String title, String lead) {
        Element section = Element.of("section")
                .with("id", id)
                .with("aria-labelledby", id + "-title")
                .add(Element.of("h2").with("id", id + "-title").text(title));
        return lead.isEmpty() ? section : section.add(Element.of("p", "lead").text(lead));
    }

    /** An entry of a legend: a square of a style, and what it stands for. */
    static Element key(String style, String title) {
        return Element.of("li")
                .add(Glyph.svg("0 0 10 10", "key")
                        .with("aria-hidden", "true")
                        .add(Element.of("path", style).with("d", Glyph.box(0, 0, 10, 10))))
                .text(title);
    }

    /** A table that scrolls inside its own box. */
    static Element table(String caption, List<Element> headings, List<Element> rows) {
        Element head = Element.of("tr").add(headings);
        return Element.of("div", "scroll")
                .with("tabindex", "0")
                .with("role", "region")
                .with("aria-label", caption)
                .add(Element.of("table")
                        .add(Element.of("caption", "unseen").text(caption))
                        .add(Element.of("thead").add(head))
                        .add(Element.of("tbody").add(rows)));
    }

    /** Heads a column of numbers. */
    static Element heading(String text) {
        return Element.of("th").with("scope", "col").text(text);
    }

    /** Heads a column of words or drawings, which start at the left. */
    static Element wordsHeading(String text) {
        return heading(text).with("class", "words");
    }

    /** A cell that heads its row. */
    static Element head(String text) {
        return Element.of("th").with("scope", "row").add(Element.of("code").text(text));
    }

    /** A cell of words. */
    static Element words(String text) {
        return Element.of("td", "words").text(text);
    }

    /** A cell of a number. */
    static Element number(long value) {
        return Element.of("td").add(Figures.number(value));
    }

    /** A cell with a share as a bar and in percent. */
    static Element share(double part, double whole) {
        return Element.of("td", "share")
                .add(Element.of("span").text(Figures.percent(part, whole)))
                .add(bar(whole == 0 ? 0 : part / whole));
    }

    /**
     * A small bar.
     *
     * @param length 0 to 1
     */
    static Element bar(double length) {
        return Glyph.svg("0 0 100 8", "bar")
                .with("preserveAspectRatio", "none")
                .with("aria-hidden", "true")
                .add(Element.of("path", "track").with("d", Glyph.box(0, 0, 100, 8)))
                .add(Element.of("path", "value").with("d", Glyph.box(0, 0, 100 * Math.max(0, Math.min(1, length)), 8)));
    }
}
