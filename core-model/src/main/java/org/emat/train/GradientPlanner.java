package org.emat.train;

import java.util.ArrayList;
import java.util.List;
import org.emat.arch.Architecture.Mapping;
import org.emat.arch.Architecture.OnePixel;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.train.GradientPlan.Form;
import org.emat.train.GradientPlan.Pair;
import org.emat.window.Tap;
import org.emat.window.WindowAxis;
import org.emat.window.WindowPlan;
import org.emat.window.WindowPlanner;

/**
 * Plans weight gradients. {@link Form#ZERO_FREE} walks the windows and output blocks of the forward layer; {@link
 * Form#ZERO_INSERTING} is the textbook convolution with a dilated kernel, for comparison.
 *
 * @param form how the products are formed
 * @param onePixel how a layer with a one-pixel input walks
 * @param lanes products per cycle, at least 1
 * @param batch most frames of a batch, at least 1
 */
public record GradientPlanner(Form form, OnePixel onePixel, int lanes, int batch) {
    private static final int ACCUMULATOR_LIMIT = 62;

    /**
     * The plan of a layer's gradient.
     *
     * @param name identifier of the design in Verilog
     * @param input format of the forward input
     * @param error format of the error of the forward sums
     * @throws IllegalArgumentException if an accumulator would exceed 62 bits
     */
    public GradientPlan plan(String name, LayerGeometry forward, NumberFormat input, NumberFormat error) {
        if (form == Form.ZERO_FREE || forward.operator() == Operator.DENSE) {
            return walk(name, forward, forwardSteps(forward), input, error);
        }
        boolean exchanged = forward.operator() == Operator.TRANSPOSED_CONVOLUTION;
        LayerGeometry walked = exchanged ? new ErrorLayer(forward).geometry() : forward;
        WindowPlan plan = dilated(walked);
        Operand window = new Operand(walked.input(), exchanged ? error : input, plan.vertical(), plan.horizontal());
        Operand block = new Operand(
                walked.output(),
                exchanged ? input : error,
                stretched(
                        plan.vertical(),
                        walked.vertical().stride(),
                        walked.output().height()),
                stretched(
                        plan.horizontal(),
                        walked.horizontal().stride(),
                        walked.output().width()));
        return plan(name, forward, window, block, exchanged, pairs(plan));
    }

    /**
     * The plan of a layer's gradient whose words come in the order of the layer's own weights, as its update takes them.
     * Of a transposed convolution, {@link Form#ZERO_INSERTING} is then the gradient of the convolution over the
     * zero-inserted input that such a layer is in the textbook: a step per output pixel.
     *
     * @param name identifier of the design in Verilog
     * @param input format of the forward input
     * @param error format of the error of the forward sums
     * @throws IllegalArgumentException if an accumulator would exceed 62 bits
     */
    public GradientPlan inOrder(String name, LayerGeometry forward, NumberFormat input, NumberFormat error) {
        if (form == Form.ZERO_FREE || forward.operator() != Operator.TRANSPOSED_CONVOLUTION) {
            return plan(name, forward, input, error);
        }
        return walk(name, forward, new WindowPlanner(Mapping.ZERO_INSERTION, onePixel).plan(forward), input, error);
    }

    /** The gradient by the steps of the forward layer. */
    private GradientPlan walk(
            String name, LayerGeometry forward, WindowPlan plan, NumberFormat input, NumberFormat error) {
        Operand window = new Operand(forward.input(), input, plan.vertical(), plan.horizontal());
        Operand block = new Operand(forward.output(), error, blocks(plan.vertical()), blocks(plan.horizontal()));
        return plan(name, forward, window, block, false, pairs(plan));
    }

    /** A one-pixel input whose every product is cropped away has no pair as one step; by windows each tap has one. */
    private WindowPlan forwardSteps(LayerGeometry forward) {
        WindowPlan plan = new WindowPlanner(Mapping.PHASE, onePixel).plan(forward);
        boolean empty = plan.phases().stream().allMatch(List::isEmpty);
        return empty ? new WindowPlanner(Mapping.PHASE, OnePixel.WINDOW).plan(forward) : plan;
    }

    private GradientPlan plan(
            String name, LayerGeometry forward, Operand window, Operand block, boolean exchanged, List<Pair> pairs) {
        Operand error = exchanged ? window : block;
        int bits = accumulatorBits(window, block, error);
        if (bits > ACCUMULATOR_LIMIT) {
            throw new IllegalArgumentException("the gradient of '" + name + "' needs accumulators of " + bits
                    + " bits; at most " + ACCUMULATOR_LIMIT + " are supported");
        }
        return new GradientPlan(name, forward, form, window, block, exchanged, pairs, lanes, batch, bits);
    }

    /** The output pixels of each step, as windows over the error. */
    private static WindowAxis blocks(WindowAxis axis) {
        return new WindowAxis(axis.steps(), axis.block(), 1, axis.block(), 0, 1, axis.output(), axis.steps());
    }

    private static WindowAxis stretched(WindowAxis axis, int stride, int real) {
        return new WindowAxis(axis.steps(), 1, 1, 1, 0, stride, real, axis.steps());
    }

    /** The windows of a convolution at stride 1 that a kernel with inserted zeros, the stretched output, slides along. */
    private static WindowPlan dilated(LayerGeometry convolution) {
        WindowPlan strided = new WindowPlanner(Mapping.PHASE, OnePixel.WINDOW).plan(convolution);
        return new WindowPlan(unit(strided.vertical()), unit(strided.horizontal()), strided.phases());
    }

    private static WindowAxis unit(WindowAxis strided) {
        int positions = (strided.output() - 1) * strided.advance() + 1;
        return new WindowAxis(positions, 1, 1, strided.window(), strided.origin(), 1, strided.input(), positions);
    }

    private static List<Pair> pairs(WindowPlan plan) {
        List<Pair> pairs = new ArrayList<>();
        int width = plan.horizontal().block();
        for (int phase = 0; phase < plan.phases().size(); phase++) {
            for (Tap tap : plan.phases().get(phase)) {
                pairs.add(new Pair(tap.windowY(), tap.windowX(), phase / width, phase % width, tap.kernelIndex()));
            }
        }
        return pairs;
    }

    /** A weight gets at most one product per step, a bias one error per pixel; both hold the worst case of a batch. */
    private int accumulatorBits(Operand window, Operand block, Operand error) {
        double steps = (double) window.vertical().steps() * window.horizontal().steps();
        double products = magnitude(window.format()) * magnitude(block.format()) * steps;
        TensorShape shape = error.shape();
        double errors = magnitude(error.format()) * shape.height() * shape.width();
        return 2 + Math.getExponent(Math.max(1, Math.max(products, errors) * batch));
    }

    private static double magnitude(NumberFormat format) {
        return Math.max(-(double) format.min(), format.max());
    }
}
