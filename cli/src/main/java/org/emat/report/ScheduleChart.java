package org.emat.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emat.train.machine.StepCycles;
import org.emat.train.machine.StepSchedule;
import org.emat.train.machine.StepSchedule.Buffer;
import org.emat.train.machine.StepSchedule.Engine;
import org.emat.train.machine.StepSchedule.Image;
import org.emat.train.machine.StepSchedule.Role;
import org.emat.train.machine.StepSchedule.Stint;

/** The schedule of a training step: a lane per engine with the images it works on, and one per buffer with what it holds. */
final class ScheduleChart {
    private static final int HEIGHT = 20;
    private static final int MARGIN = 3;
    private static final int BUFFER_HEIGHT = 30;

    private static final String JUDGING = "part-rest";
    private static final String DECEIVING = "part-buffer";

    /** Boxes nearer than this are drawn as one. */
    private static final double NEAR = 0.25;

    /** From the last parameter to the next part of a step: five stages, the sign that it is done, the change of state. */
    private static final int UNTIL_WRITTEN = 7;

    private final StepSchedule schedule;
    private final CycleAxis axis;

    ScheduleChart(StepSchedule schedule) {
        this.schedule = schedule;
        axis = new CycleAxis(new Scale(schedule.cycles().cycles()));
    }

    /** What a box stands for. */
    private enum Work {
        REAL("work-real", "real image"),
        GENERATED("work-generated", "generated image, made or judged"),
        DECEIVING("work-deceiving", "generated image that shall deceive"),
        UPDATE("work-update", "update of the parameters");

        private final String style;
        private final String title;

        Work(String style, String title) {
            this.style = style;
            this.title = title;
        }

        static Work of(Stint stint) {
            return stint.image().map(image -> valueOf(image.kind().name())).orElse(UPDATE);
        }
    }

    Element section() {
        return Lists.section(
                        "schedule",
                        "Schedule",
                        "Which engine works on which image in which cycles of a step. Work is a read of the arrays, a"
                                + " product of gradients, or a parameter being updated; neighbouring images have two"
                                + " shades. All steps have the same schedule.")
                .add(legend())
                .add(figure("Engines", engines()))
                .add(Element.of("h3").text("Buffers"))
                .add(Element.of("p", "lead")
                        .text("Pixels held over the cycles of the step; each lane is as high as the most it ever holds."
                                + " Buffers have room for one more at most, with which they would make nothing wait."))
                .add(figure("Buffers", buffers()));
    }

    private Element figure(String title, List<Element> rows) {
        return Element.of("figure", "timeline dense")
                .add(Element.of("figcaption")
                        .add(Element.of("b").text(title))
                        .add(Element.of("span", "note")
                                .text("cycles 0 to "
                                        + Figures.count(schedule.cycles().cycles() - 1))))
                .add(Element.of("div", "lanes").add(rows).add(axis.labels()));
    }

    private static Element legend() {
        Element legend = Element.of("ul", "legend");
        for (Work work : Work.values()) {
            legend.add(Lists.key(work.style, work.title));
        }
        return legend.add(Lists.key(JUDGING, "step: judging"), Lists.key(DECEIVING, "step: deceiving"));
    }

    private List<Element> engines() {
        List<Element> rows = new ArrayList<>();
        rows.add(CycleAxis.row("step", parts()));
        schedule.engines().forEach(engine -> rows.add(CycleAxis.row(name(engine), lane(engine))));
        return rows;
    }

    private static String name(Engine engine) {
        return engine.layer() + " " + name(engine.role());
    }

    static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** The order of a step: judging, an update, deceiving, an update; or judging and both updates. */
    private Element parts() {
        StepCycles cycles = schedule.cycles();
        long deceiving = schedule.lastUpdate(true) + UNTIL_WRITTEN;
        Element lane = axis.lane(
                HEIGHT,
                "judging to cycle " + Figures.count(cycles.judging())
                        + (cycles.deceiving() == 0
                                ? ""
                                : ", deceiving from cycle " + Figures.count(deceiving) + " for "
                                        + Figures.count(cycles.deceiving())));
        part(lane, JUDGING, "judging", 0, cycles.judging());
        if (cycles.deceiving() == 0) {
            part(lane, Work.UPDATE.style, "update of both networks", cycles.judging(), cycles.cycles());
            return lane;
        }
        part(lane, Work.UPDATE.style, "update of the discriminator", cycles.judging(), deceiving);
        part(lane, DECEIVING, "deceiving", deceiving, deceiving + cycles.deceiving());
        part(lane, Work.UPDATE.style, "update of the generator", deceiving + cycles.deceiving(), cycles.cycles());
        return lane;
    }

