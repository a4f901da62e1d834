package org.emat.plan;

import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.window.WindowAxis;

/**
 * How the finished blocks of an engine follow one another over its output, in raster order of blocks.
 *
 * @param vertical down the frame
 * @param horizontal across the frame
 */
public record BlockGrid(Line vertical, Line horizontal) {
    /**
     * One axis.
     *
     * @param blocks blocks along the axis
     * @param reads how many of them, the first ones, follow a read of the arrays; the others only empty the overlap
     * @param size output positions of a block
     * @param crop positions of the first block that lie before the output
     * @param output size of the output
     */
    public record Line(int blocks, int reads, int size, int crop, int output) {
        private static Line aligned(WindowAxis axis) {
            return new Line(axis.steps(), axis.steps(), axis.block(), 0, axis.output());
        }

        /** Blocks of a stride: as many as reads, or as the output needs beyond them. */
        private static Line overlapping(Axis axis, int input, int output) {
            int needed = (output + axis.padBegin() + axis.stride() - 1) / axis.stride();
            return new Line(Math.max(input, needed), input, axis.stride(), axis.padBegin(), output);
        }

        /** First block that holds an output. */
        public int first() {
            return crop / size;
        }

        /** Last block that holds an output. */
        public int last() {
            return (crop + output - 1) / size;
        }
    }

    /** Blocks of steps that do not overlap. */
    static BlockGrid aligned(WindowAxis vertical, WindowAxis horizontal) {
        return new BlockGrid(Line.aligned(vertical), Line.aligned(horizontal));
    }

    /** Blocks of stride × stride outputs that no later input pixel adds to. */
    static BlockGrid overlapping(LayerGeometry layer) {
        return new BlockGrid(
                Line.overlapping(
                        layer.vertical(), layer.input().height(), layer.output().height()),
                Line.overlapping(
                        layer.horizontal(),
                        layer.input().width(),
                        layer.output().width()));
    }

    /** Pixels of a block. */
    public int pixels() {
        return vertical.size() * horizontal.size();
    }
}
