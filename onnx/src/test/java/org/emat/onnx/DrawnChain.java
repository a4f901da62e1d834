package org.emat.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A random chain of layers as an ONNX file, drawn from a seed; the draw covers what the import supports. */
final class DrawnChain {
    private static final int LARGEST = 14;
    private static final List<String> AUTO_PADS = List.of("SAME_UPPER", "SAME_LOWER", "VALID");

    private final SplittableRandom random;
    private final boolean whole;
    private final OnnxBuilder builder;
    private final int opset;
    private final List<String> story = new ArrayList<>();
    private int spatial;
    private int channels;
    private int[] size;
    private int names;
    private boolean open;
    private boolean reshaped;

    /**
     * Draws a chain.
     *
     * @param whole only whole numbers and the operators of integer mode
     */
    DrawnChain(long seed, boolean whole) {
        this.random = new SplittableRandom(seed);
        this.whole = whole;
        this.opset = new int[] {9, 11, 13, 17}[random.nextInt(4)];
        this.builder = new OnnxBuilder(opset);
        spatial = random.nextInt(5) == 0 ? 1 : 2;
        start();
        int layers = 1 + random.nextInt(whole ? 2 : 3);
        boolean dense = random.nextInt(3) == 0;
        for (int i = 0; i < layers; i++) {
            convolution();
            follow(dense || i < layers - 1);
        }
        if (dense) {
            dense();
        }
    }

    OnnxBuilder builder() {
        return builder;
    }

    /** What was drawn, for failure messages. */
    @Override
    public String toString() {
        return "opset " + opset + ": " + String.join(" | ", story) + "\n"
                + builder.model().getGraph().getNodeList().stream()
                        .map(node -> node.getOpType() + node.getInputList() + "->" + node.getOutput(0))
                        .toList();
    }

    private void start() {
        channels = 1 + random.nextInt(6);
        size = new int[] {spatial == 1 ? 1 : 1 + random.nextInt(7), 1 + random.nextInt(7)};
        int words = channels * size[0] * size[1];
        int kind = random.nextInt(6);
        long batch = random.nextBoolean() ? -1 : 1;
        if (kind == 0) {
            builder.input("x", batch, words);
            reshapeTo();
        } else if (kind == 1) {
            int features = 1 + random.nextInt(9);
            builder.input("x", batch, features);
            gemm(features, words);
            reshaped = true;
            follow(new int[] {words}, false);
            reshaped = false;
            reshapeTo();
        } else {
            builder.input("x", dims(batch));
        }
        story.add("input " + channels + "x" + size[0] + "x" + size[1] + " kind " + kind);
        if (kind > 1 && !whole && random.nextInt(4) == 0) {
            normalise(false);
        }
        if (kind > 1 && random.nextInt(6) == 0) {
            builder.node("Identity", List.of());
        }
    }

    private long[] dims(long batch) {
        return spatial == 1 ? new long[] {batch, channels, size[1]} : new long[] {batch, channels, size[0], size[1]};
    }

    private void reshapeTo() {
        String name = "shape" + names++;
        long[] target = dims(random.nextBoolean() ? 0 : -1);
        if (target[0] == 0 && random.nextBoolean()) {
            target[target.length - 1] = -1;
        }
        if (random.nextBoolean()) {
            String data = builder.last();
            builder.nodeOf("Constant", List.of(), "value", OnnxBuilder.whole("t", target, target.length));
            name = builder.last();
            builder.from(data);
        } else {
            builder.constant(name, target, target.length);
        }
        builder.node("Reshape", List.of(name));
        story.add("reshape " + java.util.Arrays.toString(target));
    }

    private void convolution() {
        boolean transposed = random.nextBoolean();
        for (int attempt = 0; ; attempt++) {
            String auto = random.nextInt(3) == 0 ? AUTO_PADS.get(random.nextInt(3)) : "";
            DrawnAxis[] axes = {DrawnAxis.draw(random, transposed, auto), DrawnAxis.draw(random, transposed, auto)};
            boolean shaped = transposed && auto.isEmpty() && random.nextInt(4) == 0;
            int[] out = new int[2];
            boolean usable = true;
            for (int i = 2 - spatial; i < 2; i++) {
                out[i] = axes[i].output(transposed, auto, size[i]);
                usable &= out[i] >= (shaped ? size[i] : 1) && out[i] <= LARGEST;
            }
            if (spatial == 1) {
                out[0] = 1;
            }
            if (usable || attempt > 500) {
                add(transposed, axes, auto, shaped, out);
                return;
            }
        }
    }

