package org.emat.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emat.config.TrainingConfiguration;
import org.emat.config.TrainingReader;
import org.emat.cost.Constants;
import org.emat.cost.MachineCostModel;
import org.emat.report.TrainingContent.Losses;
import org.emat.report.TrainingContent.Outcome;
import org.emat.report.TrainingContent.Quality;
import org.emat.train.machine.MachineClock;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.MachinePlanner;
import org.emat.train.machine.StepSchedule;
import org.emat.train.machine.StepSchedule.Kind;
import org.emat.train.machine.StepSchedule.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The report of a training on the machine of the example. */
class TrainingPageTest {
    private static final Pattern BOX = Pattern.compile("M([0-9.]+) [0-9.]+h([0-9.]+)");

    private static TrainingMachine machine;

    @BeforeAll
    static void schedule() {
        Path example =
                Path.of("..", "examples", "digits_gan.json").toAbsolutePath().normalize();
        TrainingConfiguration training = TrainingReader.read(example);
        MachinePlan plan = new MachinePlanner(training.machine()).plan("digits_gan", training.plan());
        StepSchedule schedule = MachineClock.schedule(plan);
        machine = new TrainingMachine(
                plan, schedule, new MachineCostModel(Constants.standard()).cost(plan, schedule.cycles(), 48_000));
    }

    private static String text(Outcome outcome, Optional<TrainingMachine> shown, List<Losses> losses) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        return TrainingPage.render(new TrainingContent(
                "digits <&>",
                "digits.json",
                outcome,
                "A claim.",
                List.of(new Fact("Steps", "12", "")),
                losses,
                List.of(new Gallery("Images", "", List.of(new Gallery.Row("generated", List.of(image))))),
                List.of(new Quality("2048 generated", 7.5, 12)),
                shown,
                shown.isEmpty() ? "No machine is shown: too large." : "",
                new Provenance(List.of(new Fact("emat", "1", "")), List.of(), List.of())));
    }

    private static Page page() {
        return Page.parse(
                text(Outcome.EQUAL, Optional.of(machine), List.of(new Losses(1, 2, -1), new Losses(12, 1.25, 0.75))));
    }

    @Test
    void isWellFormedAndAccessible() {
        for (Outcome outcome : Outcome.values()) {
            String text = text(outcome, Optional.of(machine), List.of(new Losses(1, 2, -1)));
            Page page = Page.parse(text);
            assertThat(Page.text(page.all("title").get(0))).startsWithIgnoringCase(outcome.name());
            assertThat(Page.text(page.all("body").get(0))).doesNotContain("NaN", "Infinity", "null", "Optional");
            assertThat(text).doesNotContain("NaN", "Infinity");
            Set<String> identities = new HashSet<>();
            page.all("*").stream()
                    .map(element -> element.getAttribute("id"))
                    .filter(id -> !id.isEmpty())
                    .forEach(id -> assertThat(identities.add(id)).as(id).isTrue());
            page.all("a")
                    .forEach(link -> assertThat(identities)
                            .contains(link.getAttribute("href").substring(1)));
            page.all("svg")
                    .forEach(drawing -> assertThat(
                                    drawing.getAttribute("aria-hidden") + drawing.getAttribute("aria-label"))
                            .isNotBlank());
            assertThat(page.all("script")).isEmpty();
        }
    }

    /** Each engine has a lane, as wide a box per image as its work lasts. */
    @Test
    void lanesShowTheSchedule() {
        List<Element> lanes = Page.below(page().identified("schedule"), "svg").stream()
                .filter(lane -> Page.hasStyle(lane, "lane"))
                .toList();
        StepSchedule schedule = machine.schedule();
        assertThat(lanes)
                .hasSize(1 + schedule.engines().size() + schedule.buffers().size());
        double scale = 1000.0 / schedule.cycles().cycles();
        for (int i = 0; i < schedule.engines().size(); i++) {
            StepSchedule.Engine engine = schedule.engines().get(i);
            double drawn = 0;
            int boxes = 0;
            for (Element path : Page.below(lanes.get(1 + i), "path")) {
                Matcher box = BOX.matcher(path.getAttribute("d"));
                while (!Page.hasStyle(path, "grid") && box.find()) {
                    drawn += Double.parseDouble(box.group(2));
                    boxes++;
                }
            }
            double work = engine.stints().stream()
                    .mapToDouble(stint -> Math.max(0.25, scale * (stint.last() - stint.first() + 1)))
                    .sum();
            assertThat(boxes)
                    .as(engine.layer() + engine.role())
                    .isEqualTo(engine.stints().size());
            assertThat(drawn).isCloseTo(work, within(0.011 * boxes));
        }
    }

    @Test
    void partsOfAStepMeet() {
        Element step = Page.below(page().identified("schedule"), "svg").stream()
                .filter(lane -> Page.hasStyle(lane, "lane"))
                .findFirst()
                .orElseThrow();
        List<String> titles = Page.below(step, "title").stream().map(Page::text).toList();
        long end = machine.schedule().cycles().cycles();
        assertThat(titles).hasSize(4).last().asString().endsWith("to " + Figures.count(end - 1));
        long deceiving = machine.schedule().engines().stream()
                .filter(engine -> engine.layer().equals("d0") && engine.role() == Role.FORWARD)
                .flatMap(engine -> engine.stints().stream())
                .filter(stint -> stint.image().orElseThrow().kind() == Kind.DECEIVING)
                .mapToLong(StepSchedule.Stint::first)
                .min()
                .orElseThrow();
        Matcher from = Pattern.compile("cycles ([0-9,]+) to ([0-9,]+)").matcher(titles.get(2));
        assertThat(from.find()).isTrue();
        long shown = Long.parseLong(from.group(1).replace(",", ""));
        assertThat(shown).isBetween(deceiving - 100, deceiving - 1);
        long generator = machine.schedule().engines().stream()
                .filter(engine -> engine.layer().equals("g1") && engine.role() == Role.UPDATE)
                .mapToLong(engine -> engine.stints().get(0).first())
                .min()
                .orElseThrow();
        assertThat(Long.parseLong(from.group(2).replace(",", ""))).isEqualTo(generator - 1);
    }

    @Test
    void energiesAddUp() {
        List<Double> shares = Page.below(page().identified("energy"), "td").stream()
                .filter(cell -> Page.hasStyle(cell, "share"))
                .map(cell -> Page.text(cell).replaceAll("[^0-9.]", ""))
                .map(Double::parseDouble)
                .toList();
        assertThat(shares.subList(0, 5).stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(100, within(0.3));
    }

    @Test
    void withoutMachineItSaysWhy() {
        Page page = Page.parse(text(Outcome.PREDICTED, Optional.empty(), List.of()));
        assertThat(Page.text(page.identified("verdict"))).contains("No machine is shown: too large.");
        assertThat(page.all("*").stream().map(element -> element.getAttribute("id")))
                .doesNotContain("schedule", "energy", "losses");
    }
}
