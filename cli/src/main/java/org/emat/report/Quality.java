package org.emat.report;

import java.util.ArrayList;
import java.util.List;
import org.emat.quant.SignalToNoise;

/** What the integers lose against real numbers. */
final class Quality {
    /** Bars are full at this ratio at least, so that a short bar means a small ratio. */
    private static final double FULL = 50;

    private Quality() {}

    static Element section(ReportContent content) {
        Element section = Lists.section("quality", "Quality", "");
        if (!content.facts().isEmpty()) {
            section.add(Lists.definitions(content.facts()).with("id", "figures"));
        }
        if (!content.signalToNoise().isEmpty()) {
            section.add(Element.of("h3").text("Signal to quantisation noise per layer"))
                    .add(Element.of("p", "lead")
                            .text("Outputs of each layer in integers against the same in real numbers;"
                                    + " 6 dB are one bit. Noise of earlier layers is part of that of later ones."))
                    .add(table(content.signalToNoise()));
        }
        return section;
    }

    private static Element table(List<SignalToNoise> layers) {
        double full = layers.stream()
                .mapToDouble(SignalToNoise::decibels)
                .filter(Double::isFinite)
                .reduce(FULL, Math::max);
        List<Element> rows = new ArrayList<>();
        for (SignalToNoise layer : layers) {
            double decibels = layer.decibels();
            rows.add(Element.of("tr")
                    .add(Lists.head(layer.layer()))
                    .add(Element.of("td").text(decibels(decibels)))
                    .add(Element.of("td", "wide").add(Lists.bar(decibels / full))));
        }
        return Lists.table(
                "Signal to quantisation noise",
                List.of(
                        Lists.wordsHeading("Layer"),
                        Lists.heading("Ratio"),
                        Lists.wordsHeading("0 to " + Math.round(Math.ceil(full)) + "\u00a0dB")),
                rows);
    }

    private static String decibels(double ratio) {
        if (Double.isInfinite(ratio)) {
            return ratio > 0 ? "∞ (no difference)" : "−∞";
        }
        return Figures.decimal(ratio).replace('-', '−') + "\u00a0dB";
    }
}
