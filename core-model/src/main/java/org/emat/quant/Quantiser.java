package org.emat.quant;

import java.util.ArrayList;
import java.util.List;
import org.emat.arch.Architecture;
import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.network.InputException;
import org.emat.network.Layer;
import org.emat.network.Network;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;

/**
 * Approximates a network of real numbers by integers of the architecture's widths.
 *
 * <p>Symmetric: weights have a step per independently scaled output, activations one per tensor. Layers are taken in
 * turn, each with the integers that the layers before it really give, so that the mean error of each output can be taken
 * out by its bias.
 */
public final class Quantiser {
    /** Words of the largest tensor that are kept over all calibration frames. */
    private static final long MOST_WORDS = 1L << 24;

    private final Architecture architecture;

    /** A quantiser for the widths of an architecture. */
    public Quantiser(Architecture architecture) {
        this.architecture = architecture;
    }

    /**
     * The integer network.
     *
     * @param network the network
     * @param calibration at least one input frame, like those that the network will see; of very many or large frames
     *     only some are used, evenly spaced
     */
    public Quantised quantise(Network network, List<RealFrame> calibration) {
        List<RealFrame> frames = usable(network, calibration);
        Step input = inputStep(frames);
        List<RealFrame> real = frames;
        List<Frame> integer = new ArrayList<>();
        for (RealFrame frame : frames) {
            int[] words = new int[frame.words().length];
            for (int i = 0; i < words.length; i++) {
                words[i] = (int) input.word(frame.words()[i]);
            }
            integer.add(new Frame(frame.shape(), words));
        }
        Step step = input;
        List<IntegerLayer> layers = new ArrayList<>();
        List<Double> scales = new ArrayList<>();
        for (Layer layer : network.layers()) {
            LayerQuantiser quantiser = new LayerQuantiser(architecture, layer, step, real, integer);
            layers.add(quantiser.layer());
            step = quantiser.output();
            scales.add(step.size());
            real = quantiser.realOutputs();
            integer = quantiser.integerOutputs();
        }
        return new Quantised(new IntegerNetwork(network.name(), layers), input.size(), scales);
    }

    private Step inputStep(List<RealFrame> frames) {
        Samples samples = Samples.of(frames, (value, channel) -> value, new double[] {1});
        return StepSearch.find(samples, architecture.inputBits(), 1);
    }

    private static List<RealFrame> usable(Network network, List<RealFrame> calibration) {
        if (calibration.isEmpty()) {
            throw new InputException("The quantiser needs at least one calibration frame.");
        }
        long words = network.input().words();
        for (Layer layer : network.layers()) {
            words = Math.max(words, layer.geometry().output().words());
        }
        for (RealFrame frame : calibration) {
            check(network.input(), frame);
        }
        int count = (int) Math.max(1, Math.min(calibration.size(), MOST_WORDS / words));
        List<RealFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(calibration.get((int) ((long) i * calibration.size() / count)));
        }
        return frames;
    }

    private static void check(TensorShape shape, RealFrame frame) {
        if (!frame.shape().equals(shape)) {
            throw new InputException(
                    "A calibration frame has shape " + frame.shape() + "; the network takes " + shape + ".");
        }
        for (float word : frame.words()) {
            if (!Float.isFinite(word)) {
                throw new InputException("A calibration frame contains " + word + "; finite numbers are needed.");
            }
        }
    }
}
