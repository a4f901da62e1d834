package org.emat.quant;

import java.util.ArrayList;
import java.util.List;
import org.emat.network.Axis;
import org.emat.network.InputException;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;

/**
 * What the sums of a layer can be.
 *
 * @param low at least
 * @param high at most
 */
record Bounds(long low, long high) {

    /**
     * The range of the sums of a layer, bias included, over all inputs in a range. Taps that never meet the same output
     * pixel are not added up.
     *
     * @param low smallest input word
     * @param high largest input word
     */
    static Bounds of(Layer layer, int[] weights, long[] bias, long low, long high) {
        LayerGeometry geometry = layer.geometry();
        int outputs = geometry.output().channels();
        int[] classes = classes(geometry);
        int count = 1;
        for (int tapClass : classes) {
            count = Math.max(count, tapClass + 1);
        }
        long[] least = new long[count * outputs];
        long[] most = new long[count * outputs];
        boolean whole = seesWholeKernel(geometry);
        try {
            for (int i = 0; i < weights.length; i++) {
                int kernelAndOutput = i / geometry.groupInputs();
                int at = classes[kernelAndOutput / outputs] * outputs + kernelAndOutput % outputs;
                long a = Math.multiplyExact(weights[i], low);
                long b = Math.multiplyExact(weights[i], high);
                least[at] = Math.addExact(least[at], Math.min(Math.min(a, b), whole ? Long.MAX_VALUE : 0));
                most[at] = Math.addExact(most[at], Math.max(Math.max(a, b), whole ? Long.MIN_VALUE : 0));
            }
            return total(geometry, least, most, bias);
        } catch (ArithmeticException e) {
            throw new InputException("Layer '" + layer.name() + "': its sums can exceed 64 bits.", e);
        }
    }

    private static Bounds total(LayerGeometry geometry, long[] least, long[] most, long[] bias) {
        int outputs = geometry.output().channels();
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int at = 0; at < least.length; at++) {
            long add = bias[geometry.scaleIndex(at / outputs, at % outputs)];
            low = Math.min(low, Math.addExact(least[at], add));
            high = Math.max(high, Math.addExact(most[at], add));
        }
        return new Bounds(low, high);
    }

    /** Per kernel index which group of taps that can meet the same output pixel it belongs to. */
    private static int[] classes(LayerGeometry geometry) {
        int[] classes = new int[geometry.kernelSize()];
        if (geometry.operator() == Operator.DENSE) {
            for (int kernel = 0; kernel < classes.length; kernel++) {
                classes[kernel] = kernel / geometry.input().pixels();
            }
        } else if (geometry.operator() == Operator.TRANSPOSED_CONVOLUTION) {
            int[] rows = phases(geometry.vertical());
            int[] columns = phases(geometry.horizontal());
            for (int kernel = 0; kernel < classes.length; kernel++) {
                classes[kernel] = rows[kernel / columns.length] * columns.length + columns[kernel % columns.length];
            }
        }
        return classes;
    }

    /** Per tap the number of the output phase that it meets, counted in order of appearance. */
    private static int[] phases(Axis axis) {
        List<Long> seen = new ArrayList<>();
        int[] phases = new int[axis.kernel()];
        for (int k = 0; k < phases.length; k++) {
            long phase = (long) k * axis.dilation() % axis.stride();
            if (!seen.contains(phase)) {
                seen.add(phase);
            }
            phases[k] = seen.indexOf(phase);
        }
        return phases;
    }

    /** Whether every sum takes every tap, so that none of them reads a zero of the border. */
    private static boolean seesWholeKernel(LayerGeometry geometry) {
        return switch (geometry.operator()) {
            case DENSE -> true;
            case CONVOLUTION -> isUnpadded(geometry.vertical()) && isUnpadded(geometry.horizontal());
            case TRANSPOSED_CONVOLUTION -> false;
        };
    }

    private static boolean isUnpadded(Axis axis) {
        return axis.padBegin() == 0 && axis.padEnd() == 0;
    }
}
