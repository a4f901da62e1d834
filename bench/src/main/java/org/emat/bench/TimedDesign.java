package org.emat.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.emat.arch.Architecture;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;
import org.emat.onnx.ImportOptions;
import org.emat.onnx.OnnxImport;
import org.emat.onnx.OnnxModel;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.quant.Quantised;
import org.emat.quant.Quantiser;

/**
 * A design to time, with frames to run.
 *
 * @param architecture hardware
 * @param network layers in integers
 * @param plan what the mapper makes of both
 * @param frames inputs
 */
record TimedDesign(Architecture architecture, IntegerNetwork network, Plan plan, List<Frame> frames) {
    private static final int CALIBRATION = 64;

    private TimedDesign(Architecture architecture, IntegerNetwork network, List<Frame> frames) {
        this(architecture, network, new Mapper(architecture).map("timed", network), frames);
    }

    /** The generator of examples/dcgan_mnist_generator.onnx on standard hardware, with drawn latents. */
    static TimedDesign generator(Path file, int frames) {
        OnnxModel model = new OnnxImport(ImportOptions.standard()).read(file);
        Random random = new Random(1);
        List<RealFrame> latents = new ArrayList<>();
        for (int i = 0; i < Math.max(frames, CALIBRATION); i++) {
            float[] words = new float[model.network().input().words()];
            for (int k = 0; k < words.length; k++) {
                words[k] = (float) random.nextGaussian();
            }
            latents.add(new RealFrame(model.network().input(), words));
        }
        Architecture architecture = Architecture.standard();
        Quantised quantised = new Quantiser(architecture).quantise(model.network(), latents.subList(0, CALIBRATION));
        List<Frame> inputs =
                latents.subList(0, frames).stream().map(quantised::quantise).toList();
        return new TimedDesign(architecture, quantised.network(), inputs);
    }

    /**
     * A convolution of 2,048 rows and 128 weights: 16 tiles of 128 × 128 weights, 169 steps a frame. Its streams are as
     * wide as a pixel, so that the arrays never wait for them.
     */
    static TimedDesign tiles(int frames) {
        Architecture standard = Architecture.standard();
        Architecture architecture = standard.withStream(1, 1024);
        Axis axis = new Axis(4, 1, 1, 0, 0, 0);
        LayerGeometry geometry =
                LayerGeometry.of(Operator.CONVOLUTION, new TensorShape(128, 16, 16), 128, axis, axis, 1);
        IntegerNetwork network = new IntegerNetwork("tiles", List.of(layer(geometry)));
        SplittableRandom random = new SplittableRandom(2);
        List<Frame> inputs = IntStream.range(0, frames)
                .mapToObj(i -> new Frame(
                        network.input(),
                        random.ints(network.input().words(), 0, 256).toArray()))
                .toList();
        return new TimedDesign(architecture, network, inputs);
    }

    private static IntegerLayer layer(LayerGeometry geometry) {
        NumberFormat words = new NumberFormat(8, false);
        int[] weights =
                new SplittableRandom(3).ints(geometry.weightCount(), -128, 128).toArray();
        int[] ones = new int[geometry.scaleCount()];
        int[] shifts = new int[geometry.scaleCount()];
        Arrays.fill(ones, 1);
        Arrays.fill(shifts, 12);
        Requantiser requantiser = new Requantiser(new long[ones.length], ones, shifts, words.min(), words.max());
        return new IntegerLayer(
                "tiles", geometry, words, 8, weights, requantiser, new IntegerActivation.Bounded(), words);
    }

    /** Tile products of a frame: 128 rows × 128 weights, all slices and input bits. */
    long tileProducts() {
        return plan.engines().stream()
                .mapToLong(engine -> (long) engine.window().steps()
                        * engine.rowBlockCount()
                        * ((engine.groupOutputs() - 1) / 128 + 1))
                .sum();
    }
}
