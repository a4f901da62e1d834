package org.emat.reference;

import java.util.SplittableRandom;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;

/** Random layer shapes for tests: any kernel, stride, padding on either side, dilation, output padding and group. */
public final class DrawnGeometry {
    private static final int LARGEST = 16;

    private DrawnGeometry() {}

    /** A small layer; every fifth is dense. */
    public static LayerGeometry draw(SplittableRandom random) {
        int kind = random.nextInt(5);
        if (kind == 4) {
            return LayerGeometry.dense(shape(random, 3), shape(random, 3));
        }
        Operator operator = kind < 2 ? Operator.CONVOLUTION : Operator.TRANSPOSED_CONVOLUTION;
        while (true) {
            int groups = 1 + random.nextInt(3);
            TensorShape drawn = shape(random, 7);
            TensorShape input = new TensorShape(groups * (1 + random.nextInt(4)), drawn.height(), drawn.width());
            Axis vertical = axis(random, operator);
            Axis horizontal = axis(random, operator);
            boolean usable =
                    isUsable(operator, vertical, input.height()) && isUsable(operator, horizontal, input.width());
            if (usable) {
                return LayerGeometry.of(
                        operator, input, groups * (1 + random.nextInt(4)), vertical, horizontal, groups);
            }
        }
    }

    /** Random whole numbers from {@code low} to {@code high}. */
    public static int[] words(SplittableRandom random, int count, int low, int high) {
        int[] words = new int[count];
        for (int i = 0; i < count; i++) {
            words[i] = (int) random.nextLong(low, high + 1L);
        }
        return words;
    }

    private static TensorShape shape(SplittableRandom random, int largest) {
        return new TensorShape(1 + random.nextInt(5), 1 + random.nextInt(largest), 1 + random.nextInt(largest));
    }

    private static Axis axis(SplittableRandom random, Operator operator) {
        int stride = 1 + random.nextInt(4);
        int dilation = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
        int beyond = operator == Operator.TRANSPOSED_CONVOLUTION ? random.nextInt(Math.max(stride, dilation)) : 0;
        return new Axis(1 + random.nextInt(5), stride, dilation, random.nextInt(4), random.nextInt(4), beyond);
    }

    private static boolean isUsable(Operator operator, Axis axis, int size) {
        int output = operator == Operator.CONVOLUTION
                ? (size + axis.padBegin() + axis.padEnd() < axis.extent() ? 0 : axis.convolved(size))
                : axis.transposed(size);
        return output >= 1 && output <= LARGEST;
    }
}
