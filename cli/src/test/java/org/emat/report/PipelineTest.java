package org.emat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.emat.network.TensorShape;
import org.emat.plan.Mapper;
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
            Plan plan = new Mapper(design.architecture()).map("drawn", design.network());
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
    void drawsSpansWhereTheCountersSay() {
        ReportContent content = SampleContent.chain("up", "down");
        Page page = Page.render(content);
        double cycles = content.simulation().cycles();
        for (int i = 0; i < 2; i++) {
            var counters = content.simulation().counters().get(i);
            String path = Page.below(page.allStyled("lane").get(i), "path").stream()
                    .filter(part -> part.getAttribute("class").equals("output"))
                    .findFirst()
                    .orElseThrow()
                    .getAttribute("d");
            assertThat(path)
                    .startsWith("M" + Glyph.at(1000 * counters.firstOutput() / cycles) + " ")
                    .contains(
                            "h" + Glyph.at(1000 * (counters.lastOutput() + 1 - counters.firstOutput()) / cycles) + "v");
        }
    }
}
