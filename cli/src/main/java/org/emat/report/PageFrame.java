package org.emat.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What all pages have around their content: XHTML that is also HTML5, without script and without anything from
 * elsewhere, to be written as UTF-8.
 */
final class PageFrame {
    private static final String NOTHING_FROM_ELSEWHERE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private PageFrame() {}

    /**
     * An entry of a page's contents.
     *
     * @param id of a section
     * @param title what it is called there
     */
    record Entry(String id, String title) {}

    /** The text of a page. */
    static String page(String title, Element body) {
        Element page = Element.of("html")
                .with("xmlns", "http://www.w3.org/1999/xhtml")
                .with("lang", "en")
                .add(head(title))
                .add(body);
        return "<!DOCTYPE html>\n" + page;
    }

    private static Element head(String title) {
        return Element.of("head")
                .add(Element.of("meta").with("charset", "UTF-8"))
                .add(Element.of("meta")
                        .with("http-equiv", "Content-Security-Policy")
                        .with("content", NOTHING_FROM_ELSEWHERE))
                .add(Element.of("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"))
                .add(Element.of("meta").with("name", "color-scheme").with("content", "light dark"))
                .add(Element.of("title").text(title))
                .add(Element.of("style").text(style()));
    }

    /** The style sheet; it holds nothing that a text of XML would escape, for HTML reads it unescaped. */
    static String style() {
        try (InputStream in = PageFrame.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of a page. */
    static Element body(Element header, List<Entry> contents, Element main) {
        return Element.of("body")
                .add(header)
                .add(navigation(contents))
                .add(main)
                .add(Element.of("footer").add(Element.of("p").text("Written by emat.")));
    }

    private static Element navigation(List<Entry> contents) {
        Element links = Element.of("ul");
        contents.forEach(entry -> links.add(Element.of("li")
                .add(Element.of("a").with("href", "#" + entry.id).text(entry.title))));
        return Element.of("nav").with("aria-label", "Sections").add(links);
    }
}
