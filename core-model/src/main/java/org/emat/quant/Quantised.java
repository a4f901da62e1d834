package org.emat.quant;

import java.util.List;
import org.emat.integer.Frame;
import org.emat.integer.IntegerNetwork;
import org.emat.network.NumberFormat;
import org.emat.network.RealFrame;

/**
 * An integer network and what its words mean.
 *
 * @param network the network
 * @param inputScale real value of one step of an input word
 * @param outputScales real value of one step of an output word of each layer
 */
public record Quantised(IntegerNetwork network, double inputScale, List<Double> outputScales) {
    public Quantised {
        outputScales = List.copyOf(outputScales);
        if (outputScales.size() != network.layers().size()) {
            throw new IllegalArgumentException("one output scale per layer is needed");
        }
    }

    /** The input words nearest to real values; values beyond the format saturate. */
    public Frame quantise(RealFrame input) {
        NumberFormat format = network.inputFormat();
        int[] words = new int[input.words().length];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) format.saturate((long) Math.rint(input.words()[i] / inputScale));
        }
        return new Frame(input.shape(), words);
    }

    /** The real values of output words. */
    public RealFrame dequantise(Frame output) {
        return dequantise(outputScales.size() - 1, output);
    }

    /** The real values of the output words of a layer. */
    public RealFrame dequantise(int layer, Frame output) {
        float[] words = new float[output.words().length];
        for (int i = 0; i < words.length; i++) {
            words[i] = (float) (output.words()[i] * outputScales.get(layer));
        }
        return new RealFrame(output.shape(), words);
    }
}
