package org.emat.report;

/**
 * What lanes over cycles have in common: lines at round cycles, and their numbers below.
 *
 * @param scale the axis
 */
record CycleAxis(Scale scale) {
    /** Labels beyond this place end at their tick, so that they stay inside. */
    private static final int END = 920;

    /** The numbers. */
    Element labels() {
        Element axis = Element.of("div", "axis").with("aria-hidden", "true");
        for (long tick : scale.ticks()) {
            boolean last = scale.at(tick) > END;
            axis.add(Element.of("span", last ? "tick last" : "tick")
                    .with("style", "left:" + Glyph.at(scale.at(tick) * 100 / Scale.WIDTH) + "%")
                    .text(Figures.count(tick)));
        }
        return axis;
    }

    /** A lane with its lines. */
    Element lane(int height, String label) {
        StringBuilder path = new StringBuilder();
        for (long tick : scale.ticks()) {
            path.append('M').append(Glyph.at(scale.at(tick))).append(" 0v").append(height);
        }
        return Glyph.svg("0 0 " + Scale.WIDTH + " " + height, "lane")
                .with("preserveAspectRatio", "none")
                .with("role", "img")
                .with("aria-label", label)
                .add(Element.of("path", "grid").with("d", path));
    }

    /** A lane beside its name. */
    static Element row(String name, Element lane) {
        return Element.of("div", "row")
                .add(Element.of("code", "name").text(name))
                .add(lane);
    }
}
