package org.emat.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Groups;
import org.emat.integer.IntegerLayer;
import org.emat.network.LayerGeometry;
import org.emat.network.TensorShape;
import org.emat.plan.EnginePlan;
import org.emat.reference.DrawnEngine;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class OccupancyMapTest {
    private static final Pattern BOX = Pattern.compile("M([\\d.]+) ([\\d.]+)h([\\d.]+)v([\\d.]+)h-([\\d.]+)z");

    /** A rectangle of a drawing. */
    private record Box(double x, double y, double width, double height, String style) {}

    @Test
    void countsTheCellsThatHoldWeights() {
        long seed = Long.getLong("emat.seed", 20261124L);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            EnginePlan engine = DrawnEngine.faulty(random).engine();
            Occupancy occupancy = new Occupancy(engine);
            double crossbar = (double) engine.array().rows() * engine.array().columns();
            double used = 0;
            int crossbars = 0;
            for (int phase = 0; phase < engine.phases(); phase++) {
                double phaseUsed = 0;
                int blocks = crossbarsDown(engine, phase) * engine.columnBlocks();
                for (int block = 0; block < blocks; block++) {
                    double share = occupancy.share(phase, block / engine.columnBlocks(), block % engine.columnBlocks());
                    assertThat(share).isGreaterThan(0).isLessThanOrEqualTo(1);
                    phaseUsed += share;
                }
                assertThat(occupancy.share(phase)).isCloseTo(blocks == 0 ? 0 : phaseUsed / blocks, within(1e-9));
                used += engine.arrayGroups() * phaseUsed;
                crossbars += engine.arrayGroups() * blocks;
            }
            assertThat(crossbars).isEqualTo(engine.crossbars());
            assertThat(used * crossbar).as(repeat(seed)).isCloseTo(engine.cells(), within(1e-6 * engine.cells()));
            assertThat((double) occupancy.cells()).isEqualTo(crossbars * crossbar);
        }
    }

    /** One square per crossbar, all apart from each other, all inside the drawing, shaded as they are filled. */
    @Test
    void drawsEveryCrossbarOnce() {
        long seed = Long.getLong("emat.seed", 20261124L);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            EnginePlan engine = DrawnEngine.faulty(random).engine();
            OccupancyMap map = OccupancyMap.of(engine);
            assertThat(map.scale()).isEmpty();
            List<Box> shaded = boxes(map.drawing(), "shade-.*");
            assertThat(shaded).as(repeat(seed)).hasSize(engine.crossbars());
            assertApartAndInside(map.drawing(), shaded);
            assertThat(shaded.stream().map(Box::style).sorted().toList())
                    .as(repeat(seed))
                    .isEqualTo(shades(engine));
        }
    }

    private static List<String> shades(EnginePlan engine) {
        List<String> shades = new ArrayList<>();
        for (int phase = 0; phase < engine.phases(); phase++) {
            for (int block = 0; block < crossbarsDown(engine, phase) * engine.columnBlocks(); block++) {
                double share = new Occupancy(engine)
                        .share(phase, block / engine.columnBlocks(), block % engine.columnBlocks());
                for (int group = 0; group < engine.arrayGroups(); group++) {
                    shades.add(Shade.of(share).style());
                }
            }
        }
        return shades.stream().sorted().toList();
    }

    @Test
    void squaresShowTheUsedCorner() {
        // 16 channels x 9 taps = 144 word lines: 128 and 16; 3 weights of 4 bit lines: 12 of 128.
        EnginePlan engine = engine(SampleContent.convolution("c", new TensorShape(16, 6, 6), 3, 1));
        List<Box> cells = boxes(OccupancyMap.of(engine).drawing(), "cells");
        List<Box> used = boxes(OccupancyMap.of(engine).drawing(), "shade-.*");
        assertThat(cells).hasSize(2);
        assertThat(used).hasSize(2);
        double edge = cells.get(0).width();
        assertThat(used.get(0).width()).isCloseTo(edge * 12 / 128, within(0.01));
        assertThat(used.get(0).height()).isCloseTo(edge, within(0.01));
        assertThat(used.get(1).height()).isCloseTo(edge * 16 / 128, within(0.01));
        assertThat(used.get(0).style()).isEqualTo(Shade.LOW.style());
    }

    @Test
    void fitsThousandsOfCrossbars() {
        for (EnginePlan engine : SampleContent.large().plan().engines()) {
            OccupancyMap map = OccupancyMap.of(engine);
            assertThat(map.scale()).isEmpty();
            assertThat(map.width()).isBetween(20.0, 1000.0);
            assertApartAndInside(map.drawing(), boxes(map.drawing(), "shade-.*"));
        }
    }

    @Test
    void drawsSubKernelsOrPhasesWhereCrossbarsAreTooMany() {
        // 2,048 groups on 18 small crossbars each; 49 x 49 output pixels of 64 groups; 400 x 400 output pixels.
        Architecture narrow = narrow();
        assertCoarse(narrow, SampleContent.convolution("c", new TensorShape(2048, 3, 3), 2048, 128), "one sub-kernel");
        LayerGeometry wide = LayerGeometry.dense(new TensorShape(1, 1, 1), new TensorShape(1, 400, 400));
        assertCoarse(narrow, SampleContent.layer("d", wide), "phases.");
    }

    private static void assertCoarse(Architecture architecture, IntegerLayer layer, String scale) {
        EnginePlan engine =
                SampleContent.of(architecture, 1, layer).plan().engines().get(0);
        OccupancyMap map = OccupancyMap.of(engine);
        assertThat(map.scale()).hasValueSatisfying(text -> assertThat(text).contains(scale));
        assertThat(map.drawing().toString()).hasSizeLessThan(1_000_000);
        assertApartAndInside(map.drawing(), boxes(map.drawing(), "shade-.*"));
    }

    private static Architecture narrow() {
        Architecture standard = Architecture.standard();
        return new Architecture(
                new Architecture.Crossbar(8, 4),
                standard.cellBits(),
                standard.encoding(),
                standard.inputBits(),
                standard.weightBits(),
                standard.activationBits(),
                standard.adc(),
                standard.device(),
                standard.mapping(),
                standard.fold(),
                standard.onePixel(),
                Groups.SEPARATE,
                standard.pixelsPerCycle(),
                standard.streamBits());
    }

    private static EnginePlan engine(IntegerLayer layer) {
        return SampleContent.of(Architecture.standard(), 1, layer)
                .plan()
                .engines()
                .get(0);
    }

    private static List<Box> boxes(org.emat.report.Element drawing, String style) {
        List<Box> boxes = new ArrayList<>();
        for (Element path : Page.parse(drawing.toString()).all("path")) {
            if (path.getAttribute("class").matches(style)) {
                Matcher matcher = BOX.matcher(path.getAttribute("d"));
                while (matcher.find()) {
                    boxes.add(new Box(
                            Double.parseDouble(matcher.group(1)),
                            Double.parseDouble(matcher.group(2)),
                            Double.parseDouble(matcher.group(3)),
                            Double.parseDouble(matcher.group(4)),
                            path.getAttribute("class")));
                }
            }
        }
        return boxes;
    }

    private static void assertApartAndInside(org.emat.report.Element drawing, List<Box> boxes) {
        Element svg = Page.parse(drawing.toString()).all("svg").get(0);
        double width = Double.parseDouble(svg.getAttribute("width"));
        double height = Double.parseDouble(svg.getAttribute("height"));
        List<Box> sorted =
                boxes.stream().sorted((a, b) -> Double.compare(a.x(), b.x())).toList();
        for (int i = 0; i < sorted.size(); i++) {
            Box box = sorted.get(i);
            assertThat(box.x() + box.width()).isLessThanOrEqualTo(width + 0.01);
            assertThat(box.y() + box.height()).isLessThanOrEqualTo(height + 0.01);
            for (int j = i + 1; j < sorted.size() && sorted.get(j).x() < box.x() + box.width() - 0.01; j++) {
                Box other = sorted.get(j);
                assertThat(other.y() >= box.y() + box.height() - 0.01 || other.y() + other.height() <= box.y() + 0.01)
                        .as("%s and %s overlap", box, other)
                        .isTrue();
            }
        }
    }

    /** A fold of row blocks lies on one crossbar, where the engine says so. */
    private static int crossbarsDown(EnginePlan engine, int phase) {
        return engine.foldsCrossbars() ? engine.rowBlocks(phase) / engine.fold() : engine.rowBlocks(phase);
    }

    private static String repeat(long seed) {
        return "repeat with: mvn -pl cli -am test -Dtest=OccupancyMapTest -DargLine=-Demat.seed=" + seed;
    }
}