    private void part(Element lane, String style, String title, long from, long to) {
        double left = axis.scale().at(from);
        lane.add(Element.of("path", style)
                .with("d", Glyph.box(left, MARGIN, axis.scale().at(to) - left, HEIGHT - 2.0 * MARGIN))
                .add(Element.of("title")
                        .text(title + ", cycles " + Figures.count(from) + " to " + Figures.count(to - 1))));
    }

    private Element lane(Engine engine) {
        long first = engine.stints().get(0).first();
        long last = engine.stints().get(engine.stints().size() - 1).last();
        long cycles = schedule.cycles().cycles();
        Element lane = axis.lane(
                HEIGHT,
                name(engine) + ": cycles " + Figures.count(first) + " to " + Figures.count(last) + ", works in "
                        + Figures.count(engine.busy()) + " (" + Figures.percent(engine.busy(), cycles) + ")");
        Map<Work, List<Boxes>> drawn = new EnumMap<>(Work.class);
        for (Stint stint : engine.stints()) {
            int odd = stint.image().map(Image::number).orElse(0) % 2;
            drawn.computeIfAbsent(Work.of(stint), work -> List.of(new Boxes(), new Boxes()))
                    .get(odd)
                    .add(axis.scale().at(stint.first()), axis.scale().at(stint.last() + 1));
        }
        drawn.forEach((work, shades) -> {
            for (int odd = 0; odd < shades.size(); odd++) {
                if (!shades.get(odd).isEmpty()) {
                    lane.add(Element.of("path", work.style + (odd == 1 ? " odd" : ""))
                            .with("d", shades.get(odd).path())
                            .add(Element.of("title").text(name(engine) + ", " + work.title)));
                }
            }
        });
        return lane;
    }

    /** Boxes side by side, those that touch as one. */
    private static final class Boxes {
        private final StringBuilder path = new StringBuilder();
        private double from = Double.NEGATIVE_INFINITY;
        private double to = Double.NEGATIVE_INFINITY;

        boolean isEmpty() {
            return to == Double.NEGATIVE_INFINITY;
        }

        void add(double left, double right) {
            if (left > to + NEAR) {
                end();
                from = left;
            }
            to = right;
        }

        private void end() {
            if (!isEmpty()) {
                path.append(Glyph.box(from, MARGIN, Math.max(NEAR, to - from), HEIGHT - 2.0 * MARGIN));
            }
        }

        String path() {
            end();
            return path.toString();
        }
    }

    private List<Element> buffers() {
        return schedule.buffers().stream()
                .map(buffer -> CycleAxis.row(title(buffer), profile(buffer)))
                .toList();
    }

    /** What a buffer is called. */
    static String title(Buffer buffer) {
        return switch (buffer.content()) {
            case IMAGES -> "images";
            case INPUTS -> buffer.name() + " inputs";
            case SIGNS -> buffer.name() + " signs";
        };
    }

    private Element profile(Buffer buffer) {
        String label = title(buffer) + ": at most " + Figures.count(buffer.most(), "pixel") + " of "
                + Figures.count(buffer.capacity());
        StringBuilder path = new StringBuilder("M0 " + BUFFER_HEIGHT);
        int before = 0;
        for (int i = 0; i < buffer.held().size(); i++) {
            int held = buffer.held().get(i);
            if (held != before) {
                path.append('H').append(Glyph.at(axis.scale().at(i * buffer.span())));
                path.append('V')
                        .append(Glyph.at(
                                BUFFER_HEIGHT - (BUFFER_HEIGHT - 2.0 * MARGIN) * held / Math.max(1, buffer.most())));
                before = held;
            }
        }
        path.append('H').append(Scale.WIDTH).append('V').append(BUFFER_HEIGHT).append('z');
        return axis.lane(BUFFER_HEIGHT, label)
                .add(Element.of("path", "busy")
                        .with("d", path)
                        .add(Element.of("title").text(label)));
    }
}
