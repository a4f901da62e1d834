package org.emat.train.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emat.network.LayerGeometry;
import org.emat.reference.TextbookBackward;
import org.emat.reference.TextbookLayer;

/**
 * One step of a training by its definition: one image after the other, textbook loops, arbitrary rounding written out. It
 * shares the records of numbers with the trainer, and nothing else.
 */
final class PlainGan {
    private final GanPlan plan;
    private final Net generator;
    private final Net discriminator;
    private long saturatedActivations;
    private long saturatedErrors;
    private long saturatedMomenta;
    private long saturatedWeights;
    private long written;
    private long kept;
    long realLoss;
    long fakeLoss;
    long generatorLoss;

    /** A network's numbers. */
    private final class Net {
        final List<TrainedLayer> layers;
        final int[][] parameters;
        final int[][] momenta;
        final long[] activationMaxima;
        final long[] errorMaxima;
        final long[] rounding;
        final long[] seenActivations;
        final long[] seenErrors;
        final Map<Integer, PlainNormal> normals = new TreeMap<>(); // of the normalised layers
        long[][] gradients;
        int[] exponents;

        Net(List<TrainedLayer> layers, NetworkState state) {
            this.layers = layers;
            parameters = Arrays.stream(state.parameters()).map(int[]::clone).toArray(int[][]::new);
            momenta = Arrays.stream(state.momenta()).map(int[]::clone).toArray(int[][]::new);
            activationMaxima = state.activationMaxima().clone();
            errorMaxima = state.errorMaxima().clone();
            rounding = state.rounding().clone();
            seenActivations = new long[layers.size()];
            seenErrors = new long[layers.size()];
            gradients = new long[layers.size()][];
            exponents = new int[layers.size()];
            for (int i = 0; i < layers.size(); i++) {
                gradients[i] = new long[parameters[i].length];
                if (layers.get(i).normalised()) {
                    NormalisationState normal = state.normalisations().get(normals.size());
                    normals.put(i, new PlainNormal(plan.format(), normal));
                }
            }
        }

        int activationExponent(int layer) {
            return exponent(activationMaxima[layer], plan.format().activationBits());
        }

        int errorExponent(int layer) {
            return exponent(errorMaxima[layer], plan.format().errorBits());
        }

        int outputExponent(int layer) {
            return table(layers.get(layer)) ? plan.format().activationBits() - 2 : activationExponent(layer);
        }

        int[] weights(int layer) {
            return Arrays.copyOf(parameters[layer], layers.get(layer).geometry().weightCount());
        }

        NetworkState end() {
            for (int i = 0; i < layers.size(); i++) {
                activationMaxima[i] = decayed(activationMaxima[i], seenActivations[i]);
                errorMaxima[i] = decayed(errorMaxima[i], seenErrors[i]);
            }
            List<NormalisationState> after =
                    normals.values().stream().map(PlainNormal::end).toList();
            return new NetworkState(parameters, momenta, activationMaxima, errorMaxima, rounding, after);
        }

        private long decayed(long maximum, long seen) {
            return Math.max(seen, maximum - maximum / (1L << plan.format().scaleDecay()));
        }
    }

    PlainGan(GanPlan plan, GanState state) {
        this.plan = plan;
        generator = new Net(plan.generator(), state.generator());
        discriminator = new Net(plan.discriminator(), state.discriminator());
    }

    private static boolean table(TrainedLayer layer) {
        return layer.response() instanceof Response.Tabled;
    }

    /** The largest e from 0 to 30 with maximum · 2^e below 2^(bits − 2). */
    static int exponent(long maximum, int bits) {
        int e = 30;
        while (e > 0 && Math.scalb((double) maximum, e - 32) >= Math.scalb(1.0, bits - 2)) {
            e--;
        }
        return e;
    }

