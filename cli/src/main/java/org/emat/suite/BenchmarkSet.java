package org.emat.suite;

import java.util.List;
import org.emat.network.InputException;

/**
 * Rows that belong together.
 *
 * @param name name of the set
 * @param title what it is
 * @param note what must be known to read its published figures
 * @param published figures for the set as a whole
 * @param rows lines
 */
public record BenchmarkSet(String name, String title, String note, List<Published> published, List<Row> rows) {
    public BenchmarkSet {
        published = List.copyOf(published);
        rows = List.copyOf(rows);
    }

    /** All sets. */
    public static List<BenchmarkSet> all() {
        return new BenchmarkReader().sets();
    }

    /**
     * A set.
     *
     * @throws InputException if there is none of that name
     */
    public static BenchmarkSet named(String name) {
        List<BenchmarkSet> sets = all();
        return sets.stream()
                .filter(set -> set.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("There is no benchmark set '" + name + "'; "
                        + String.join(
                                ", ", sets.stream().map(BenchmarkSet::name).toList()) + " are there."));
    }

    /**
     * The rows of a name: the row, or all rows below it, as {@code dcgan} names {@code dcgan/generator/forward}.
     *
     * @throws InputException if there is none
     */
    public List<Row> rows(String name) {
        List<Row> below =
                rows.stream().filter(row -> row.name().startsWith(name + "/")).toList();
        boolean exact = rows.stream().anyMatch(row -> row.name().equals(name));
        return exact || below.isEmpty() ? List.of(row(name)) : below;
    }

    /**
     * A row of the set.
     *
     * @throws InputException if there is none of that name
     */
    public Row row(String row) {
        return rows.stream()
                .filter(candidate -> candidate.name().equals(row))
                .findFirst()
                .orElseThrow(() -> new InputException("Benchmark set '" + name + "' has no row '" + row + "'; "
                        + String.join(", ", rows.stream().map(Row::name).toList()) + " are there."));
    }
}
