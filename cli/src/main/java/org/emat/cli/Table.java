package org.emat.cli;

import java.util.ArrayList;
import java.util.List;

/** A table of text with aligned columns; numbers stand to the right. */
final class Table {
    private static final String NUMBER = "[-+]?[0-9][0-9.,]*( ?(%|dB|s|MB|[kMGT]|µJ|mJ|×))?|-?∞ dB|-";

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with the names of its columns. */
    Table(String... columns) {
        rows.add(List.of(columns));
    }

    /** Adds a row. */
    void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(oneLine(String.valueOf(cell)));
        }
        rows.add(row);
    }

    /** A name in one line: those of layers come from files of any origin. */
    static String oneLine(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    /** The text, a line per row. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                String space = " ".repeat(width(column) - cell.length());
                line.append(column == 0 ? "" : "  ").append(isNumeric(column) ? space + cell : cell + space);
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.size() > 1
                && rows.stream().skip(1).allMatch(row -> row.get(column).matches(NUMBER));
    }
}
