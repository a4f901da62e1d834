package org.emat.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.emat.arch.Architecture.OnePixel;
import org.emat.integer.Frame;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.train.GradientPlan;
import org.emat.train.GradientPlanner;

/**
 * A random gradient with a batch of inputs and errors, or several batches.
 *
 * @param plan a plan
 * @param frames frames of a batch, at most the plan's
 * @param inputs frames of all batches
 * @param errors one per input
 */
public record DrawnGradient(GradientPlan plan, int frames, List<Frame> inputs, List<Frame> errors) {
    /** A gradient of up to two batches of up to three frames. */
    public static DrawnGradient draw(String name, SplittableRandom random) {
        LayerGeometry layer = layer(random);
        NumberFormat input = new NumberFormat(1 + random.nextInt(9), random.nextBoolean());
        NumberFormat error = new NumberFormat(2 + random.nextInt(8), true);
        int perPair = layer.output().channels() * layer.groupInputs();
        GradientPlan.Form form =
                random.nextInt(3) == 0 ? GradientPlan.Form.ZERO_INSERTING : GradientPlan.Form.ZERO_FREE;
        GradientPlan plan = new GradientPlanner(
                        form,
                        random.nextBoolean() ? OnePixel.DENSE : OnePixel.WINDOW,
                        lanes(random, perPair),
                        1 + random.nextInt(3))
                .plan(name, layer, input, error);
        int frames = 1 + random.nextInt(plan.batch());
        int count = frames * (1 + random.nextInt(2));
        return new DrawnGradient(
                plan,
                frames,
                frames(random, count, layer.input(), input),
                frames(random, count, layer.output(), error));
    }

    /**
     * Any layer; a fifth have paddings of which some are negative, and so cut the input or extend the output, and a tenth of
     * the transposed convolutions have an input of one pixel.
     */
    public static LayerGeometry layer(SplittableRandom random) {
        LayerGeometry drawn = DrawnGeometry.draw(random);
        if (drawn.operator() == Operator.DENSE) {
            return drawn;
        }
        boolean shifted = random.nextInt(5) == 0;
        boolean onePixel = drawn.operator() == Operator.TRANSPOSED_CONVOLUTION && random.nextInt(10) == 0;
        try {
            return LayerGeometry.of(
                    drawn.operator(),
                    onePixel ? new TensorShape(drawn.input().channels(), 1, 1) : drawn.input(),
                    drawn.output().channels(),
                    shifted ? shifted(drawn.vertical(), random) : drawn.vertical(),
                    shifted ? shifted(drawn.horizontal(), random) : drawn.horizontal(),
                    drawn.groups());
        } catch (IllegalArgumentException nothingLeft) {
            return drawn;
        }
    }

    /**
     * The last step of a frame and the first one of the next meet at one accumulator in consecutive cycles: a 5 × 5 kernel
     * with a border of 2, one lane.
     */
    public static DrawnGradient meetingFrames(String name, SplittableRandom random) {
        Axis axis = new Axis(5, 1, 1, 2, 2, 0);
        LayerGeometry layer = LayerGeometry.of(Operator.CONVOLUTION, new TensorShape(1, 4, 4), 1, axis, axis, 1);
        NumberFormat word = new NumberFormat(4, true);
        GradientPlan plan =
                new GradientPlanner(GradientPlan.Form.ZERO_FREE, OnePixel.DENSE, 1, 3).plan(name, layer, word, word);
        return new DrawnGradient(
                plan, 3, frames(random, 3, layer.input(), word), frames(random, 3, layer.output(), word));
    }

    /** A transposed convolution whose last blocks reach beyond the output, where inputs reach, too; two groups, two batches. */
    public static DrawnGradient croppedBlocks(String name, SplittableRandom random) {
        Axis axis = new Axis(5, 2, 1, 1, 3, 0);
        LayerGeometry layer =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(4, 3, 3), 6, axis, axis, 2);
        NumberFormat word = new NumberFormat(6, true);
        GradientPlan plan =
                new GradientPlanner(GradientPlan.Form.ZERO_FREE, OnePixel.DENSE, 4, 2).plan(name, layer, word, word);
        return new DrawnGradient(
                plan, 2, frames(random, 4, layer.input(), word), frames(random, 4, layer.output(), word));
    }

    private static Axis shifted(Axis axis, SplittableRandom random) {
        return new Axis(
                axis.kernel(),
                axis.stride(),
                axis.dilation(),
                axis.padBegin() - random.nextInt(5),
                axis.padEnd() - random.nextInt(5),
                axis.outputPadding());
    }

    /** Half of all draws divide the products of a pair. */
    private static int lanes(SplittableRandom random, int perPair) {
        int lanes = 1 + random.nextInt(2 * perPair + 3);
        while (random.nextBoolean() && perPair % lanes != 0) {
            lanes = 1 + random.nextInt(perPair);
        }
        return lanes;
    }

    private static List<Frame> frames(SplittableRandom random, int count, TensorShape shape, NumberFormat format) {
        List<Frame> frames = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            int[] words = DrawnGeometry.words(random, shape.words(), (int) format.min(), (int) format.max());
            if (random.nextInt(4) == 0) {
                Arrays.fill(words, (int) (random.nextBoolean() ? format.min() : format.max()));
            }
            frames.add(new Frame(shape, words));
        }
        return frames;
    }

    /** Inputs of a batch. */
    public List<Frame> inputs(int batch) {
        return inputs.subList(batch * frames, (batch + 1) * frames);
    }

    /** Errors of a batch. */
    public List<Frame> errors(int batch) {
        return errors.subList(batch * frames, (batch + 1) * frames);
    }

    /** Batches. */
    public int batches() {
        return inputs.size() / frames;
    }
}
