package org.emat.window;

import java.util.ArrayList;
import java.util.List;
import org.emat.arch.Architecture.Mapping;
import org.emat.arch.Architecture.OnePixel;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;

/**
 * Splits a layer into steps, windows and phases (design §1; RED and ZARA call the phase split zero-skipping and
 * deformation).
 */
public final class WindowPlanner {
    private final Mapping mapping;
    private final OnePixel onePixel;

    /**
     * A planner.
     *
     * @param mapping how transposed convolutions become windows
     * @param onePixel how layers with a one-pixel input are planned
     */
    public WindowPlanner(Mapping mapping, OnePixel onePixel) {
        this.mapping = mapping;
        this.onePixel = onePixel;
    }

    /** The window plan of a layer. */
    public WindowPlan plan(LayerGeometry layer) {
        return switch (layer.operator()) {
            case DENSE -> dense(layer);
            case CONVOLUTION ->
                combine(
                        layer,
                        convolution(
                                layer.vertical(),
                                layer.input().height(),
                                layer.output().height()),
                        convolution(
                                layer.horizontal(),
                                layer.input().width(),
                                layer.output().width()));
            case TRANSPOSED_CONVOLUTION -> transposed(layer);
        };
    }

    private WindowPlan transposed(LayerGeometry layer) {
        if (mapping == Mapping.ZERO_INSERTION) {
            return combine(
                    layer,
                    zeroInserted(
                            layer.vertical(),
                            layer.input().height(),
                            layer.output().height()),
                    zeroInserted(
                            layer.horizontal(),
                            layer.input().width(),
                            layer.output().width()));
        }
        if (mapping == Mapping.PADDING_FREE) {
            return new WindowPlan(
                    pixel(layer.input().height()), pixel(layer.input().width()), List.of(List.of(new Tap(0, 0, 0))));
        }
        boolean whole = layer.input().pixels() == 1 && onePixel == OnePixel.DENSE;
        return combine(
                layer,
                phased(layer.vertical(), layer.input().height(), layer.output().height(), whole),
                phased(layer.horizontal(), layer.input().width(), layer.output().width(), whole));
    }

    /** One axis split: its steps, and per phase the window offset and kernel position of each tap. */
    private record Split(WindowAxis axis, List<List<Offset>> phases) {}

    private record Offset(int window, int kernel) {}

    private static Split convolution(Axis axis, int input, int output) {
        List<Offset> taps = new ArrayList<>();
        for (int k = 0; k < axis.kernel(); k++) {
            taps.add(new Offset(k * axis.dilation(), k));
        }
        return new Split(
                new WindowAxis(output, axis.stride(), 1, axis.extent(), -axis.padBegin(), 1, input, output),
                List.of(taps));
    }

    /** The zero-inserted input is convolved with the flipped kernel at stride 1. */
    private static Split zeroInserted(Axis axis, int input, int output) {
        List<Offset> taps = new ArrayList<>();
        for (int k = axis.kernel() - 1; k >= 0; k--) {
            taps.add(new Offset(axis.extent() - 1 - k * axis.dilation(), k));
        }
        int origin = axis.padBegin() - (axis.extent() - 1);
        return new Split(
                new WindowAxis(output, 1, 1, axis.extent(), origin, axis.stride(), input, output), List.of(taps));
    }

    /**
     * Output position o takes tap k from input (o + pad − k·dilation) / stride where that divides. With o = i·stride +
     * phase, the input is i + offset, and the offset depends on phase and tap only. With {@code whole}, the block is the
     * whole output instead of one stride.
     */
    private static Split phased(Axis axis, int input, int output, boolean whole) {
        int block = whole ? output : axis.stride();
        List<List<Offset>> absolute = new ArrayList<>();
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (int phase = 0; phase < block; phase++) {
            List<Offset> taps = new ArrayList<>();
            for (int k = 0; k < axis.kernel(); k++) {
                int distance = phase + axis.padBegin() - k * axis.dilation();
                boolean real = Math.floorMod(distance, axis.stride()) == 0;
                int offset = Math.floorDiv(distance, axis.stride());
                if (real && (!whole || offset == 0)) {
                    taps.add(new Offset(offset, k));
                    least = Math.min(least, offset);
                    most = Math.max(most, offset);
                }
            }
            absolute.add(taps);
        }
        if (least > most) {
            least = 0;
            most = 0;
        }
        int origin = least;
        List<List<Offset>> phases = absolute.stream()
                .map(taps -> taps.stream()
                        .map(tap -> new Offset(tap.window - origin, tap.kernel))
                        .sorted((a, b) -> Integer.compare(a.window, b.window))
                        .toList())
                .toList();
        int steps = (output + block - 1) / block;
        return new Split(new WindowAxis(steps, 1, block, most - least + 1, origin, 1, input, output), phases);
    }

    private static WindowPlan combine(LayerGeometry layer, Split vertical, Split horizontal) {
        List<List<Tap>> phases = new ArrayList<>();
        for (List<Offset> rows : vertical.phases()) {
            for (List<Offset> columns : horizontal.phases()) {
                List<Tap> taps = new ArrayList<>();
                for (Offset row : rows) {
                    for (Offset column : columns) {
                        int kernelIndex = row.kernel() * layer.horizontal().kernel() + column.kernel();
                        taps.add(new Tap(row.window(), column.window(), kernelIndex));
                    }
                }
                phases.add(taps);
            }
        }
        return new WindowPlan(vertical.axis(), horizontal.axis(), phases);
    }

    private static WindowPlan dense(LayerGeometry layer) {
        List<List<Tap>> phases = new ArrayList<>();
        for (int out = 0; out < layer.output().pixels(); out++) {
            List<Tap> taps = new ArrayList<>();
            for (int in = 0; in < layer.input().pixels(); in++) {
                taps.add(new Tap(
                        in / layer.input().width(),
                        in % layer.input().width(),
                        out * layer.input().pixels() + in));
            }
            phases.add(taps);
        }
        return new WindowPlan(
                whole(layer.input().height(), layer.output().height()),
                whole(layer.input().width(), layer.output().width()),
                phases);
    }

    /** A step per input position, which sees that alone. */
    private static WindowAxis pixel(int input) {
        return new WindowAxis(input, 1, 1, 1, 0, 1, input, input);
    }

    private static WindowAxis whole(int input, int output) {
        return new WindowAxis(1, input, output, input, 0, 1, input, output);
    }
}
