package org.emat.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.emat.plan.Plan;
import org.emat.reference.DrawnDesign;
import org.emat.tb.Comparison.Count;
import org.emat.tb.Comparison.EngineComparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** The page as a whole. */
class ReportPageTest {
    private static final String HOSTILE = "</style></title><script>alert('x')</script> \"&amp;\" \u0001 卷积";

    static List<ReportContent> contents() {
        return List.of(
                SampleContent.small(),
                SampleContent.chain("up", "down"),
                SampleContent.large(),
                SampleContent.deep(),
                Planted.word(SampleContent.chain("up", "down")),
                Planted.texts(SampleContent.chain(HOSTILE, HOSTILE), HOSTILE));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void isOneWellFormedFileThatAsksForNothing(ReportContent content) {
        String text = ReportPage.render(content);
        Page page = Page.parse(text);
        assertThat(text).startsWith("<!DOCTYPE html>\n<html ").endsWith("</html>\n");
        String known = text.replace("xmlns=\"http://www.w3.org/1999/xhtml\"", "")
                .replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        assertThat(known).doesNotContain("http:", "https:", "@import").doesNotContainPattern("url\\((?!data:)");
        Set<String> elements = new HashSet<>();
        page.all("*").forEach(element -> elements.add(element.getTagName()));
        assertThat(elements).doesNotContain("script", "link", "iframe", "object", "embed", "base", "form");
        for (Element element : page.all("*")) {
            assertThat(element.getAttribute("src")).matches("(data:image/png;base64,.+)?");
            assertThat(element.getAttribute("href")).matches("(#.+)?");
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(element.getAttributes().item(i).getNodeName()).doesNotStartWith("on");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("contents")
    void canBeReadWithoutSeeingIt(ReportContent content) {
        Page page = Page.render(content);
        Set<String> identities = new HashSet<>();
        page.all("*").stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .forEach(id -> assertThat(identities.add(id)).as(id).isTrue());
        page.all("a")
                .forEach(link -> assertThat(identities)
                        .contains(link.getAttribute("href").substring(1)));
        page.all("section")
                .forEach(section -> assertThat(identities).contains(section.getAttribute("aria-labelledby")));
        assertThat(page.all("h1")).hasSize(1);
        assertThat(page.all("h2")).hasSizeGreaterThan(5);
        page.all("img").forEach(image -> assertThat(image.getAttribute("alt")).isNotBlank());
        page.all("th").forEach(head -> assertThat(head.getAttribute("scope")).matches("row|col"));
        page.all("table")
                .forEach(table -> assertThat(Page.below(table, "caption")).hasSize(1));
        page.all("svg")
                .forEach(drawing -> assertThat(drawing.getAttribute("aria-hidden") + drawing.getAttribute("aria-label"))
                        .isNotBlank());
    }

    @Test
    void theStyleSheetReadsTheSameInHtmlAndXml() {
        assertThat(Escape.text(PageFrame.style())).isEqualTo(PageFrame.style());
        assertThat(PageFrame.style()).contains("prefers-color-scheme: dark", "@media print");
    }

    /** Random designs: whatever the mapper makes can be shown. */
    @Test
    void showsAnyDesign() {
        long seed = Long.getLong("emat.seed", 20261124L);
        String repeat = "repeat with: mvn -pl cli -am test -Dtest=ReportPageTest -DargLine=-Demat.seed=" + seed;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            DrawnDesign design = DrawnDesign.draw(random.split());
            Plan plan = design.plan();
            ReportContent content = SampleContent.of(
                    design.architecture(), plan, design.frames().size());
            Page page = Page.render(content);
            assertThat(page.allStyled("crossbars")).as(repeat).hasSameSizeAs(plan.engines());
            assertThat(page.identified("mapping").getTextContent())
                    .as(repeat)
                    .doesNotContain("NaN", "Infinity", "null");
        }
    }

    @Test
    void saysEqualOnlyWhenAllIs() {
        Page page = Page.render(SampleContent.chain("up", "down"));
        assertThat(Page.text(page.identified("verdict"))).isEqualTo("Equal");
        assertThat(page.all("title").get(0).getTextContent()).startsWith("Equal");
        assertThat(Page.hasStyle(page.styled("verdict"), "equal")).isTrue();
        assertThat(page.allStyled("crossed")).isEmpty();
        assertThat(page.allStyled("different")).isEmpty();
        assertThat(page.allStyled("mismatch")).isEmpty();
        // Frames of 8x8x8 and 3x8x8 words, four of each, the last ones again on the stream; 2 x counts and those of the
        // whole run.
        assertThat(Page.text(page.styled("claim"))).contains(" 3,584 words ", " " + (3 + counts(2)) + " counts");
    }

    private static int counts(int engines) {
        return engines
                * SampleContent.small().comparison().engines().get(0).counts().size();
    }

    @Test
    void showsTheFirstMismatch() {
        ReportContent content = Planted.word(SampleContent.chain("up", "down"));
        assertThat(content.comparison().differingWords()).isEqualTo(1);
        Page page = Page.render(content);
        assertThat(Page.text(page.identified("verdict"))).isEqualTo("Different");
        assertThat(page.all("title").get(0).getTextContent()).startsWith("Different");
        assertThat(Page.hasStyle(page.styled("verdict"), "different")).isTrue();
        assertThat(Page.text(page.styled("claim"))).contains("1 word differs and no counts differ");
        var mismatch = content.comparison().firstMismatch().orElseThrow();
        assertThat(Page.text(page.styled("mismatch")))
                .contains(
                        "Layer up",
                        "Frame " + mismatch.frame(),
                        "Pixel (y, x) " + mismatch.y() + ", " + mismatch.x(),
                        "Channel " + mismatch.channel(),
                        "Step " + mismatch.step(),
                        "Expected " + mismatch.expected(),
                        "Got " + mismatch.got());
        List<Element> links = page.allStyled("link");
        assertThat(Page.hasStyle(links.get(0), "different")).isTrue();
        assertThat(Page.hasStyle(links.get(1), "equal")).isTrue();
    }

    @Test
    void listsTheCountsThatDiffer() {
        Page page = Page.render(Planted.count(SampleContent.chain("up", "down"), 1, "busy cycles", 3));
        assertThat(Page.text(page.identified("verdict"))).isEqualTo("Different");
        assertThat(Page.text(page.styled("claim"))).contains("no words differ and 1 count differs");
        assertThat(Page.text(page.styled("differences"))).startsWith("down busy cycles: predicted ");
        assertThat(page.allStyled("mismatch")).isEmpty();
        List<Element> rows = page.all("tr").stream()
                .filter(row -> Page.hasStyle(row, "different"))
                .toList();
        assertThat(rows).hasSize(1);
        assertThat(Page.text(rows.get(0))).startsWith("busy cycles").endsWith("different");
        List<Long> numbers = Page.numbers(rows.get(0));
        assertThat(numbers.get(1) - numbers.get(0)).isEqualTo(3);
    }

    @Test
    void refersToTheTableWhereManyCountsDiffer() {
        ReportContent content = SampleContent.deep();
        for (int engine = 0; engine < 24; engine++) {
            content = Planted.count(content, engine, "array reads", 1);
        }
        Page page = Page.render(content);
        assertThat(Page.below(page.styled("differences"), "li")).hasSize(8);
        assertThat(Page.text(page.styled("verdict"))).contains("All 24 are marked in the table of counts.");
        assertThat(page.all("tr").stream().filter(row -> Page.hasStyle(row, "different")))
                .hasSize(24);
    }

    /** Every number of the comparison stands in its row, and its mark is that of the numbers. */
    @ParameterizedTest
    @MethodSource("contents")
    void tabulatesEveryCount(ReportContent content) {
        List<List<String>> shown = new ArrayList<>();
        for (Element table : Page.render(content).allStyled("ledger")) {
            for (Element row : Page.below(Page.below(table, "tbody").get(0), "tr")) {
                List<String> cells =
                        new ArrayList<>(List.of(Page.text(Page.below(row, "th").get(0))));
                Page.numbers(row).forEach(number -> cells.add(number.toString()));
                cells.add(row.getAttribute("class"));
                shown.add(cells);
            }
        }
        List<List<String>> expected = new ArrayList<>();
        content.comparison().whole().forEach((name, count) -> expected.add(row(name, count)));
        for (EngineComparison engine : content.comparison().engines()) {
            expected.add(row("words that differ", new Count(0, engine.differingWords())));
            for (Map.Entry<String, Count> count : engine.counts().entrySet()) {
                expected.add(row(count.getKey(), count.getValue()));
            }
        }
        assertThat(shown).isEqualTo(expected);
    }

    private static List<String> row(String name, Count count) {
        return List.of(
                name,
                String.valueOf(count.predicted()),
                String.valueOf(count.counted()),
                count.predicted() == count.counted() ? "equal" : "different");
    }

    @Test
    void numbersReadAsTheirValues() {
        for (Element number : Page.render(SampleContent.large()).all("data")) {
            assertThat(number.getTextContent().replace(",", "")).isEqualTo(number.getAttribute("value"));
        }
    }

    @Test
    void showsTheCountersOfTheVerilog() {
        ReportContent content = SampleContent.chain("up", "down");
        Element section = Page.render(content).identified("pipeline");
        List<Element> tables = Page.below(section, "table");
        List<Element> rows =
                Page.below(Page.below(tables.get(tables.size() - 1), "tbody").get(0), "tr");
        for (int i = 0; i < rows.size(); i++) {
            var counters = content.simulation().counters().get(i);
            assertThat(Page.numbers(rows.get(i)))
                    .startsWith(counters.busy(), counters.inputStarved(), counters.outputStalled())
                    .endsWith(counters.firstRead(), counters.lastRead(), counters.firstOutput(), counters.lastOutput());
        }
        assertThat(rows).hasSize(2);
    }

    @Test
    void showsWhatTheCallerAdds() {
        Page page = Page.render(Planted.texts(SampleContent.chain("up", "down"), "<b> & \"it\""));
        assertThat(page.all("h1").get(0).getTextContent()).isEqualTo("<b> & \"it\"");
        assertThat(Page.text(page.styled("warnings"))).endsWith("<b> & \"it\"");
        assertThat(Page.text(page.styled("source"))).startsWith("Network <b> & \"it\", design sample");
        assertThat(Page.text(page.identified("figures"))).isEqualTo("<b> & \"it\" <b> & \"it\"<b> & \"it\"");
        assertThat(Page.text(page.identified("provenance"))).contains("Tools <b> & \"it\"", "Inputs <b> & \"it\"");
    }

    @Test
    void leavesOutWhatIsEmpty() {
        ReportContent full = SampleContent.chain("up", "down");
        ReportContent bare = new ReportContent(
                full.title(),
                full.source(),
                full.architecture(),
                full.plan(),
                full.comparison(),
                full.simulation(),
                full.predicted(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Provenance(List.of(), List.of(), List.of()));
        Page page = Page.render(bare);
        assertThat(page.all("nav").get(0).getTextContent()).doesNotContain("Pictures", "Quality", "Provenance");
        assertThat(page.allStyled("warnings")).isEmpty();
        assertThat(page.all("section").stream().map(section -> section.getAttribute("id")))
                .doesNotContain("pictures", "quality", "provenance");
    }

    @Test
    void refusesPartsOfDifferentDesigns() {
        ReportContent one = SampleContent.small();
        ReportContent two = SampleContent.chain("up", "down");
        assertThatThrownBy(() -> new ReportContent(
                        "",
                        "",
                        one.architecture(),
                        two.plan(),
                        one.comparison(),
                        two.simulation(),
                        two.predicted(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        two.provenance()))
                .hasMessage("the plan has 2 engines, but the comparison has 1, the simulation 2 and the prediction 2");
    }

    @Test
    void isTheSameEveryTime() {
        assertThat(ReportPage.render(SampleContent.deep())).isEqualTo(ReportPage.render(SampleContent.deep()));
    }

    @Test
    void staysSmallForThousandsOfCrossbars() {
        ReportContent content = SampleContent.large();
        assertThat(content.plan().engines().stream()
                        .mapToInt(engine -> engine.crossbars())
                        .sum())
                .isGreaterThan(4000);
        assertThat(ReportPage.render(content)).hasSizeLessThan(400_000);
    }

    /** No text of the page is a left-over of a template or of a missing value. */
    @ParameterizedTest
    @MethodSource("contents")
    void holdsNoLeftOvers(ReportContent content) {
        Pattern leftOver = Pattern.compile("\\bnull\\b|NaN|Optional|org\\.emat|@[0-9a-f]{6}|\\$\\{");
        assertThat(Page.render(content).all("body").get(0).getTextContent()).doesNotContainPattern(leftOver);
    }
}
