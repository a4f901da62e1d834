package org.emat.measure;

import java.util.List;
import java.util.Optional;
import org.emat.suite.BenchmarkSet;
import org.emat.suite.Row;

/**
 * The lines of a benchmark.
 *
 * @param set the set
 * @param lines in the order of rows and mappings
 * @param counted whether measured in Verilog and not only predicted
 * @param constants name of the constants of costs
 * @param remarks sentences on what was left out
 */
public record BenchmarkTable(
        BenchmarkSet set, List<Line> lines, boolean counted, String constants, List<String> remarks) {
    public BenchmarkTable {
        lines = List.copyOf(lines);
        remarks = List.copyOf(remarks);
    }

    /** The rows that have lines. */
    public List<Row> rows() {
        return lines.stream().map(Line::row).distinct().toList();
    }

    /** The lines of a row. */
    public List<Line> of(Row row) {
        return lines.stream().filter(line -> line.row().equals(row)).toList();
    }

    /** The line of a row under a mapping. */
    public Optional<Line> find(Row row, Variant variant) {
        return lines.stream()
                .filter(line -> line.row().equals(row) && line.variant().equals(variant))
                .findFirst();
    }

    /** The line of a row of that name under a mapping. */
    public Optional<Line> find(String row, Variant variant) {
        return lines.stream()
                .filter(line -> line.row().name().equals(row) && line.variant().equals(variant))
                .findFirst();
    }

    /** How often a line is as fast as the same row under another mapping; empty where that was not measured. */
    public Optional<Double> speedUp(Line line, Variant over) {
        return find(line.row(), over).map(base -> base.time() / line.time());
    }

    /** How often the energy of a line fits in that of the same row under another mapping. */
    public Optional<Double> energyRatio(Line line, Variant over) {
        return find(line.row(), over)
                .flatMap(base -> base.energy().flatMap(most -> line.energy().map(own -> most / own)));
    }

    /** The area of a line in areas of the same row under another mapping. */
    public Optional<Double> areaRatio(Line line, Variant over) {
        return find(line.row(), over)
                .flatMap(base -> base.area().flatMap(least -> line.area().map(own -> own / least)));
    }

    /** Whether no word and no count of any line differs. */
    public boolean equal() {
        return lines.stream().allMatch(Line::equal);
    }

    /** Lines whose measurement was found in the cache. */
    public long kept() {
        return lines.stream().filter(Line::kept).count();
    }
}
