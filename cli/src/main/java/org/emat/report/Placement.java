package org.emat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;
import org.emat.window.WindowPlan;

/** Where the layers are on the crossbars. */
final class Placement {
    /** What the box of a map adds to its width, in pixels. */
    private static final int MARGIN = 40;

    private final Plan plan;

    Placement(Plan plan) {
        this.plan = plan;
    }

    Element section() {
        Element maps = Element.of("div", "maps");
        plan.engines().forEach(engine -> maps.add(figure(engine)));
        return Lists.section(
                        "mapping",
                        "Mapping",
                        "A step computes one block of output pixels, one phase each, and takes one interval."
                                + " A sub-kernel is the array of one phase and channel group.")
                .add(table())
                .add(Element.of("h3").text("Crossbar occupancy"))
                .add(Element.of("p", "lead")
                        .text("Every square is a physical crossbar; those of a sub-kernel touch, row blocks from top to"
                                + " bottom and column blocks from left to right. Sub-kernels lie as their pixels lie in"
                                + " the output block, or in one row. Large squares show the used corner: word lines downwards, bit"
                                + " lines to the right."))
                .add(legend())
                .add(maps);
    }

    private Element table() {
        List<Element> rows = new ArrayList<>();
        long crossbars = 0;
        long used = 0;
        long cells = 0;
        for (EnginePlan engine : plan.engines()) {
            rows.add(row(engine));
            crossbars += engine.crossbars();
            used += engine.cells();
            cells += new Occupancy(engine).cells();
        }
        rows.add(Element.of("tr", "total")
                .add(Element.of("th").with("scope", "row").with("colspan", 7).text("All layers"))
                .add(Lists.number(crossbars))
                .add(Element.of("td"))
                .add(Lists.share(used, cells))
                .add(Element.of("td")));
        return Lists.table(
                "Mapping of the layers",
                List.of(
                        Lists.wordsHeading("Layer"),
                        Lists.wordsHeading("Input"),
                        Lists.wordsHeading("Output"),
                        Lists.wordsHeading("Planned as"),
                        Lists.heading("Phases"),
                        Lists.heading("Steps"),
                        Lists.heading("Interval, cycles"),
                        Lists.heading("Crossbars"),
                        Lists.heading("Word lines used"),
                        Lists.wordsHeading("Cells used"),
                        Lists.wordsHeading("Conversion")),
                rows);
    }

    private static Element row(EnginePlan engine) {
        Occupancy occupancy = new Occupancy(engine);
        LayerGeometry geometry = engine.geometry();
        return Element.of("tr")
                .add(Lists.head(engine.name()).add(Element.of("span", "note").text(operator(geometry))))
                .add(Lists.words(Figures.shape(geometry.input())))
                .add(Lists.words(Figures.shape(geometry.output())))
                .add(Lists.words(planned(engine)))
                .add(Lists.number(engine.phases()))
                .add(Lists.number(engine.window().steps()))
                .add(Lists.number(engine.interval()))
                .add(Lists.number(engine.crossbars()))
                .add(Element.of("td")
                        .add(Figures.number(occupancy.usedWordLines()))
                        .text(" of ")
                        .add(Figures.number(occupancy.wordLines())))
                .add(Lists.share(engine.cells(), occupancy.cells()))
                .add(Lists.words(engine.lossless() ? "lossless" : "can lose"));
    }

    private static String operator(LayerGeometry geometry) {
        if (geometry.operator() == Operator.DENSE) {
            return "dense";
        }
        String name = geometry.operator() == Operator.CONVOLUTION ? "convolution " : "transposed convolution ";
        Axis y = geometry.vertical();
        Axis x = geometry.horizontal();
        return name
                + Figures.times(y.kernel(), x.kernel())
                + both(", stride ", y.stride(), x.stride())
                + both(", dilation ", y.dilation(), x.dilation())
                + (geometry.groups() > 1 ? ", " + geometry.groups() + " groups" : "");
    }

    private static String both(String name, int y, int x) {
        return y == 1 && x == 1 ? "" : name + (y == x ? String.valueOf(y) : Figures.times(y, x));
    }

    private static String planned(EnginePlan engine) {
        WindowPlan window = engine.window();
        if (window.steps() == 1 && engine.phases() == engine.geometry().output().pixels()) {
            return "one step";
        }
        if (engine.geometry().operator() != Operator.TRANSPOSED_CONVOLUTION) {
            return "windows";
        }
        return window.vertical().block() == engine.geometry().vertical().stride()
                        && window.horizontal().block()
                                == engine.geometry().horizontal().stride()
                ? "phase"
                : "zero-insertion";
    }

    private static Element legend() {
        Element legend = Element.of("ul", "legend").with("aria-label", "Share of the cells that hold weights");
        for (Shade shade : Shade.values()) {
            legend.add(Element.of("li")
                    .add(Glyph.svg("0 0 12 12", "key")
                            .with("aria-hidden", "true")
                            .add(Element.of("path", shade.style()).with("d", Glyph.box(0, 0, 12, 12))))
                    .text(shade.label()));
        }
        return legend;
    }

    private static Element figure(EnginePlan engine) {
        OccupancyMap map = OccupancyMap.of(engine);
        Occupancy occupancy = new Occupancy(engine);
        return Element.of("figure", "map")
                .with("style", "--width:" + Glyph.at(map.width() + MARGIN) + "px")
                .add(Element.of("figcaption")
                        .add(Element.of("code", "name").text(engine.name()))
                        .add(Element.of("span", "note").text(total(engine, occupancy)))
                        .add(Element.of("span", "note").text(kernels(engine, occupancy)))
                        .add(map.scale().map(text -> Element.of("span", "note").text(text)).stream()
                                .toList()))
                .add(Element.of("div", "scroll bare")
                        .with("tabindex", "0")
                        .with("role", "region")
                        .with("aria-label", "Crossbars of " + engine.name())
                        .add(map.drawing()
                                .with("role", "img")
                                .with(
                                        "aria-label",
                                        engine.name() + ": " + total(engine, occupancy) + ", "
                                                + kernels(engine, occupancy))));
    }

    private static String total(EnginePlan engine, Occupancy occupancy) {
        return Figures.count(engine.crossbars(), "crossbar") + ", " + Figures.percent(engine.cells(), occupancy.cells())
                + " of the cells used";
    }

    private static String kernels(EnginePlan engine, Occupancy occupancy) {
        boolean one = engine.phases() == 1 && engine.arrayGroups() == 1;
        String phases = Figures.times(
                        engine.window().vertical().block(),
                        engine.window().horizontal().block())
                + (engine.phases() == 1 ? " phase" : " phases")
                + (engine.arrayGroups() > 1 ? " of " + engine.arrayGroups() + " groups" : "");
        return (one ? "one sub-kernel of " : phases + ", sub-kernels of ") + rows(engine) + " word lines × "
                + Figures.count(occupancy.usedBitLines(), "bit line");
    }

    /** The word lines of the sub-kernels, each number once; their range where there are many numbers. */
    private static String rows(EnginePlan engine) {
        List<String> rows = IntStream.range(0, engine.phases())
                .map(engine::rows)
                .filter(count -> count > 0)
                .distinct()
                .sorted()
                .mapToObj(Figures::count)
                .toList();
        int last = rows.size() - 1;
        if (last < 0) {
            return "no";
        }
        return last < 4
                ? String.join(", ", rows.subList(0, last)) + (last > 0 ? " or " : "") + rows.get(last)
                : rows.get(0) + " to " + rows.get(last);
    }
}
