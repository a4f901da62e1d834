package org.emat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.emat.cost.Component;
import org.emat.cost.Constants;
import org.emat.measure.Benchmark;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.CellCounts;
import org.emat.measure.Line;
import org.emat.measure.Measurement;
import org.emat.measure.PublishedCheck;
import org.emat.measure.PublishedCheck.Outcome;
import org.emat.measure.TrainingStep;
import org.emat.measure.Variant;
import org.emat.suite.BenchmarkSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class BenchPageTest {
    private static final Provenance NOBODY = new Provenance(List.of(), List.of(), List.of());

    private static BenchmarkTable table(String set, String... rows) {
        return new Benchmark(BenchmarkSet.named(set), List.of(rows), List.of(), Constants.standard(), Optional.empty())
                .run((step, permille) -> {});
    }

    /** The same with one more wrong word in its first line, as if counted. */
    private static BenchmarkTable wrong(BenchmarkTable table) {
        Line line = table.lines().get(0);
        Line.Result result = line.result().orElseThrow();
        Measurement right = result.measurement();
        Measurement measurement = new Measurement(
                true,
                right.frames(),
                right.cyclesOfOne(),
                right.cyclesOfAll(),
                right.engines(),
                right.gradientsOfOne(),
                right.gradients(),
                1000,
                1,
                List.of("one frame: <layer> 'x'"),
                right.simulation());
        Line planted = new Line(
                line.row(),
                line.variant(),
                line.work(),
                Optional.of(new Line.Result(measurement, result.hardware())),
                false);
        return new BenchmarkTable(
                table.set(),
                Stream.concat(Stream.of(planted), table.lines().stream().skip(1))
                        .toList(),
                true,
                table.constants(),
                table.remarks());
    }

    @ParameterizedTest
    @ValueSource(strings = {"red", "tiny", "volumes", "zara", "gan"})
    void everySetHasAPage(String set) {
        BenchmarkTable table = switch (set) {
            case "red" -> table(set, "GAN_Deconv3", "FCN_Deconv1");
            case "zara" -> table(set, "sngan-cifar/discriminator/forward");
            case "gan" -> table(set, "sngan-cifar");
            default -> table(set);
        };
        Page page = Page.parse(BenchPage.render(table, NOBODY));
        assertAccessible(page);
        assertThat(Page.text(page.all("body").get(0))).doesNotContain("NaN", "Infinity", "null", "Optional");
        assertThat(Page.below(page.identified("rows"), "tr"))
                .hasSize(1 + table.lines().size());
        assertThat(Page.below(page.identified("speed"), "figure")).hasSameSizeAs(table.rows());
        assertThat(Page.below(page.identified("speed"), "svg"))
                .hasSizeGreaterThanOrEqualTo(table.lines().size());
    }

    private static void assertAccessible(Page page) {
        Set<String> identities = new HashSet<>();
        page.all("*").stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .forEach(id -> assertThat(identities.add(id)).as(id).isTrue());
        page.all("a")
                .forEach(link -> assertThat(identities)
                        .contains(link.getAttribute("href").substring(1)));
        page.all("th").forEach(head -> assertThat(head.getAttribute("scope")).matches("row|col"));
        page.all("svg")
                .forEach(drawing -> assertThat(drawing.getAttribute("aria-hidden") + drawing.getAttribute("aria-label"))
                        .isNotBlank());
        assertThat(page.all("script")).isEmpty();
        assertThat(page.all("h1")).hasSize(1);
    }

    @Test
    void barsAreAsLongAsTheirLogarithms() {
        BenchmarkTable table = table("red", "FCN_Deconv2");
        Page page = Page.parse(BenchPage.render(table, NOBODY));
        List<Element> bars = Page.below(page.identified("speed"), "path").stream()
                .filter(path -> path.getAttribute("class").startsWith("by-"))
                .filter(path -> !path.getAttribute("d").startsWith("M0 0h10v"))
                .toList();
        double most =
                table.speedUp(table.lines().get(0), Variant.ZERO_INSERTION).orElseThrow();
        assertThat(most).isGreaterThan(62);
        for (int i = 0; i < bars.size(); i++) {
            double speed =
                    table.speedUp(table.lines().get(i), Variant.ZERO_INSERTION).orElseThrow();
            double length = Double.parseDouble(bars.get(i).getAttribute("d").replaceAll("M0 3h|v.*", ""));
            assertThat(length)
                    .isBetween(
                            1000 * Math.log(speed) / Math.log(most) - 0.01,
                            1000.01 * Math.max(0.003, Math.log(speed) / Math.log(most)));
        }
        assertThat(bars).hasSize(5);
        assertThat(Page.text(page.identified("overlap")))
                .contains("On FCN_Deconv2 padding-free needs 4,900 steps, fewer than the 5,041 of phase");
    }

    @Test
    void energyPartsFillTheirBars() {
        BenchmarkTable table = table("red", "FCN_Deconv1");
        Page page = Page.parse(BenchPage.render(table, NOBODY));
        double most = table.lines().stream()
                .mapToDouble(line -> line.energy().orElseThrow())
                .max()
                .orElseThrow();
        List<Element> bars = Page.below(page.identified("energy"), "g");
        assertThat(bars).hasSameSizeAs(table.lines());
        for (int i = 0; i < bars.size(); i++) {
            double length = 0;
            for (Element part : Page.below(bars.get(i), "path")) {
                length += Double.parseDouble(part.getAttribute("d").replaceAll("M[0-9.]+ 3h|v.*", ""));
            }
            double energy = table.lines().get(i).energy().orElseThrow();
            assertThat(length).isBetween(1000 * energy / most - 0.1, 1000 * energy / most + 0.1);
        }
        double components = 0;
        for (Component component : Component.values()) {
            components += table.lines()
                    .get(0)
                    .result()
                    .orElseThrow()
                    .hardware()
                    .energy()
                    .get(component);
        }
        assertThat(components).isEqualTo(table.lines().get(0).energy().orElseThrow());
    }

    @Test
    void theFrontIsWhatNoOtherBeats() {
        BenchmarkTable table = table("red", "FCN_Deconv1");
        assertThat(ParetoFront.front(table.lines()))
                .extracting(Line::variant)
                .containsExactly(Variant.ZERO_INSERTION, Variant.PHASE, Variant.PADDING_FREE);
    }

    @Test
    void publishedFiguresAreReproducedExceededOrMissed() {
        BenchmarkTable table = table("red", "GAN_Deconv1", "FCN_Deconv1", "FCN_Deconv2");
        List<PublishedCheck> checks = PublishedCheck.of(table);
        assertThat(checks).hasSize(5 * 3 + 2);
        assertOutcome(checks, "GAN_Deconv1", "speed-up", Outcome.REPRODUCED);
        assertOutcome(checks, "FCN_Deconv2", "speed-up", Outcome.EXCEEDED);
        assertOutcome(checks, "GAN_Deconv1", "energy saved", Outcome.REPRODUCED);
        assertOutcome(checks, "FCN_Deconv1", "energy saved", Outcome.MISSED);
        assertOutcome(checks, "FCN_Deconv2", "area added", Outcome.MISSED);
        assertOutcome(checks, "GAN_Deconv1", "area added", Outcome.EXCEEDED);
        assertThat(checks).allSatisfy(check -> assertThat(check.why()).matches("[^.].*[.]"));
        Page page = Page.parse(BenchPage.render(table, NOBODY));
        assertThat(Page.text(page.identified("published"))).contains("merged bit lines", "31.15×", "56.16×");
        assertThat(PublishedCheck.of(table("gan", "sngan-cifar")))
                .hasSize(10)
                .allMatch(check -> check.outcome() == Outcome.NOT_COMPARED
                        && check.measured().isEmpty());
    }

    /** The sum of the passes as the table has them, by hand. */
    @Test
    void aTrainingStepIsTheSumOfItsPasses() {
        String[] rows = Stream.of("generator", "discriminator")
                .flatMap(network ->
                        Stream.of("forward", "error", "gradient").map(pass -> "sngan-cifar/" + network + "/" + pass))
                .toArray(String[]::new);
        BenchmarkTable table = table("zara", rows);
        List<TrainingStep> steps = TrainingStep.of(table);
        assertThat(steps).hasSize(1);
        TrainingStep step = steps.get(0);
        assertThat(step.cycles()).isEqualTo(step(table, Variant.PHASE));
        assertThat(step.zeroInsertedCycles()).isEqualTo(step(table, Variant.ZERO_INSERTION));
        assertThat(step.speedUp()).isBetween(2.0, 3.0);
        assertThat(PublishedCheck.of(table))
                .filteredOn(check -> check.measured().isPresent())
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.where()).isEqualTo("sngan-cifar, training step");
                    assertThat(check.outcome()).isEqualTo(Outcome.EXCEEDED);
                    assertThat(check.why()).contains("discriminator forward, error and gradient twice each");
                });
        assertThat(TrainingStep.of(table("zara", rows[0], rows[1]))).isEmpty();
        Page page = Page.parse(BenchPage.render(table, NOBODY));
        assertThat(Page.text(page.identified("published"))).contains("sngan-cifar, training step", "1.15–2.1×");
        assertThat(Page.text(page.identified("steps"))).contains("164,000", "434,560", "2.65×", "1.00×");
    }

    private static double step(BenchmarkTable table, Variant variant) {
        double[] passes = table.lines().stream()
                .filter(line -> line.variant().equals(variant))
                .mapToDouble(Line::time)
                .toArray();
        assertThat(passes).hasSize(6);
        // Generator forward, error and gradient; discriminator forward, error and gradient.
        return passes[0] + passes[1] + passes[2] + 3 * passes[3] + 3 * passes[4] + 2 * passes[5];
    }

    private static void assertOutcome(List<PublishedCheck> checks, String row, String claim, Outcome outcome) {
        assertThat(checks)
                .filteredOn(check -> check.where().equals(row)
                        && check.published().claim().equals(claim)
                        && check.published().system().equals("RED, DATE 2019"))
                .singleElement()
                .extracting(PublishedCheck::outcome)
                .isEqualTo(outcome);
    }

    /** Only padding-free adds overlaps up; crossbars are as many with every mapping. */
    @Test
    void thePeripheryOfOneRowIsShown() {
        CellCounts counts = CellCounts.shipped();
        assertThat(counts.mappings()).containsExactly("phase", "pixel-wise", "padding-free", "zero-insertion");
        assertThat(counts.modules().get("overlap_add")).element(2).matches(cells -> cells > 0);
        assertThat(counts.modules().get("overlap_add"))
                .containsOnlyOnce(counts.modules().get("overlap_add").get(2));
        // 512 crossbars of as many gates each.
        assertThat(counts.modules().get("adc")).allMatch(cells -> cells > 0 && cells % 512 == 0);
        Page with = Page.parse(BenchPage.render(table("red", counts.row()), NOBODY));
        assertThat(Page.text(with.identified("cells")))
                .contains(
                        counts.tool(),
                        "crossbar_tile",
                        Figures.count(counts.totals().get(0)));
        Page without = Page.parse(BenchPage.render(table("red", "FCN_Deconv1"), NOBODY));
        assertThat(without.all("section"))
                .noneMatch(section -> section.getAttribute("id").equals("cells"));
    }

    @Test
    void saysWhatDiffers() {
        BenchmarkTable right = table("tiny", "tiny-4x4");
        assertThat(BenchPage.render(right, NOBODY)).contains("<title>Predicted – ");
        Page page = Page.parse(BenchPage.render(wrong(right), NOBODY));
        assertThat(page.all("title").get(0).getTextContent()).startsWith("Different – ");
        assertThat(Page.hasStyle(page.styled("verdict"), "different")).isTrue();
        assertThat(Page.text(page.styled("differences"))).contains("tiny-4x4, phase, one frame: <layer> 'x'");
    }
}
