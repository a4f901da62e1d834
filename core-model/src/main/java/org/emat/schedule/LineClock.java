package org.emat.schedule;

import org.emat.window.WindowAxis;

/**
 * The handshakes of {@code line_buffer.v}, cycle by cycle. Every decision of a cycle reads the state before the clock edge;
 * {@link #tick} is the edge.
 */
public final class LineClock {
    private final WindowAxis vertical;
    private final WindowAxis horizontal;
    private final int rows;
    private final int[] lowest; // [step row] real row that this or a later window reads
    private final int[] end; // [step row] real rows that must have arrived
    private final int[] realRows; // [step row] of the window
    private long rowsAhead;
    private int writeColumn;
    private int stepY;
    private int stepX;
    private int virtualX;
    private int columnsLeft;
    private boolean columnValid;
    private long writes;
    private long reads;

    /**
     * An empty buffer.
     *
     * @param vertical steps and windows along the height
     * @param horizontal steps and windows along the width
     * @param rows rows it holds
     */
    public LineClock(WindowAxis vertical, WindowAxis horizontal, int rows) {
        this.vertical = vertical;
        this.horizontal = horizontal;
        this.rows = rows;
        virtualX = horizontal.origin();
        columnsLeft = horizontal.window();
        lowest = new int[vertical.steps()];
        end = new int[vertical.steps()];
        realRows = new int[vertical.steps()];
        for (int step = 0; step < vertical.steps(); step++) {
            lowest[step] = vertical.lowest(step);
            end[step] = vertical.end(step);
            for (int row = 0; row < vertical.window(); row++) {
                realRows[step] += vertical.real(vertical.start(step) + row) >= 0 ? 1 : 0;
            }
        }
    }

    /** Whether a pixel can be taken in this cycle. */
    public boolean ready() {
        return rowsAhead - lowest[stepY] < rows;
    }

    /** Whether a whole window has been handed out. */
    public boolean windowReady() {
        return columnsLeft == 0 && !columnValid;
    }

    /** Pixels written. */
    public long writes() {
        return writes;
    }

    /** Pixels read. */
    public long reads() {
        return reads;
    }

    /**
     * The clock edge that ends a cycle.
     *
     * @param taken whether a pixel is taken
     * @param windowTaken whether the window is taken
     */
    public void tick(boolean taken, boolean windowTaken) {
        boolean lastRow = stepY == vertical.steps() - 1;
        boolean lastStep = lastRow && stepX == horizontal.steps() - 1;
        boolean issue = columnsLeft > 0 && issues(lastStep);
        columnValid = issue;
        if (issue) {
            reads += horizontal.real(virtualX) >= 0 ? realRows[stepY] : 0;
            virtualX++;
            columnsLeft--;
        }
        if (windowTaken) {
            next(lastRow);
        }
        if (taken) {
            writes++;
            if (++writeColumn == horizontal.input()) {
                writeColumn = 0;
                rowsAhead++;
            }
        }
        rowsAhead -= windowTaken && lastStep ? vertical.input() : 0;
    }

    private boolean issues(boolean lastStep) {
        boolean begun = rowsAhead > 0 || writeColumn > 0;
        if (!begun || (lastStep && rowsAhead < vertical.input())) {
            return false;
        }
        int real = horizontal.real(virtualX);
        int needed = end[stepY];
        return real < 0 || rowsAhead >= needed || (rowsAhead == needed - 1 && writeColumn > real);
    }

    private void next(boolean lastRow) {
        if (++stepX == horizontal.steps()) {
            stepX = 0;
            stepY = lastRow ? 0 : stepY + 1;
            virtualX = horizontal.origin();
            columnsLeft = horizontal.window();
        } else {
            columnsLeft = Math.min(horizontal.advance(), horizontal.window());
            virtualX = horizontal.start(stepX) + horizontal.window() - columnsLeft;
        }
    }
}
