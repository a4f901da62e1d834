package org.emat.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;

/**
 * A row with weights, scales and inputs, all of 8 bits and drawn from its name, so that everybody measures the same.
 *
 * <p>Weights are uniform from −127 to 127 and inputs over their whole format. Between the layers of a forward chain
 * stands ReLU, so that hidden words are unsigned; the last layer's words, and all words of an error, are signed.
 * Scales follow from the expected size of the sums: with <em>n</em> products a sum on the mean, weights of mean
 * square <em>W</em> and inputs of mean square <em>X</em>, a sum has deviation σ = √(n·W·X), and 3σ becomes the
 * largest output word. So few words saturate and few vanish, however deep the chain. X is that of the first frame for
 * the first layer, and behind it what follows from the layer before. Biases are uniform within ±σ/4.
 *
 * <p>Nothing is kept: each call draws anew. The largest row takes 0.2 GB while it is in use.
 */
public final class SeededRow {
    /** Weights and words have this many bits. */
    public static final int BITS = 8;

    private static final NumberFormat SIGNED = new NumberFormat(BITS, true);
    private static final NumberFormat UNSIGNED = new NumberFormat(BITS, false);
    private static final int WEIGHT = 127;
    private static final double DEVIATIONS = 3;
    private static final double BIAS_DEVIATIONS = 0.25;

    private final Row row;

    /**
     * A row with its data.
     *
     * @throws IllegalArgumentException if no design can be made of it
     */
    public SeededRow(Row row) {
        if (!row.runnable()) {
            throw new IllegalArgumentException(
                    "row '" + row.name() + "' has layers of 3 dimensions and can only be predicted");
        }
        this.row = row;
    }

    /**
     * The integer network of the row's chain.
     *
     * @throws IllegalStateException if the row is of a gradient, which is no chain
     */
    public IntegerNetwork network() {
        if (row.pass() == Pass.GRADIENT) {
            throw new IllegalStateException("row '" + row.name() + "' is of a gradient; its layers have two operands");
        }
        List<IntegerLayer> layers = new ArrayList<>();
        double meanSquare = meanSquare(inputs(0, 0).words());
        for (int layer = 0; layer < row.layers().size(); layer++) {
            NumberFormat output = output(layer);
            layers.add(layer(layer, meanSquare, output));
            double deviation = output.max() / DEVIATIONS;
            meanSquare = deviation * deviation / (output.signed() ? 1 : 2);
        }
        return new IntegerNetwork(row.name(), layers);
    }

    private IntegerLayer layer(int index, double meanSquare, NumberFormat output) {
        LayerShape shape = row.layers().get(index);
        LayerGeometry geometry = shape.geometry();
        double products = (double) shape.usefulMacs() / geometry.output().words();
        double deviation = Math.sqrt(products * WEIGHT * (WEIGHT + 1) / 3.0 * meanSquare);
        return new IntegerLayer(
                row.network().name() + " " + index,
                geometry,
                input(index),
                BITS,
                words("weights", index, geometry.weightCount(), -WEIGHT, WEIGHT),
                requantiser(index, geometry.scaleCount(), deviation, output),
                new IntegerActivation.Bounded(),
                output);
    }

    private Requantiser requantiser(int index, int scales, double deviation, NumberFormat output) {
        int reach = (int) (deviation * BIAS_DEVIATIONS);
        long[] bias = Arrays.stream(words("bias", index, scales, -reach, reach))
                .asLongStream()
                .toArray();
        double ratio = output.max() / (DEVIATIONS * deviation);
        int shift = Requantiser.MULTIPLIER_BITS - 1 - Math.getExponent(ratio);
        int[] multipliers = new int[scales];
        int[] shifts = new int[scales];
        Arrays.fill(multipliers, (int) Math.scalb(ratio, shift));
        Arrays.fill(shifts, shift);
        return new Requantiser(bias, multipliers, shifts, output.min(), output.max());
    }

    /** Input frames of the first layer. */
    public List<Frame> frames(int count) {
        List<Frame> frames = new ArrayList<>();
        for (int frame = 0; frame < count; frame++) {
            frames.add(inputs(0, frame));
        }
        return frames;
    }

    /** Input frame of any layer by itself, such as the forward operand of its gradient. */
    public Frame inputs(int layer, int frame) {
        LayerGeometry geometry = row.layers().get(layer).geometry();
        NumberFormat format = input(layer);
        int[] words = words("inputs " + frame, layer, geometry.input().words(), (int) format.min(), (int) format.max());
        return new Frame(geometry.input(), words);
    }

    /** Signed errors of the outputs of a layer, the backward operand of its gradient. */
    public Frame errors(int layer, int frame) {
        LayerGeometry geometry = row.layers().get(layer).geometry();
        int[] words =
                words("errors " + frame, layer, geometry.output().words(), (int) SIGNED.min(), (int) SIGNED.max());
        return new Frame(geometry.output(), words);
    }

    /** Format of the input words of a layer. */
    public NumberFormat input(int layer) {
        if (layer > 0) {
            return output(layer - 1);
        }
        return row.signedInput() ? SIGNED : UNSIGNED;
    }

    private NumberFormat output(int layer) {
        boolean hidden = layer < row.layers().size() - 1;
        return hidden && row.pass() != Pass.ERROR ? UNSIGNED : SIGNED;
    }

    private int[] words(String what, int layer, int count, int low, int high) {
        return new SeededWords(row.name() + "/" + layer + "/" + what).draw(count, low, high);
    }

    private static double meanSquare(int[] words) {
        double sum = 0;
        for (int word : words) {
            sum += (double) word * word;
        }
        return Math.max(1, sum / words.length);
    }
}