    /** Half to even, by decimals. */
    static long divide(long value, int shift) {
        java.math.BigDecimal exact = new java.math.BigDecimal(value);
        java.math.BigDecimal divisor = shift >= 0
                ? new java.math.BigDecimal(java.math.BigInteger.ONE.shiftLeft(shift))
                : java.math.BigDecimal.ONE.divide(new java.math.BigDecimal(java.math.BigInteger.ONE.shiftLeft(-shift)));
        return exact.divide(divisor, 0, java.math.RoundingMode.HALF_EVEN).longValueExact();
    }

    static long clamp(long value, int bits) {
        return Math.max(-(1L << (bits - 1)), Math.min((1L << (bits - 1)) - 1, value));
    }

    /** Magnitude in units of 2^−32, rounded up; at most 2^62, as maxima are kept. */
    static long magnitude(long sum, int exponent) {
        return (long) Math.min(0x1p62, Math.ceil(Math.scalb((double) Math.abs(sum), 32 - exponent)));
    }

    /** Words of every layer, the input first. */
    private List<int[]> forward(Net net, int[] input, int inputExponent) {
        List<int[]> words = new ArrayList<>(List.of(input));
        int exponent = inputExponent;
        for (int l = 0; l < net.layers.size(); l++) {
            TrainedLayer layer = net.layers.get(l);
            LayerGeometry shape = layer.geometry();
            long[] sums = TextbookLayer.sums(shape, net.weights(l), words.get(l));
            int[] output = new int[sums.length];
            int sumExponent = exponent + plan.format().weightFraction();
            for (int i = 0; i < sums.length; i++) {
                int channels = shape.output().channels();
                int index = shape.scaleIndex(i / channels, i % channels);
                int bias = net.parameters[l][shape.weightCount() + index];
                long sum = sums[i] + bias * (1L << exponent);
                int at = sumExponent;
                if (layer.normalised()) {
                    PlainNormal normal = net.normals.get(l);
                    saturatedActivations += normal.look(index, sums[i], sumExponent);
                    saturatedActivations += normal.overflows(index, sums[i], sumExponent) ? 1 : 0;
                    long gain = net.parameters[l][shape.weightCount() + shape.scaleCount() + index];
                    int fraction = plan.format().activationBits() - 4;
                    sum = normal.normal(index, sums[i], sumExponent) * gain + bias * (1L << fraction);
                    at = fraction + plan.format().weightFraction();
                }
                net.seenActivations[l] = Math.max(net.seenActivations[l], magnitude(sum, at));
                output[i] = respond(layer.response(), sum, at, net.activationExponent(l));
            }
            words.add(output);
            exponent = net.outputExponent(l);
        }
        return words;
    }

    private int respond(Response response, long sum, int sumExponent, int exponent) {
        if (response instanceof Response.Tabled tabled) {
            boolean tanh = tabled.curve() == Response.Curve.TANH;
            int fraction = tanh ? 9 : 8;
            long index = divide(sum, sumExponent - fraction);
            double x = clamp(index, 12) / (double) (1 << fraction);
            double y = tanh ? StrictMath.tanh(x) : 1 / (1 + StrictMath.exp(-x));
            return (int) Math.rint(y * (1 << (plan.format().activationBits() - 2)));
        }
        long value = divide(sum, sumExponent - exponent);
        long word = clamp(value, plan.format().activationBits());
        saturatedActivations += value == word ? 0 : 1;
        if (word < 0 && response instanceof Response.Relu) {
            return 0;
        }
        return (int) (word < 0 && response instanceof Response.LeakyRelu leaky ? divide(word, leaky.shift()) : word);
    }

    private long slope(Response response, long error, int output) {
        if (response instanceof Response.Tabled tabled) {
            int fraction = plan.format().activationBits() - 2;
            long one = 1L << fraction;
            long slope = tabled.curve() == Response.Curve.TANH
                    ? (one - output) * (one + output)
                    : one * output - (long) output * output;
            return divide(error * slope, 2 * fraction);
        }
        if (response instanceof Response.Linear || output > 0) {
            return error;
        }
        return response instanceof Response.LeakyRelu leaky ? divide(error, leaky.shift()) : 0;
    }

