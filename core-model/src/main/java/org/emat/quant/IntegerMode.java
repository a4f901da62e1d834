package org.emat.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.Activation;
import org.emat.network.InputException;
import org.emat.network.Layer;
import org.emat.network.Network;
import org.emat.network.NumberFormat;
import org.emat.network.RealFrame;

/**
 * Takes a network of whole numbers as it is: no scales, no rounding, every layer gives its accumulators plus bias.
 *
 * <p>Widths follow from the network: weights take 2 to 16 bits, the words between layers what the worst input can make of
 * them, 32 bits at most. Anything beyond is refused with an {@link InputException}.
 */
public final class IntegerMode {
    /** Widest word between layers. */
    public static final int WORD_BITS = 32;

    private static final int MOST_WEIGHT_BITS = 16;
    private static final double MOST_BIAS = 0x1p47;

    private final NumberFormat input;

    /** Integer mode over inputs of a format. */
    public IntegerMode(NumberFormat input) {
        this.input = input;
    }

    /**
     * The format of inputs: signed when a word is negative.
     *
     * @param frames the inputs
     * @param bits width, 1 to 32; the smallest that holds the inputs when empty
     */
    public static NumberFormat inputFormat(List<Frame> frames, OptionalInt bits) {
        long low = 0;
        long high = 0;
        for (Frame frame : frames) {
            for (int word : frame.words()) {
                low = Math.min(low, word);
                high = Math.max(high, word);
            }
        }
        if (bits.isEmpty()) {
            return NumberFormat.holding(low, high);
        }
        if (bits.getAsInt() < 1 || bits.getAsInt() > WORD_BITS) {
            throw new InputException(
                    "The input width is " + bits.getAsInt() + " bits; 1 to " + WORD_BITS + " are supported.");
        }
        NumberFormat format = new NumberFormat(bits.getAsInt(), low < 0);
        if (!format.holds(low) || !format.holds(high)) {
            throw new InputException("The inputs run from " + low + " to " + high + ", which " + bits.getAsInt()
                    + " bits" + (low < 0 ? " with a sign" : "") + " do not hold.");
        }
        return format;
    }

    /** The words of a frame of whole numbers; refuses fractions and numbers beyond 32 bits. */
    public static Frame words(RealFrame frame) {
        int[] words = new int[frame.words().length];
        for (int i = 0; i < words.length; i++) {
            float word = frame.words()[i];
            if (word != Math.rint(word) || Math.abs(word) >= 0x1p31f) {
                throw new InputException("The input contains " + word + "; integer mode needs whole numbers of at most "
                        + WORD_BITS + " bits.");
            }
            words[i] = (int) word;
        }
        return new Frame(frame.shape(), words);
    }

    /** The integer network that computes what the network of whole numbers defines. */
    public IntegerNetwork convert(Network network) {
        List<IntegerLayer> layers = new ArrayList<>();
        NumberFormat format = input;
        long low = input.min();
        long high = input.max();
        for (Layer layer : network.layers()) {
            int[] weights = weights(layer);
            long[] bias = bias(layer);
            Bounds bounds = clipped(layer, Bounds.of(layer, weights, bias, low, high));
            NumberFormat output = format(layer, bounds);
            layers.add(new IntegerLayer(
                    layer.name(),
                    layer.geometry(),
                    format,
                    weightBits(layer, weights),
                    weights,
                    Requantiser.exact(bias, bounds.low(), bounds.high()),
                    new IntegerActivation.Bounded(),
                    output));
            format = output;
            low = bounds.low();
            high = bounds.high();
        }
        return new IntegerNetwork(network.name(), layers);
    }

    private static int[] weights(Layer layer) {
        int[] words = new int[layer.weights().length];
        for (int i = 0; i < words.length; i++) {
            double weight = layer.weights()[i];
            if (weight != Math.rint(weight)) {
                throw refuse(layer, "weight " + weight + " is not a whole number; integer mode needs whole numbers");
            }
            if (Math.abs(weight) > 1 << MOST_WEIGHT_BITS) {
                throw refuse(layer, "weight " + weight + " needs more than " + MOST_WEIGHT_BITS + " bits");
            }
            words[i] = (int) weight;
        }
        return words;
    }

    private static long[] bias(Layer layer) {
        long[] words = new long[layer.bias().length];
        for (int i = 0; i < words.length; i++) {
            double bias = layer.bias()[i];
            if (bias != Math.rint(bias) || Math.abs(bias) > MOST_BIAS) {
                throw refuse(layer, "bias " + bias + " is not a whole number of at most 48 bits");
            }
            words[i] = (long) bias;
        }
        return words;
    }

    private static int weightBits(Layer layer, int[] weights) {
        int low = 0;
        int high = 0;
        for (int weight : weights) {
            low = Math.min(low, weight);
            high = Math.max(high, weight);
        }
        for (int bits = 2; bits <= MOST_WEIGHT_BITS; bits++) {
            NumberFormat format = new NumberFormat(bits, true);
            if (format.holds(low) && format.holds(high)) {
                return bits;
            }
        }
        throw refuse(layer, "weights from " + low + " to " + high + " need more than " + MOST_WEIGHT_BITS + " bits");
    }

    private static Bounds clipped(Layer layer, Bounds bounds) {
        if (layer.activation() instanceof Activation.None) {
            return bounds;
        }
        if (!(layer.activation() instanceof Activation.Clip clip)) {
            throw refuse(
                    layer,
                    name(layer.activation()) + " is not computed in integer mode; Relu and whole-number Clip are");
        }
        return new Bounds(clipped(layer, clip, bounds.low()), clipped(layer, clip, bounds.high()));
    }

    private static String name(Activation activation) {
        return activation instanceof Activation.Slope
                ? "LeakyRelu or PRelu"
                : activation.getClass().getSimpleName();
    }

    private static long clipped(Layer layer, Activation.Clip clip, long value) {
        for (double bound : new double[] {clip.low(), clip.high()}) {
            if (!Double.isInfinite(bound) && (bound != Math.rint(bound) || Math.abs(bound) > 0x1p53)) {
                throw refuse(layer, "clip bound " + bound + " is not a whole number");
            }
        }
        boolean below = Double.isFinite(clip.low()) && value < (long) clip.low();
        boolean above = Double.isFinite(clip.high()) && value > (long) clip.high();
        return below ? (long) clip.low() : above ? (long) clip.high() : value;
    }

    private static NumberFormat format(Layer layer, Bounds bounds) {
        if (bounds.low() < Integer.MIN_VALUE || bounds.high() > Integer.MAX_VALUE) {
            throw refuse(
                    layer,
                    "its sums can run from " + bounds.low() + " to " + bounds.high() + ", beyond the " + WORD_BITS
                            + " bits that integer mode supports; use fewer input bits or smaller weights");
        }
        return NumberFormat.holding(bounds.low(), bounds.high());
    }

    private static InputException refuse(Layer layer, String what) {
        return new InputException("Layer '" + layer.name() + "': " + what + ".");
    }
}
