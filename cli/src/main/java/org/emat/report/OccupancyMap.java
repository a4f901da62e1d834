package org.emat.report;

import java.util.Optional;
import org.emat.plan.EnginePlan;

/**
 * A drawing of the crossbars of an engine.
 *
 * <p>One square is one crossbar where they fit, else one sub-kernel, one phase, or several phases.
 */
final class OccupancyMap {
    private static final double MOST_WIDTH = 1000;
    private static final double MOST_HEIGHT = 440;
    private static final double USUAL = 20;

    /** Few crossbars are drawn larger, as long as they stay within this. */
    private static final double SMALL_WIDTH = 260;

    private static final double SMALL_HEIGHT = 180;
    private static final double LARGEST = 56;
    private static final double SMALLEST = 3;

    /** Squares from this size on show which corner is used. */
    private static final double CORNERS = 12;

    private static final double THINNEST = 2.5;

    /** What one square stands for, from fine to coarse. */
    private enum Grain {
        CROSSBAR,
        SUB_KERNEL,
        PHASE
    }

    private final EnginePlan engine;
    private final Occupancy occupancy;
    private final Grain grain;
    private final int merged;
    private final int phaseColumns;
    private final int groupColumns;
    private final double side;
    private final double groupGap;
    private final double phaseGap;

    /**
     * A drawing.
     *
     * @param merged phases that a square stands for, down and across
     * @param phaseColumns phases, or squares of them, side by side
     */
    private OccupancyMap(EnginePlan engine, Grain grain, int merged, int phaseColumns) {
        this.engine = engine;
        this.occupancy = new Occupancy(engine);
        this.grain = grain;
        this.merged = merged;
        this.phaseColumns = phaseColumns;
        groupColumns = groupColumns();
        double width = width(1, 0.25, 0.5);
        double height = height(1, 0.25, 0.5);
        double fitting = Math.min(MOST_WIDTH / width, MOST_HEIGHT / height);
        double small = Math.min(SMALL_WIDTH / width, SMALL_HEIGHT / height);
        side = Math.floor(Math.min(fitting, Math.max(USUAL, Math.min(LARGEST, small))));
        groupGap = side / 4;
        phaseGap = side / 2;
    }

    /** The finest drawing that fits; phases lie in one row where that makes larger squares than their block does. */
    static OccupancyMap of(EnginePlan engine) {
        int across = engine.window().horizontal().block();
        for (Grain grain : Grain.values()) {
            OccupancyMap block = new OccupancyMap(engine, grain, 1, across);
            OccupancyMap row = new OccupancyMap(engine, grain, 1, engine.phases());
            OccupancyMap larger = block.side >= USUAL || block.side >= row.side ? block : row;
            if (larger.side >= SMALLEST) {
                return larger;
            }
        }
        for (int merged = 2; ; merged++) {
            OccupancyMap map = new OccupancyMap(engine, Grain.PHASE, merged, (across + merged - 1) / merged);
            if (map.side >= SMALLEST) {
                return map;
            }
        }
    }

    /** What a square stands for, where it is not one crossbar. */
    Optional<String> scale() {
        return switch (grain) {
            case CROSSBAR -> Optional.empty();
            case SUB_KERNEL -> Optional.of("Here a square is one sub-kernel.");
            case PHASE ->
                Optional.of(
                        merged == 1
                                ? "Here a square is all sub-kernels of one phase."
                                : "Here a square is " + merged + " × " + merged + " phases.");
        };
    }

    /** Natural width in pixels. */
    double width() {
        return width(side, groupGap, phaseGap);
    }

    Element drawing() {
        double width = width();
        double height = height(side, groupGap, phaseGap);
        Element svg = Glyph.svg("0 0 " + Glyph.at(width) + " " + Glyph.at(height), "crossbars")
                .with("width", Glyph.at(width))
                .with("height", Glyph.at(height));
        double y = 0;
        for (int row = 0; row < phaseRows(); row++) {
            double x = 0;
            for (int column = 0; column < phaseColumns; column++) {
                if (grain == Grain.PHASE) {
                    svg.add(square(row, column, x, y));
                } else {
                    subKernels(svg, row * phaseColumns + column, x, y);
                }
                x += phaseWidth(side, groupGap) + phaseGap;
            }
            y += phaseHeight(row, side, groupGap) + phaseGap;
        }
        return svg;
    }

    private void subKernels(Element svg, int phase, double x, double y) {
        int rows = rows(phase / phaseColumns);
        for (int group = 0; group < engine.arrayGroups(); group++) {
            double left = x + group % groupColumns * (columns() * side + groupGap);
            double top = y + group / groupColumns * (rows * side + groupGap);
            svg.add(subKernel(phase, group, left, top));
        }
    }

    private Element subKernel(int phase, int group, double x, double y) {
        Element kernel = Element.of("g").add(Element.of("title").text(title(phase, group)));
        if (engine.rows(phase) == 0) {
            return kernel.add(Element.of("path", "none").with("d", Glyph.box(x + 0.5, y + 0.5, side - 2, side - 2)));
        }
        if (grain == Grain.SUB_KERNEL) {
            return kernel.add(path(Shade.of(occupancy.share(phase)), squares(x, y, 1, 1, 1, 1)));
        }
        int lastColumn = engine.columnBlocks() - 1;
        int from = 0;
        int rows = occupancy.crossbarsDown(phase);
        for (int row = 1; row <= rows; row++) {
            if (row == rows || occupancy.wordLines(phase, row) != occupancy.wordLines(phase, from)) {
                crossbars(kernel, phase, from, row, 0, lastColumn, x, y);
                crossbars(kernel, phase, from, row, lastColumn, lastColumn + 1, x, y);
                from = row;
            }
        }
        return kernel;
    }