    /** The error of the input, before its own scale, from that of the output; gradients are summed where they are wanted. */
    private long[] backward(Net net, List<int[]> words, long error, int exponent, int inputExponent, boolean learn) {
        return backward(net, words, new long[] {error}, exponent, inputExponent, learn);
    }

    private long[] backward(
            Net net, List<int[]> words, long[] output, int outputExponent, int inputExponent, boolean learn) {
        long[] errors = output;
        int exponent = outputExponent;
        for (int l = net.layers.size() - 1; l >= 0; l--) {
            LayerGeometry shape = net.layers.get(l).geometry();
            int[] back = new int[errors.length];
            for (int i = 0; i < back.length; i++) {
                back[i] = (int) slope(net.layers.get(l).response(), errors[i], words.get(l + 1)[i]);
            }
            TextbookBackward textbook = new TextbookBackward(shape);
            int before = l == 0 ? inputExponent : net.outputExponent(l - 1);
            if (net.layers.get(l).normalised()) {
                exponent = backThroughNormal(net, l, words.get(l), back, exponent, before, learn);
            }
            if (learn) {
                long[] gradient = new long[shape.weightCount()];
                textbook.addGradient(words.get(l), back, gradient);
                for (int i = 0; i < gradient.length; i++) {
                    net.gradients[l][i] += gradient[i];
                }
                for (int i = 0; i < back.length && !net.layers.get(l).normalised(); i++) {
                    int channels = shape.output().channels();
                    net.gradients[l][shape.weightCount() + shape.scaleIndex(i / channels, i % channels)] +=
                            back[i] * (1L << before);
                }
                net.exponents[l] = before + exponent;
            }
            long[] sums = textbook.error(net.weights(l), back);
            exponent += plan.format().weightFraction();
            if (l > 0) {
                errors = rescaled(net, l - 1, sums, exponent);
                exponent = net.errorExponent(l - 1);
            } else {
                errors = sums;
            }
        }
        firstExponent = exponent;
        return errors;
    }

    private int firstExponent;

    /** Errors become those of the sums, their exponent is the result; biases and gains are learnt before. */
    private int backThroughNormal(
            Net net, int l, int[] inputs, int[] back, int exponent, int inputExponent, boolean learn) {
        LayerGeometry shape = net.layers.get(l).geometry();
        PlainNormal normal = net.normals.get(l);
        int fraction = plan.format().weightFraction();
        int channels = shape.output().channels();
        long[] sums = TextbookLayer.sums(shape, net.weights(l), inputs);
        normal.errorsBegin(exponent);
        for (int i = 0; i < back.length; i++) {
            int index = shape.scaleIndex(i / channels, i % channels);
            int gain = shape.weightCount() + shape.scaleCount() + index;
            if (learn) {
                net.gradients[l][shape.weightCount() + index] += back[i];
                net.gradients[l][gain] += back[i] * normal.normal(index, sums[i], inputExponent + fraction);
            }
            saturatedErrors += normal.errorOverflows(index, (long) back[i] * net.parameters[l][gain]) ? 1 : 0;
            back[i] = (int) normal.error(index, (long) back[i] * net.parameters[l][gain]);
        }
        if (learn) {
            normal.outputErrorExponent = exponent;
        }
        return normal.errorExponent();
    }

    private long[] rescaled(Net net, int tensor, long[] sums, int exponent) {
        long[] words = new long[sums.length];
        for (int i = 0; i < sums.length; i++) {
            net.seenErrors[tensor] = Math.max(net.seenErrors[tensor], magnitude(sums[i], exponent));
            long value = divide(sums[i], exponent - net.errorExponent(tensor));
            words[i] = clamp(value, plan.format().errorBits());
            saturatedErrors += value == words[i] ? 0 : 1;
        }
        return words;
    }

