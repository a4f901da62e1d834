package org.emat.quant;

import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;

/** Which input pixels an output pixel of a layer sees, and by which kernel index. */
final class LayerTaps {
    private final LayerGeometry geometry;
    private final int[][] rows;
    private final int[][] columns;

    LayerTaps(LayerGeometry geometry) {
        this.geometry = geometry;
        boolean dense = geometry.operator() == Operator.DENSE;
        rows = dense
                ? null
                : positions(
                        geometry.vertical(),
                        geometry.input().height(),
                        geometry.output().height());
        columns = dense
                ? null
                : positions(
                        geometry.horizontal(),
                        geometry.input().width(),
                        geometry.output().width());
    }

    /** Takes one tap. */
    interface Visitor {
        /** A kernel index and the input pixel, in raster order, that it meets. */
        void tap(int kernelIndex, int inputPixel);
    }

    /** Visits every tap of an output pixel, in raster order, that meets an input pixel. */
    void visit(int outputPixel, Visitor visitor) {
        if (geometry.operator() == Operator.DENSE) {
            int pixels = geometry.input().pixels();
            for (int pixel = 0; pixel < pixels; pixel++) {
                visitor.tap(outputPixel * pixels + pixel, pixel);
            }
            return;
        }
        int[] row = rows[outputPixel / geometry.output().width()];
        int[] column = columns[outputPixel % geometry.output().width()];
        for (int ky = 0; ky < row.length; ky++) {
            for (int kx = 0; row[ky] >= 0 && kx < column.length; kx++) {
                if (column[kx] >= 0) {
                    visitor.tap(
                            ky * column.length + kx, row[ky] * geometry.input().width() + column[kx]);
                }
            }
        }
    }

    /** Per output position and kernel tap the input position, or −1 where there is none. */
    private int[][] positions(Axis axis, int input, int output) {
        int[][] positions = new int[output][axis.kernel()];
        for (int o = 0; o < output; o++) {
            for (int k = 0; k < axis.kernel(); k++) {
                int position = geometry.operator() == Operator.CONVOLUTION
                        ? o * axis.stride() + k * axis.dilation() - axis.padBegin()
                        : source(axis, o + axis.padBegin() - k * axis.dilation());
                positions[o][k] = position < input ? Math.max(-1, position) : -1;
            }
        }
        return positions;
    }

    private static int source(Axis axis, int distance) {
        return distance >= 0 && distance % axis.stride() == 0 ? distance / axis.stride() : -1;
    }
}