    private void add(boolean transposed, DrawnAxis[] axes, String auto, boolean shaped, int[] out) {
        int groups = random.nextInt(3) == 0 ? divisor(channels) : 1;
        int outputs = groups * (1 + random.nextInt(4));
        List<Object> attributes = new ArrayList<>();
        put(attributes, "strides", axes, DrawnAxis::stride);
        put(attributes, "dilations", axes, DrawnAxis::dilation);
        if (random.nextBoolean()) {
            put(attributes, "kernel_shape", axes, DrawnAxis::kernel);
        }
        if (groups > 1 || random.nextBoolean()) {
            attributes.addAll(List.of("group", (long) groups));
        }
        if (!auto.isEmpty()) {
            attributes.addAll(List.of("auto_pad", auto));
        } else if (!shaped) {
            attributes.addAll(List.of("pads", pads(axes)));
        }
        if (transposed) {
            put(attributes, "output_padding", axes, DrawnAxis::outputPadding);
        }
        if (shaped) {
            attributes.addAll(
                    List.of("output_shape", spatial == 1 ? new long[] {out[1]} : new long[] {out[0], out[1]}));
        }
        int kernel = (spatial == 1 ? 1 : axes[0].kernel()) * axes[1].kernel();
        int groupInputs = channels / groups;
        int first = transposed ? channels : outputs;
        int second = transposed ? outputs / groups : groupInputs;
        long[] dims = spatial == 1
                ? new long[] {first, second, axes[1].kernel()}
                : new long[] {first, second, axes[0].kernel(), axes[1].kernel()};
        List<String> others = new ArrayList<>();
        others.add(builder.constant("w" + names++, values(first * second * kernel), dims));
        if (random.nextBoolean()) {
            others.add(builder.constant("b" + names++, values(outputs), outputs));
        }
        builder.node(transposed ? "ConvTranspose" : "Conv", others, attributes.toArray());
        story.add((transposed ? "ConvTranspose " : "Conv ") + java.util.Arrays.toString(axes) + " groups " + groups
                + " outputs " + outputs + " " + auto + (shaped ? "output_shape" : "") + " -> " + out[0] + "x" + out[1]);
        channels = outputs;
        size = out;
        open = true;
    }

    private void put(
            List<Object> attributes,
            String name,
            DrawnAxis[] axes,
            java.util.function.ToLongFunction<DrawnAxis> value) {
        attributes.add(name);
        attributes.add(
                spatial == 1
                        ? new long[] {value.applyAsLong(axes[1])}
                        : new long[] {value.applyAsLong(axes[0]), value.applyAsLong(axes[1])});
    }

    private long[] pads(DrawnAxis[] axes) {
        return spatial == 1
                ? new long[] {axes[1].begin(), axes[1].end()}
                : new long[] {axes[0].begin(), axes[1].begin(), axes[0].end(), axes[1].end()};
    }