    /** Derivative of the loss, from real numbers: target and sign are 1 for real, −1 for fake in the hinge loss. */
    private long lossError(int score, boolean wantReal, boolean generating) {
        double s = Math.scalb((double) score, -discriminator.outputExponent(discriminator.layers.size() - 1));
        int fraction = lossFraction();
        double one = 1 << fraction;
        double sigmoid = 1 / (1 + StrictMath.exp(-index(s) / 256.0));
        double error = switch (plan.loss()) {
            case HINGE -> generating ? -one : wantReal ? (s < 1 ? -one : 0) : (s > -1 ? one : 0);
            case LEAST_SQUARES -> Math.rint(s * one) - (wantReal ? one : 0);
            case BINARY_CROSS_ENTROPY -> Math.rint(sigmoid * one) - (wantReal ? one : 0);
        };
        long word = clamp((long) error, plan.format().errorBits());
        saturatedErrors += word == (long) error ? 0 : 1;
        double rounded = Math.rint(s * 65536) / 65536;
        double loss = switch (plan.loss()) {
            case HINGE -> generating ? -rounded : Math.max(0, wantReal ? 1 - rounded : 1 + rounded);
            case LEAST_SQUARES -> Math.scalb((double) (word * word), -2 * fraction - 1);
            case BINARY_CROSS_ENTROPY -> StrictMath.log1p(StrictMath.exp(index(wantReal ? -s : s) / 256.0));
        };
        long fixed = (long) Math.rint(loss * 65536);
        if (generating) {
            generatorLoss += fixed;
        } else if (wantReal) {
            realLoss += fixed;
        } else {
            fakeLoss += fixed;
        }
        return word;
    }

    private static double index(double score) {
        return Math.max(-2048, Math.min(2047, Math.rint(score * 256)));
    }

    private int lossFraction() {
        return plan.format().errorBits() - (plan.loss() == Loss.LEAST_SQUARES ? 4 : 2);
    }

    /**
     * A step on given latents and images; the state after it, but for the registers that drew them.
     *
     * @param reference latents and images that normalise
     */
    GanState step(GanState state, int[][] latents, int[][] real, TrainingBatch reference) {
        int latent = plan.format().activationBits() - 4;
        int image = plan.format().activationBits() - 2;
        List<List<int[]>> fakes = new ArrayList<>();
        List<List<int[]>> judged = new ArrayList<>();
        for (int i = 0; i < plan.batch(); i++) {
            List<int[]> made = forward(generator, latents[i], latent);
            fakes.add(made);
            learn(real[i], image, true);
            judged.add(learn(made.get(made.size() - 1), image, false));
        }
        if (!plan.computationSharing()) {
            update(discriminator, state.step());
        }
        for (int i = 0; i < plan.batch(); i++) {
            List<int[]> made = fakes.get(i);
            List<int[]> seen = plan.computationSharing()
                    ? judged.get(i)
                    : forward(discriminator, made.get(made.size() - 1), image);
            long error = lossError(seen.get(seen.size() - 1)[0], true, true);
            long[] sums = backward(discriminator, seen, error, lossFraction(), image, false);
            int last = generator.layers.size() - 1;
            long[] errors = rescaled(generator, last, sums, firstExponent);
            backward(generator, made, errors, generator.errorExponent(last), latent, true);
        }
        if (plan.computationSharing()) {
            update(discriminator, state.step());
        }
        update(generator, state.step());
        refer(generator, reference.latents(), latent);
        refer(discriminator, reference.real(), image);
        TrainingCounts counts = new TrainingCounts(
                saturatedActivations, saturatedErrors, saturatedMomenta, saturatedWeights, written, kept);
        return new GanState(
                state.step() + 1,
                generator.end(),
                discriminator.end(),
                0,
                0,
                state.counts().plus(counts));
    }

