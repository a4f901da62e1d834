package org.emat.report;

import java.util.List;

/** A lane per engine over cycles: when it read its arrays, and when it gave pixels. */
final class Timeline {
    /** What the lanes are drawn with, and what each means. */
    static final List<String> STYLES = List.of("span", "busy", "output");

    static final List<String> MEANINGS = List.of(
            "first to last read of the arrays", "arrays read, part of the cycles", "pixels given, up to one a cycle");

    private static final int HEIGHT = 38;
    private static final int READS_FOOT = 22;
    private static final int READS_HEIGHT = 18;
    private static final int OUTPUTS_FOOT = 34;
    private static final int OUTPUTS_HEIGHT = 10;

    private final ReportContent content;
    private final Scale scale;

    Timeline(ReportContent content, Scale scale) {
        this.content = content;
        this.scale = scale;
    }

    Element figure(String title) {
        Element lanes = Element.of("div", "lanes");
        for (int i = 0; i < content.plan().engines().size(); i++) {
            lanes.add(lane(content.plan().engines().get(i).name(), Activity.of(content, i)));
        }
        return Element.of("figure", "timeline")
                .add(Element.of("figcaption")
                        .add(Element.of("b").text(title))
                        .add(Element.of("span", "note").text("cycles 0 to " + Figures.count(scale.end() - 1))))
                .add(lanes.add(new CycleAxis(scale).labels()));
    }

    private Element lane(String name, Activity activity) {
        String reads = span("reads", activity.firstRead(), activity.lastRead());
        String outputs = span("pixels", activity.firstOutput(), activity.lastOutput());
        Element drawing = new CycleAxis(scale)
                .lane(HEIGHT, name + ": " + reads + ", " + outputs)
                .add(reach(activity).add(Element.of("title").text(reads)))
                .add(profile("busy", activity.reads(scale), READS_FOOT, READS_HEIGHT, reads))
                .add(profile("output", activity.outputs(scale), OUTPUTS_FOOT, OUTPUTS_HEIGHT, outputs));
        return CycleAxis.row(name, drawing);
    }

    private static String span(String what, long first, long last) {
        return first < 0 ? "no " + what : what + " in cycles " + Figures.count(first) + " to " + Figures.count(last);
    }

    /** First to last read, as far as the scale goes. */
    private Element reach(Activity activity) {
        long first = activity.firstRead();
        Element path = Element.of("path", "span");
        if (first < 0 || first >= scale.end()) {
            return path.with("d", "");
        }
        double from = scale.at(first);
        double width = Math.max(1, scale.at(activity.lastRead() + 1) - from);
        return path.with("d", Glyph.box(from, READS_FOOT - READS_HEIGHT, width, READS_HEIGHT));
    }

    /** An area whose height is the value of each bin, 0 to 1, standing on a foot. */
    private Element profile(String style, double[] bins, double foot, double height, String title) {
        StringBuilder path = new StringBuilder("M0 " + Glyph.at(foot));
        double before = 0;
        for (int bin = 0; bin < bins.length; bin++) {
            if (bins[bin] != before) {
                path.append('H').append(Glyph.at(scale.at(scale.from(bin))));
                path.append('V').append(Glyph.at(foot - height * bins[bin]));
                before = bins[bin];
            }
        }
        path.append('H').append(Scale.WIDTH).append('V').append(Glyph.at(foot)).append('z');
        return Element.of("path", style).with("d", path).add(Element.of("title").text(title));
    }
}