    private int divisor(int number) {
        List<Integer> divisors = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            if (number % i == 0) {
                divisors.add(i);
            }
        }
        return divisors.get(random.nextInt(divisors.size()));
    }

    private void follow(boolean more) {
        follow(spatial == 1 ? new int[] {channels, size[1]} : new int[] {channels, size[0], size[1]}, more);
    }

    /** What may come after a layer: an added bias, normalisation, an activation, and operators without effect. */
    private void follow(int[] axes, boolean more) {
        if (random.nextInt(4) == 0) {
            addBias(axes);
        }
        if (!whole && random.nextInt(3) == 0) {
            normalise(true, axes[0]);
        }
        activate(axes);
        if (random.nextInt(8) == 0) {
            builder.node(random.nextBoolean() ? "Identity" : "Dropout", List.of());
        }
        if (more && !whole && !open && random.nextInt(6) == 0) {
            normalise(false, axes[0]);
        }
    }

    private void addBias(int[] axes) {
        long[] dims = new long[axes.length + (random.nextBoolean() ? 1 : 0)];
        java.util.Arrays.fill(dims, 1);
        dims[dims.length - axes.length] = axes[0];
        String name = builder.constant("a" + names++, values(axes[0]), dims);
        if (random.nextBoolean()) {
            builder.node("Add", List.of(name));
        } else {
            builder.nodeOf("Add", List.of(name, builder.last()));
        }
        story.add("add");
    }

    private void normalise(boolean shifted) {
        normalise(shifted, channels);
    }

    private void normalise(boolean shifted, int count) {
        float[] variance = new float[count];
        for (int i = 0; i < count; i++) {
            variance[i] = (float) (0.2 + random.nextDouble());
        }
        List<String> inputs = List.of(
                builder.constant("s" + names++, values(count), count),
                builder.constant("o" + names++, shifted ? values(count) : new float[count], count),
                builder.constant("m" + names++, shifted ? values(count) : new float[count], count),
                builder.constant("q" + names++, variance, count));
        builder.node("BatchNormalization", inputs, "epsilon", 1e-3f);
        story.add("normalise" + (shifted ? "" : " without shift"));
    }

    private void activate(int[] axes) {
        open = false;
        String name = names++ + "";
        switch (random.nextInt(whole ? 4 : 9)) {
            case 0 -> builder.node("Relu", List.of());
            case 1 -> clip(name);
            case 4 -> builder.node("LeakyRelu", List.of(), "alpha", (float) random.nextDouble(0.5));
            case 5 -> {
                long[] dims = new long[axes.length];
                java.util.Arrays.fill(dims, 1);
                dims[0] = random.nextBoolean() && !reshaped ? axes[0] : 1;
                builder.node("PRelu", List.of(builder.constant("p" + name, values((int) dims[0]), dims)));
            }
            case 6 -> builder.node("Tanh", List.of());
            case 7 -> builder.node("Sigmoid", List.of());
            case 8 -> {
                builder.node("Relu", List.of());
                clip(name);
            }
            default -> open = true;
        }
    }

    private void clip(String name) {
        if (opset < 11) {
            builder.node("Clip", List.of(), "min", -2f, "max", 5f);
        } else if (random.nextBoolean()) {
            builder.node(
                    "Clip",
                    List.of(builder.constant("l" + name, new float[] {-2}), builder.constant("h" + name, new float[] {5
                    })));
        } else {
            builder.node("Clip", List.of("", builder.constant("h" + name, new float[] {3})));
        }
        story.add("clip");
    }

    private void dense() {
        int words = channels * size[0] * size[1];
        if (random.nextBoolean()) {
            builder.node("Flatten", List.of());
        } else {
            builder.node("Reshape", List.of(builder.constant("shape" + names++, new long[] {0, -1}, 2)));
        }
        int outputs = 1 + random.nextInt(7);
        gemm(words, outputs);
        follow(new int[] {outputs}, false);
    }

    private void gemm(int inputs, int outputs) {
        story.add("dense " + inputs + " -> " + outputs);
        if (random.nextInt(3) == 0) {
            builder.node("MatMul", List.of(builder.constant("w" + names++, values(inputs * outputs), inputs, outputs)));
            if (random.nextBoolean()) {
                builder.node("Add", List.of(builder.constant("b" + names++, values(outputs), outputs)));
            }
        } else {
            boolean turned = random.nextBoolean();
            String weights = builder.constant(
                    "w" + names++, values(inputs * outputs), turned ? outputs : inputs, turned ? inputs : outputs);
            String bias = random.nextBoolean()
                    ? builder.constant("b" + names++, values(outputs), outputs)
                    : builder.constant("b" + names++, values(1), 1);
            float alpha = whole ? 1 + random.nextInt(2) : (float) random.nextDouble(0.5, 2);
            builder.node("Gemm", List.of(weights, bias), "alpha", alpha, "beta", 2f, "transB", turned ? 1L : 0L);
        }
        open = true;
    }

    private float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = whole ? random.nextInt(-3, 4) : (float) (random.nextGaussian() * 0.5);
        }
        return values;
    }

    /**
     * One axis of a drawn kernel.
     *
     * <p>ONNX Runtime refuses dilation beside SAME pads and mishandles an output_shape below the input size, an output
     * padding not below the stride and one beside SAME pads; none of these is drawn.
     */
    record DrawnAxis(int kernel, int stride, int dilation, int begin, int end, int outputPadding) {
        static DrawnAxis draw(SplittableRandom random, boolean transposed, String auto) {
            boolean dilated = !auto.startsWith("SAME") && random.nextInt(3) == 0;
            int stride = 1 + random.nextInt(random.nextBoolean() ? 1 : 4);
            int dilation = 1 + (dilated ? random.nextInt(3) : 0);
            return new DrawnAxis(
                    1 + random.nextInt(5),
                    stride,
                    dilation,
                    random.nextInt(3),
                    random.nextInt(3),
                    transposed && !auto.startsWith("SAME") ? random.nextInt(stride) : 0);
        }

        /** Output pixels over {@code input} pixels; 0 where the kernel is not usable. */
        int output(boolean transposed, String auto, int input) {
            int extent = dilation * (kernel - 1) + 1;
            int pads = auto.isEmpty() ? begin + end : 0;
            if (transposed) {
                int natural = (input - 1) * stride + outputPadding + extent;
                boolean same = auto.startsWith("SAME");
                return same ? (natural < input * stride ? 0 : input * stride) : natural - pads;
            }
            if (auto.startsWith("SAME")) {
                int steps = (input + stride - 1) / stride;
                return (steps - 1) * stride + kernel - input < -1 ? 0 : steps;
            }
            return extent > input + pads ? 0 : (input + pads - extent) / stride + 1;
        }
    }
}