    /** The words of every layer. */
    private List<int[]> learn(int[] picture, int exponent, boolean wantReal) {
        List<int[]> seen = forward(discriminator, picture, exponent);
        long error = lossError(seen.get(seen.size() - 1)[0], wantReal, false);
        backward(discriminator, seen, error, lossFraction(), exponent, true);
        return seen;
    }

    private void refer(Net net, int[][] frames, int exponent) {
        if (net.layers.stream().anyMatch(TrainedLayer::normalised)) {
            net.normals.values().forEach(PlainNormal::gather);
            for (int[] frame : frames) {
                forward(net, frame, exponent);
            }
        }
    }

    private void update(Net net, long step) {
        int halved = 0;
        for (long from : plan.optimiser().halvings()) {
            halved += step >= from ? 1 : 0;
        }
        int batch = Integer.toBinaryString(plan.batch()).length() - 1;
        for (int l = 0; l < net.layers.size(); l++) {
            for (int i = 0; i < net.parameters[l].length; i++) {
                long v = divide((long) net.momenta[l][i] * plan.optimiser().momentum(), 15);
                v += divide(net.gradients[l][i], gradientExponent(net, l, i) + batch - 24);
                Optimiser.Factor decay = plan.optimiser().weightDecay();
                v += divide(
                        (long) net.parameters[l][i] * decay.mantissa(),
                        decay.shift() + plan.format().weightFraction() - 24);
                saturatedMomenta += v == clamp(v, 32) ? 0 : 1;
                net.momenta[l][i] = (int) clamp(v, 32);
                boolean weight = i < net.layers.get(l).geometry().weightCount();
                net.rounding[l] ^= net.rounding[l] << 13;
                net.rounding[l] ^= net.rounding[l] >>> 7;
                net.rounding[l] ^= net.rounding[l] << 17;
                int before = net.parameters[l][i];
                net.parameters[l][i] =
                        moved(before, net.momenta[l][i], halved, weight ? arrays(net, l) : 0, net.rounding[l]);
            }
        }
    }

    /** Biases that are not normalised are taken for weights of an input of 1, in the exponent of weights. */
    private int gradientExponent(Net net, int l, int i) {
        LayerGeometry shape = net.layers.get(l).geometry();
        if (!net.layers.get(l).normalised() || i < shape.weightCount()) {
            return net.exponents[l];
        }
        boolean bias = i < shape.weightCount() + shape.scaleCount();
        return net.normals.get(l).outputErrorExponent
                + (bias ? 0 : plan.format().activationBits() - 4);
    }

    private int moved(int before, int momentum, int halved, int arrays, long rounding) {
        Optimiser.Factor rate = plan.optimiser().rate();
        int shift = 24 + rate.shift() + halved - plan.format().weightFraction();
        long random = rounding >>> (64 - shift);
        long moved = before - Math.floorDiv((long) momentum * rate.mantissa() + random, 1L << shift);
        int after = (int) clamp(moved, 16);
        saturatedWeights += after == moved ? 0 : 1;
        if (arrays > 0) {
            boolean offset = plan.cells().encoding() == org.emat.arch.Architecture.Encoding.OFFSET;
            count(offset ? before + 32768 : Math.max(0, before), offset ? after + 32768 : Math.max(0, after), arrays);
            if (!offset) {
                count(Math.max(0, -before), Math.max(0, -after), arrays);
            }
        }
        return after;
    }

    /** Nobody wants the errors of latents. */
    private int arrays(Net net, int layer) {
        return net == generator && layer == 0 ? 1 : 2;
    }

    /** Cell by cell, in the forward and in the transposed array. */
    private void count(int before, int after, int arrays) {
        for (int bit = 0; bit < 16; bit += plan.cells().bits()) {
            int codes = 1 << plan.cells().bits();
            boolean same = (before >> bit) % codes == (after >> bit) % codes;
            written += same ? 0 : arrays;
            kept += same ? arrays : 0;
        }
    }
}
