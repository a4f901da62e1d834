package org.emat.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.emat.network.TensorShape;
import org.emat.plan.Plan;
import org.emat.reference.DrawnDesign;
import org.emat.schedule.CycleCount;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;
import org.junit.jupiter.api.Test;

class PipelineTest {
    /** No run is faster than a bound says, and long runs come near the tightest. */
    @Test
    void boundsHold() {
        long seed = Long.getLong("emat.seed", 20261124L);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 60; i++) {
            DrawnDesign design = DrawnDesign.draw(random.split());
            Plan plan = design.plan();
            CycleCount run = new Scheduler().count(plan, 5, StallScript.none());
            for (Bound bound : Bound.of(plan)) {
                assertThat(run.cycles())
                        .as(
                                "%s of seed %d; repeat with: mvn -pl cli -am test -Dtest=PipelineTest"
                                        + " -DargLine=-Demat.seed=%d",
                                bound, seed, seed)
                        .isGreaterThanOrEqualTo(5 * bound.cycles());
            }
        }
    }

    @Test
    void namesTheTightestBound() {
        // 16 steps of 8 cycles against 64 steps of 8 cycles; 64 pixels of each.
        Page page = Page.render(SampleContent.chain("up", "down"));
        assertThat(Page.text(page.styled("remark")))
                .contains("Bottleneck: the arrays of down: 64 steps × 8 cycles make 512 cycles per frame")
                .contains("next bound is the arrays of up with 128 cycles")
                .contains("a factor of 4.0");
    }

    @Test
    void namesAStreamThatBounds() {
        // One step of 8 cycles, but 64 words go in by one beat of 64 bits for 8 of them.
        Plan plan = SampleContent.of(
                        org.emat.arch.Architecture.standard(),
                        1,
                        SampleContent.layer(
                                "dense",
                                org.emat.network.LayerGeometry.dense(
                                        new TensorShape(512, 1, 1), new TensorShape(4, 1, 1))))
                .plan();
        assertThat(Bound.of(plan).get(0))
                .isEqualTo(new Bound(Bound.Kind.STREAM, "input stream", "64 beats of 64 bits", 64));
        assertThat(Bound.of(plan).get(1).cycles()).isEqualTo(8);
    }

    @Test
    void scalesHaveFewRoundTicks() {
        for (long end = 1; end < 3_000_000_000L; end += 1 + end / 37) {
            List<Long> ticks = new Scale(end).ticks();
            assertThat(ticks)
                    .as("up to %d", end)
                    .hasSizeBetween(1, 6)
                    .isSorted()
                    .startsWith(0L);
            assertThat(ticks.get(ticks.size() - 1)).isLessThan(end);
            assertThat(ticks.size() > 2 || end < 4)
                    .as("up to %d: %s", end, ticks)
                    .isTrue();
            assertThat(new Scale(end).at(end)).isEqualTo(Scale.WIDTH);
        }
        assertThat(new Scale(100_550).ticks()).containsExactly(0L, 20_000L, 40_000L, 60_000L, 80_000L, 100_000L);
    }

    @Test
    void binsCoverEveryCycleOnce() {
        for (long end = 1; end < 3_000_000_000L; end += 1 + end / 37) {
            Scale scale = new Scale(end);
            assertThat(scale.from(0)).isZero();
            assertThat(scale.from(scale.bins())).isEqualTo(end);
            for (int bin = 0; bin < scale.bins(); bin++) {
                assertThat(scale.bin(scale.from(bin))).as("%d of %d", bin, end).isEqualTo(bin);
                assertThat(scale.bin(scale.from(bin + 1) - 1))
                        .as("%d of %d", bin, end)
                        .isEqualTo(bin);
            }
        }
    }

    /** The profiles against a loop over all cycles. */
    @Test
    void profilesHoldEveryReadAndPixel() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200; i++) {
            int interval = 1 + random.nextInt(40);
            long[] starts = rising(random, interval, 60);
            long[] outputs = rising(random, 1, 200);
            Activity activity = new Activity(interval, starts, outputs);
            Scale scale = new Scale(1 + random.nextInt(2000));
            double[] reads = new double[scale.bins()];
            double[] pixels = new double[scale.bins()];
            for (int cycle = 0; cycle < scale.end(); cycle++) {
                double width = scale.from(scale.bin(cycle) + 1) - scale.from(scale.bin(cycle));
                for (long start : starts) {
                    reads[scale.bin(cycle)] += start < cycle && cycle <= start + interval ? 1 / width : 0;
                }
                for (long output : outputs) {
                    pixels[scale.bin(cycle)] += output == cycle ? 1 / width : 0;
                }
            }
            assertThat(activity.reads(scale)).containsExactly(reads, within(1e-9));
            assertThat(activity.outputs(scale)).containsExactly(pixels, within(1e-9));
        }
    }

    private static long[] rising(SplittableRandom random, int least, int count) {
        long[] cycles = new long[count];
        long cycle = random.nextInt(50);
        for (int i = 0; i < count; i++) {
            cycles[i] = cycle;
            cycle += least + (random.nextInt(3) == 0 ? random.nextInt(30) : 0);
        }
        return cycles;
    }

    @Test
    void drawsLanesWhereTheVerilogRead() {
        ReportContent content = SampleContent.chain("up", "down");
        Page page = Page.render(content);
        double cycles = content.simulation().cycles();
        for (int i = 0; i < 2; i++) {
            long[] starts = content.simulation().stepStarts().get(i);
            double first = starts[0] + 1;
            double beyond = starts[starts.length - 1] + 9;
            assertThat(path(page, i, "span"))
                    .startsWith("M" + Glyph.at(1000 * first / cycles) + " 4h"
                            + Glyph.at(1000 * beyond / cycles - 1000 * first / cycles) + "v");
            assertThat(path(page, i, "busy"))
                    .startsWith("M0 22")
                    .endsWith("V22z")
                    .contains("V");
            assertThat(path(page, i, "output")).startsWith("M0 34").endsWith("V34z");
        }
    }

    private static String path(Page page, int lane, String style) {
        return Page.below(page.allStyled("lane").get(lane), "path").stream()
                .filter(part -> part.getAttribute("class").equals(style))
                .findFirst()
                .orElseThrow()
                .getAttribute("d");
    }

    @Test
    void showsAnEngineThatNeverRan() {
        Activity idle = new Activity(8, new long[0], new long[0]);
        assertThat(idle.firstRead()).isEqualTo(-1);
        assertThat(idle.lastOutput()).isEqualTo(-1);
        assertThat(idle.reads(new Scale(10))).containsOnly(0);
    }
}
