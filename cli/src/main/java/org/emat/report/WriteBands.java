package org.emat.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emat.cost.WriteEnergy;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.Line;
import org.emat.suite.Row;

/** Energy of writing all weights once: a band, since published energies of a write differ by a factor of thousands. */
final class WriteBands {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 20;

    private final BenchmarkTable table;
    private final double least;
    private final double most;

    WriteBands(BenchmarkTable table) {
        this.table = table;
        List<WriteEnergy> all = table.lines().stream()
                .filter(WriteBands::writes)
                .map(line -> energy(line.result().orElseThrow()))
                .toList();
        least = all.stream().mapToDouble(WriteEnergy::low).min().orElse(1);
        most = all.stream().mapToDouble(WriteEnergy::high).max().orElse(1);
    }

    /** Whether a line has cells to write; a gradient engine has none. */
    static boolean writes(Line line) {
        return line.result()
                .filter(result -> result.hardware().programming().cells() > 0)
                .isPresent();
    }

    private static WriteEnergy energy(Line.Result result) {
        return result.hardware().programming().energy();
    }

    Element section() {
        List<Element> rows = new ArrayList<>();
        for (Row row : table.rows()) {
            bands(row).forEach((cells, lines) -> rows.add(row(row, cells, lines)));
        }
        return Lists.section(
                        "writing",
                        "Writing cells",
                        "All weights written once, before any frame; no part of the energy above. Published energies of"
                                + " a write lie far apart and do not agree on what one write is, so that there is a"
                                + " band and no number. A mark is a source; the axis is logarithmic.")
                .add(Lists.table(
                        "Energy of writing all weights",
                        List.of(
                                Lists.wordsHeading("Row"),
                                Lists.wordsHeading("Mappings"),
                                Lists.heading("Cells"),
                                Lists.heading("Least"),
                                Lists.wordsHeading("Band"),
                                Lists.heading("Most")),
                        rows));
    }

    /** The lines of a row by the cells that they write. */
    private Map<Long, List<Line>> bands(Row row) {
        return table.of(row).stream()
                .filter(WriteBands::writes)
                .collect(Collectors.groupingBy(
                        line -> line.result()
                                .orElseThrow()
                                .hardware()
                                .programming()
                                .cells(),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private Element row(Row row, long cells, List<Line> lines) {
        WriteEnergy energy = energy(lines.get(0).result().orElseThrow());
        String names = lines.stream().map(line -> line.variant().toString()).collect(Collectors.joining(", "));
        return Element.of("tr")
                .add(Lists.head(row.name()))
                .add(Lists.words(names))
                .add(Lists.number(cells))
                .add(Element.of("td").text(EnergyBars.joules(energy.low())))
                .add(Element.of("td", "wide").add(band(row, energy)))
                .add(Element.of("td").text(EnergyBars.joules(energy.high())));
    }

    private Element band(Row row, WriteEnergy energy) {
        Element drawing = Glyph.svg("0 0 " + WIDTH + " " + HEIGHT, "speed")
                .with("preserveAspectRatio", "none")
                .with("role", "img")
                .with(
                        "aria-label",
                        row.name() + ": " + EnergyBars.joules(energy.low()) + " to " + EnergyBars.joules(energy.high()))
                .add(Element.of("path", "track").with("d", Glyph.box(0, 0, WIDTH, HEIGHT)))
                .add(Element.of("path", "claimed")
                        .with("d", Glyph.box(at(energy.low()), 3, at(energy.high()) - at(energy.low()), HEIGHT - 6)));
        energy.points()
                .forEach(point -> drawing.add(Element.of("path", "part-adc")
                        .with("d", Glyph.box(Math.min(WIDTH - 5.0, at(point.energy())), 0, 5, HEIGHT))
                        .add(Element.of("title")
                                .text(point.name() + ": " + EnergyBars.joules(point.energy()) + ", "
                                        + point.status()))));
        return drawing;
    }

    private double at(double energy) {
        return least >= most ? 0 : WIDTH * Math.log(energy / least) / Math.log(most / least);
    }
}
