package org.emat.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.PublishedCheck;
import org.emat.measure.PublishedCheck.Outcome;
import org.emat.measure.Remark;
import org.emat.measure.Variant;
import org.emat.suite.Published;

/** Published figures beside measured ones, row by row: reproduced, exceeded or missed, and why. */
final class PublishedTable {
    private final List<PublishedCheck> checks;

    PublishedTable(BenchmarkTable table) {
        checks = PublishedCheck.of(table);
    }

    /** The section; empty where nothing is published. */
    Optional<Element> section() {
        if (checks.isEmpty()) {
            return Optional.empty();
        }
        Element section = Lists.section(
                "published",
                "Published and measured",
                "A figure is reproduced where the measured one lies in the published range, exceeded where it is better"
                        + " and missed where it is worse. Baselines are the papers' own; emat's is zero-insertion under"
                        + " the same parameters and constants.");
        List<PublishedCheck> compared =
                checks.stream().filter(check -> check.measured().isPresent()).toList();
        if (!compared.isEmpty()) {
            section.add(Element.of("p", "remark").text(count(compared)));
            claims(compared).forEach((claim, rows) -> addClaim(section, claim, rows));
        }
        others(section);
        return Optional.of(section);
    }

    private static String count(List<PublishedCheck> compared) {
        return count(compared, Outcome.REPRODUCED) + " of " + compared.size() + " figures are reproduced, "
                + count(compared, Outcome.EXCEEDED) + " exceeded and " + count(compared, Outcome.MISSED) + " missed.";
    }

    private static long count(List<PublishedCheck> compared, Outcome outcome) {
        return compared.stream().filter(check -> check.outcome() == outcome).count();
    }

    /** The figures by the claim that they are of. */
    private static Map<String, List<PublishedCheck>> claims(List<PublishedCheck> compared) {
        return compared.stream()
                .collect(Collectors.groupingBy(
                        check -> check.published().system() + ": "
                                + check.published().claim(),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private static void addClaim(Element section, String claim, List<PublishedCheck> rows) {
        Published first = rows.get(0).published();
        section.add(Element.of("h3").text(claim))
                .add(Element.of("p", "note")
                        .text("over " + first.baseline() + "; " + first.source() + " (" + first.status() + ")"))
                .add(Lists.table(
                        claim,
                        List.of(
                                Lists.wordsHeading("Row"),
                                Lists.heading("Published"),
                                Lists.wordsHeading("Mapping"),
                                Lists.heading("Measured"),
                                Lists.heading("Phase"),
                                Lists.wordsHeading("Outcome"),
                                Lists.wordsHeading("Why")),
                        rows.stream().map(PublishedTable::row).toList()));
    }

    private static Element row(PublishedCheck check) {
        return Element.of("tr")
                .add(Lists.head(check.where()))
                .add(cell(Remark.range(check.published())))
                .add(Lists.words(check.variant().map(Variant::toString).orElse("")))
                .add(cell(figure(check.measured(), check)))
                .add(cell(figure(check.phase(), check)))
                .add(Element.of("td", "words outcome-" + check.outcome())
                        .text(check.outcome().toString()))
                .add(Element.of("td", "words long").text(check.why()));
    }

    private static String figure(Optional<Double> value, PublishedCheck check) {
        String unit = check.published().unit().equals("x") ? "×" : "\u00a0%";
        return value.map(number -> String.format(Locale.ROOT, "%.2f", number) + unit)
                .orElse("–");
    }

    /** Figures that nothing measured here can be held against. */
    private void others(Element section) {
        List<PublishedCheck> others =
                checks.stream().filter(check -> check.measured().isEmpty()).toList();
        if (others.isEmpty()) {
            return;
        }
        section.add(Element.of("h3").text("Not compared"))
                .add(Lists.table(
                        "Published figures that are not compared",
                        List.of(
                                Lists.wordsHeading("System"),
                                Lists.wordsHeading("Claim"),
                                Lists.heading("Published"),
                                Lists.wordsHeading("Over"),
                                Lists.wordsHeading("Why not")),
                        others.stream()
                                .map(check -> Element.of("tr")
                                        .add(Element.of("th")
                                                .with("scope", "row")
                                                .text(check.published().system()))
                                        .add(Lists.words(check.published().claim() + " ("
                                                + check.published().status() + ")"))
                                        .add(cell(Remark.range(check.published())))
                                        .add(Lists.words(check.published().baseline()))
                                        .add(Element.of("td", "words long").text(check.why())))
                                .toList()));
    }

    private static Element cell(String text) {
        return Element.of("td").text(text);
    }
}
