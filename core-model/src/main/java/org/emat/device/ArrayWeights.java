package org.emat.device;

import java.util.List;
import org.emat.integer.IntegerLayer;
import org.emat.network.LayerGeometry;
import org.emat.plan.EnginePlan;
import org.emat.window.Tap;

/**
 * Which weight of a layer each cell of one array holds: word lines are taps with the input channels of a group
 * innermost, weight columns the output channels of the group, for each kernel tap where outputs overlap. Immutable.
 */
public final class ArrayWeights {
    private final int[] weights;
    private final int[] rowFirst; // [row] index of the weight of output channel 0
    private final int[] rowGroup; // [row] channel group of the layer
    private final int[] columnGroup; // [column]
    private final int[] columnFirst; // [column] what it adds to the index of a row's weight

    /**
     * The weights of an array.
     *
     * @param engine the plan
     * @param layer the weights of all arrays
     * @param taps taps on the word lines, in order
     * @param group which of the groups that have arrays of their own
     */
    public ArrayWeights(EnginePlan engine, IntegerLayer layer, List<Tap> taps, int group) {
        LayerGeometry geometry = engine.geometry();
        this.weights = layer.weights();
        int groupInputs = geometry.groupInputs();
        this.rowFirst = new int[taps.size() * engine.groupInputs()];
        this.rowGroup = new int[rowFirst.length];
        this.columnGroup = new int[engine.weightColumns()];
        this.columnFirst = new int[columnGroup.length];
        for (int row = 0; row < rowFirst.length; row++) {
            int channel = group * engine.groupInputs() + row % engine.groupInputs();
            int kernel = taps.get(row / engine.groupInputs()).kernelIndex();
            rowFirst[row] = geometry.weightIndex(kernel, 0, channel % groupInputs);
            rowGroup[row] = channel / groupInputs;
        }
        for (int column = 0; column < columnGroup.length; column++) {
            int output = group * engine.groupOutputs() + column % engine.groupOutputs();
            columnGroup[column] = output / geometry.groupOutputs();
            columnFirst[column] = geometry.weightIndex(column / engine.groupOutputs(), output, 0);
        }
    }

    /** Word lines. */
    public int rows() {
        return rowFirst.length;
    }

    /** Weight columns. */
    public int columns() {
        return columnGroup.length;
    }

    /** The weight of a cell's column; 0 off the block diagonal of packed groups. */
    public int at(int row, int column) {
        return rowGroup[row] == columnGroup[column] ? weights[rowFirst[row] + columnFirst[column]] : 0;
    }
}