    /** Draws a rectangle of equally filled crossbars; of columns of blocks only the last one differs. */
    private void crossbars(
            Element kernel, int phase, int fromRow, int toRow, int fromColumn, int toColumn, double x, double y) {
        if (fromRow >= toRow || fromColumn >= toColumn) {
            return;
        }
        double left = x + fromColumn * side;
        double top = y + fromRow * side;
        int rows = toRow - fromRow;
        int columns = toColumn - fromColumn;
        Shade shade = Shade.of(occupancy.share(phase, fromRow, fromColumn));
        if (side < CORNERS || shade == Shade.FULL) {
            kernel.add(path(shade, squares(left, top, columns, rows, 1, 1)));
            return;
        }
        double across =
                (double) occupancy.bitLinesOfBlock(fromColumn) / engine.array().columns();
        double down =
                (double) occupancy.wordLines(phase, fromRow) / engine.array().rows();
        kernel.add(Element.of("path", "cells").with("d", squares(left, top, columns, rows, 1, 1)))
                .add(path(shade, squares(left, top, columns, rows, across, down)));
    }

    /** Squares of a grid, filled from the upper left corner. */
    private String squares(double x, double y, int columns, int rows, double across, double down) {
        double edge = side - (side < 8 ? 0.5 : 1);
        StringBuilder path = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                path.append(Glyph.box(
                        x + column * side,
                        y + row * side,
                        Math.max(THINNEST, edge * across),
                        Math.max(THINNEST, edge * down)));
            }
        }
        return path.toString();
    }

    /** One square for one or several whole phases. */
    private Element square(int row, int column, double x, double y) {
        if (merged == 1) {
            return path(Shade.of(occupancy.share(row * phaseColumns + column)), squares(x, y, 1, 1, 1, 1));
        }
        double share = 0;
        int phases = 0;
        for (int i = row * merged; i < Math.min(blockHeight(), (row + 1) * merged); i++) {
            for (int j = column * merged; j < Math.min(blockWidth(), (column + 1) * merged); j++) {
                share += occupancy.share(i * blockWidth() + j);
                phases++;
            }
        }
        return path(Shade.of(share / phases), squares(x, y, 1, 1, 1, 1));
    }

    private static Element path(Shade shade, String data) {
        return Element.of("path", shade.style()).with("d", data);
    }

    private String title(int phase, int group) {
        String place = phase / blockWidth() + "," + phase % blockWidth();
        String name = "phase " + place + (engine.arrayGroups() > 1 ? ", group " + group : "") + ": ";
        if (engine.rows(phase) == 0) {
            return name + "no tap, its outputs are the bias";
        }
        return name + Figures.count(engine.taps(phase).size(), "tap") + ", "
                + Figures.count(engine.rows(phase), "word line") + " × "
                + Figures.count(occupancy.usedBitLines(), "bit line") + " on "
                + Figures.times(occupancy.crossbarsDown(phase), engine.columnBlocks()) + " crossbars, "
                + Figures.percent(occupancy.share(phase), 1) + " of the cells";
    }

    private int blockHeight() {
        return engine.window().vertical().block();
    }

    private int blockWidth() {
        return engine.window().horizontal().block();
    }

    private int phaseRows() {
        return merged == 1 ? engine.phases() / phaseColumns : (blockHeight() + merged - 1) / merged;
    }

    private int groups() {
        return grain == Grain.PHASE ? 1 : engine.arrayGroups();
    }

    /** Columns of squares of a sub-kernel. */
    private int columns() {
        return grain == Grain.CROSSBAR ? engine.columnBlocks() : 1;
    }

    /** Rows of squares of the tallest sub-kernel in a row of phases. */
    private int rows(int phaseRow) {
        int most = 1;
        for (int column = 0; grain == Grain.CROSSBAR && column < phaseColumns; column++) {
            most = Math.max(most, occupancy.crossbarsDown(phaseRow * phaseColumns + column));
        }
        return most;
    }

    /** Groups of a phase side by side, so that the phase is about square. */
    private int groupColumns() {
        double square = Math.sqrt((double) groups() * rows(0) / columns());
        return Math.max(1, Math.min(groups(), (int) Math.ceil(square)));
    }

    private double phaseWidth(double side, double gap) {
        return groupColumns * columns() * side + (groupColumns - 1) * gap;
    }

    private double phaseHeight(int phaseRow, double side, double gap) {
        int groupRows = (groups() + groupColumns - 1) / groupColumns;
        return groupRows * rows(phaseRow) * side + (groupRows - 1) * gap;
    }

    private double width(double side, double gap, double between) {
        return phaseColumns * phaseWidth(side, gap) + (phaseColumns - 1) * between;
    }

    private double height(double side, double gap, double between) {
        double height = (phaseRows() - 1) * between;
        for (int row = 0; row < phaseRows(); row++) {
            height += phaseHeight(row, side, gap);
        }
        return height;
    }
}
