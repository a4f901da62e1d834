package org.emat.tb;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Adc;
import org.emat.arch.Architecture.Crossbar;
import org.emat.arch.Architecture.Device;
import org.emat.arch.Architecture.Encoding;
import org.emat.arch.Architecture.Groups;
import org.emat.arch.Architecture.Mapping;
import org.emat.arch.Architecture.OnePixel;
import org.emat.golden.GoldenModel;
import org.emat.golden.GoldenRun;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.schedule.CycleCount;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;

/** Trials of tests, and faults for them. */
final class Trials {
    private static final NumberFormat WORD = new NumberFormat(8, true);

    private Trials() {}

    /** The trial of a network, golden model and prediction included. */
    static Trial of(
            String name, Architecture architecture, IntegerNetwork network, List<Frame> frames, StallScript script) {
        Plan plan = new Mapper(architecture).map(name, network);
        GoldenRun golden = new GoldenModel(plan, network, architecture).run(frames, done -> {});
        CycleCount cycles = new Scheduler().count(plan, frames.size(), script);
        return new Trial(plan, network, architecture, frames, script, golden, cycles);
    }

    /**
     * Two layers and two frames: 3×3×4 to 6×6×6 by a transposed convolution 4×4 of stride 2 and a table, to 6×6×5 by a
     * convolution 3×3, on crossbars of 16 × 16 cells some of which deviate.
     *
     * @param data seed of weights, scales, table and frames
     * @param device seed of the cells
     */
    static Trial small(long data, long device) {
        Architecture architecture = new Architecture(
                new Crossbar(16, 16),
                2,
                Encoding.OFFSET,
                8,
                8,
                8,
                new Adc(6, 0, 1, 3),
                new Device(0.02, 0.02, 1, 1, device),
                Mapping.PHASE,
                1,
                OnePixel.DENSE,
                Groups.SEPARATE,
                1,
                32);
        SplittableRandom random = new SplittableRandom(data);
        Axis up = new Axis(4, 2, 1, 1, 1, 0);
        Axis same = new Axis(3, 1, 1, 1, 1, 0);
        LayerGeometry first = LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(4, 3, 3), 6, up, up, 1);
        LayerGeometry second = LayerGeometry.of(Operator.CONVOLUTION, first.output(), 5, same, same, 1);
        int[] table = random.ints(256, -128, 128).toArray();
        IntegerNetwork network = new IntegerNetwork(
                "small",
                List.of(
                        layer("up", first, random, new IntegerActivation.Tabled(table)),
                        layer("same", second, random, new IntegerActivation.Bounded())));
        List<Frame> frames = IntStream.range(0, 2)
                .mapToObj(i -> frame(network.input(), random))
                .toList();
        return of("small", architecture, network, frames, StallScript.none());
    }

    /** A layer of 8-bit words whose weights and scales are drawn. */
    static IntegerLayer layer(
            String name, LayerGeometry geometry, SplittableRandom random, IntegerActivation activation) {
        return layer(name, geometry, WORD, random, activation);
    }

    /** A layer of inputs of a format, to 8-bit words, whose weights and scales are drawn. */
    static IntegerLayer layer(
            String name,
            LayerGeometry geometry,
            NumberFormat input,
            SplittableRandom random,
            IntegerActivation activation) {
        int scales = geometry.scaleCount();
        double taps = (double) geometry.weightCount() / geometry.output().channels();
        double deviation = (input.max() - input.min() + 1) / Math.sqrt(12);
        // The standard deviation of a sum of products becomes about 60 words.
        int shift = (int) Math.round(Math.log(deviation * 74.0 * Math.sqrt(taps) / 60 * 45_000) / Math.log(2));
        Requantiser requantiser = new Requantiser(
                random.longs(scales, -10_000, 10_000).toArray(),
                random.ints(scales, 30_000, 60_000).toArray(),
                random.ints(scales, shift, shift + 2).toArray(),
                WORD.min(),
                WORD.max());
        int[] weights = random.ints(geometry.weightCount(), -128, 128).toArray();
        return new IntegerLayer(name, geometry, input, 8, weights, requantiser, activation, WORD);
    }

    /** A frame of signed 8-bit words. */
    static Frame frame(TensorShape shape, SplittableRandom random) {
        return frame(shape, WORD, random);
    }

    /** A frame of words of a format. */
    static Frame frame(TensorShape shape, NumberFormat format, SplittableRandom random) {
        int[] words = random.ints(shape.words(), (int) format.min(), (int) format.max() + 1)
                .toArray();
        return new Frame(shape, words);
    }

    /** The files with one text of one file replaced; fails where that text is gone. */
    static Map<String, String> plant(Map<String, String> files, String file, String text, String fault) {
        if (!files.get(file).contains(text)) {
            throw new AssertionError(file + " no longer holds: " + text);
        }
        Map<String, String> changed = new TreeMap<>(files);
        changed.put(file, files.get(file).replace(text, fault));
        return changed;
    }
}
