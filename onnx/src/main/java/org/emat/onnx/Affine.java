package org.emat.onnx;

import java.util.Arrays;
import java.util.Optional;
import org.emat.network.TensorShape;

/**
 * A scale and a shift of the words of a frame, from batch normalisation or an added bias.
 *
 * @param scale factors: one, one per channel, or one per word in the order of planes (C × H × W)
 * @param shift what is added afterwards, as many
 */
record Affine(double[] scale, double[] shift) {

    /** First this, then another; both over frames of the given number of words. */
    Affine then(Affine next, int words) {
        int size = Math.max(scale.length, next.scale.length);
        if (size % scale.length != 0 || size % next.scale.length != 0) {
            size = words;
        }
        double[] newScale = new double[size];
        double[] newShift = new double[size];
        for (int i = 0; i < size; i++) {
            int a = (int) ((long) i * scale.length / size);
            int b = (int) ((long) i * next.scale.length / size);
            newScale[i] = scale[a] * next.scale[b];
            newShift[i] = shift[a] * next.scale[b] + next.shift[b];
        }
        return new Affine(newScale, newShift);
    }

    /** Factor of a word of a frame in the order of planes. */
    double scaleAt(int word, int words) {
        return scale[(int) ((long) word * scale.length / words)];
    }

    /** Shift of a word of a frame in the order of planes. */
    double shiftAt(int word, int words) {
        return shift[(int) ((long) word * shift.length / words)];
    }

    /** The same with one entry per channel; nothing when pixels of a channel differ. */
    Optional<Affine> perChannel(TensorShape shape) {
        double[] newScale = new double[shape.channels()];
        double[] newShift = new double[shape.channels()];
        for (int channel = 0; channel < shape.channels(); channel++) {
            newScale[channel] = scaleAt(channel * shape.pixels(), shape.words());
            newShift[channel] = shiftAt(channel * shape.pixels(), shape.words());
        }
        Affine channels = new Affine(newScale, newShift);
        boolean even = shape.channels() % scale.length == 0;
        for (int word = 0; !even && word < shape.words(); word++) {
            if (channels.scaleAt(word, shape.words()) != scaleAt(word, shape.words())
                    || channels.shiftAt(word, shape.words()) != shiftAt(word, shape.words())) {
                return Optional.empty();
            }
        }
        return Optional.of(channels);
    }

    /** Whether nothing is added. */
    boolean isScale() {
        return Arrays.stream(shift).allMatch(value -> value == 0);
    }
}
