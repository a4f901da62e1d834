package org.emat.report;

/** Small inline drawings. */
final class Glyph {
    private Glyph() {}

    /** A tick or a cross; decoration beside words that say the same. */
    static Element mark(boolean equal) {
        String path = equal ? "M5 12.5l4.5 4.5L19 7.5" : "M6.5 6.5l11 11M17.5 6.5l-11 11";
        return svg("0 0 24 24", equal ? "mark ticked" : "mark crossed")
                .with("aria-hidden", "true")
                .add(Element.of("path").with("d", path));
    }

    /** An empty drawing. */
    static Element svg(String viewBox, String style) {
        return Element.of("svg", style)
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", viewBox);
    }

    /** A coordinate with at most two decimals. */
    static String at(double coordinate) {
        double rounded = Math.rint(coordinate * 100) / 100;
        return rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded);
    }

    /** A rectangle as part of a path. */
    static String box(double x, double y, double width, double height) {
        return "M" + at(x) + " " + at(y) + "h" + at(width) + "v" + at(height) + "h" + at(-width) + "z";
    }
}
