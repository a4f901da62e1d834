package org.emat.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.emat.report.TrainingContent.Losses;

/** Losses over the steps of a training. */
final class LossChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 280;
    private static final int LEFT = 52;
    private static final int RIGHT = 884;
    private static final int TOP = 14;
    private static final int FOOT = 244;
    private static final int LABELS = 4; // intervals of the axis of losses

    private final List<Losses> losses;
    private final double least;
    private final double most;

    /**
     * A chart.
     *
     * @param losses at least one
     */
    LossChart(List<Losses> losses) {
        this.losses = losses;
        least = Math.min(0, limit(false));
        most = Math.max(limit(true), least + 0.01);
    }

    private double limit(boolean largest) {
        double sign = largest ? 1 : -1;
        return sign
                * losses.stream()
                        .mapToDouble(loss -> Math.max(sign * loss.discriminator(), sign * loss.generator()))
                        .max()
                        .orElseThrow();
    }

    Element section() {
        Losses last = losses.get(losses.size() - 1);
        String label = "after " + Figures.count(last.step(), "step") + " " + value(last.discriminator())
                + " of the discriminator and " + value(last.generator()) + " of the generator";
        Element drawing = Glyph.svg("0 0 " + WIDTH + " " + HEIGHT, "scatter")
                .with("role", "img")
                .with("aria-label", "Losses: " + label)
                .add(frame())
                .add(line("curve by-phase", Losses::discriminator, "discriminator"))
                .add(line("curve by-overlap", Losses::generator, "generator"));
        return Lists.section(
                        "losses",
                        "Losses",
                        "Running means over the steps of this call; the newest step weighs 1\u00a0%. " + capital(label)
                                + ".")
                .add(Element.of("ul", "legend")
                        .add(Lists.key("by-phase", "discriminator"), Lists.key("by-overlap", "generator")))
                .add(Element.of("figure", "chart wide-chart").add(drawing));
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private double across(long step) {
        long first = losses.get(0).step();
        long last = losses.get(losses.size() - 1).step();
        return last == first ? LEFT : LEFT + (double) (RIGHT - LEFT) * (step - first) / (last - first);
    }

    private double up(double loss) {
        return FOOT - (FOOT - TOP) * (loss - least) / (most - least);
    }

    private Element frame() {
        Element frame = Element.of("g");
        StringBuilder grid = new StringBuilder();
        for (int i = 0; i <= LABELS; i++) {
            double loss = least + (most - least) * i / LABELS;
            grid.append('M')
                    .append(LEFT)
                    .append(' ')
                    .append(Glyph.at(up(loss)))
                    .append('H')
                    .append(RIGHT);
            label(frame, LEFT - 8, up(loss) + 4, "end", value(loss));
        }
        frame.add(Element.of("path", "grid").with("d", grid));
        label(
                frame,
                LEFT,
                FOOT + 18,
                "start",
                "step " + Figures.count(losses.get(0).step()));
        if (losses.size() > 1) {
            label(
                    frame,
                    RIGHT,
                    FOOT + 18,
                    "end",
                    Figures.count(losses.get(losses.size() - 1).step()));
        }
        return frame;
    }

    private static void label(Element frame, double x, double y, String anchor, String text) {
        frame.add(Element.of("text")
                .with("x", Glyph.at(x))
                .with("y", Glyph.at(y))
                .with("text-anchor", anchor)
                .text(text));
    }

    private Element line(String style, ToDoubleFunction<Losses> of, String title) {
        StringBuilder path = new StringBuilder();
        for (Losses loss : losses) {
            path.append(path.isEmpty() ? "M" : "L")
                    .append(Glyph.at(across(loss.step())))
                    .append(' ')
                    .append(Glyph.at(up(of.applyAsDouble(loss))));
        }
        if (losses.size() == 1) {
            path.append("h4");
        }
        return Element.of("path", style).with("d", path).add(Element.of("title").text(title));
    }

    private static String value(double loss) {
        return String.format(Locale.ROOT, "%.3f", loss).replace('-', '−');
    }
}
