package org.emat.reference;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Adc;
import org.emat.arch.Architecture.Crossbar;
import org.emat.arch.Architecture.Device;
import org.emat.arch.Architecture.Encoding;
import org.emat.arch.Architecture.Groups;
import org.emat.arch.Architecture.Mapping;
import org.emat.arch.Architecture.OnePixel;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.plan.EnginePlan;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;

/**
 * A random layer on random hardware, with one input frame.
 *
 * @param network the layer alone
 * @param architecture the hardware
 * @param plan what the mapper makes of both
 * @param input a frame
 */
public record DrawnEngine(IntegerNetwork network, Architecture architecture, Plan plan, Frame input) {
    private static final int[] CROSSBAR_ROWS = {4, 5, 8, 16, 31, 32, 33, 63, 64, 65, 100, 128, 130, 200};
    private static final long MOST_READS = 2_000_000;

    /** An engine of ideal cells and converters that lose nothing. */
    public static DrawnEngine lossless(SplittableRandom random) {
        return draw(random, true);
    }

    /** An engine whose cells and converters may have any fault that an architecture can describe. */
    public static DrawnEngine faulty(SplittableRandom random) {
        return draw(random, false);
    }

    /** The only engine. */
    public EnginePlan engine() {
        return plan.engines().get(0);
    }

    /** The only layer. */
    public IntegerLayer layer() {
        return network.layers().get(0);
    }

    /** The largest fold up to a given one that divides the taps of every phase. */
    static Architecture folded(Architecture architecture, IntegerNetwork network, int most) {
        for (int fold = most; ; fold--) {
            Architecture folded = architecture.with(Mapping.PIXEL_WISE, fold);
            try {
                new Mapper(folded).map("drawn", network);
                return folded;
            } catch (IllegalArgumentException e) {
                if (fold == 1) {
                    throw e;
                }
            }
        }
    }

    private static DrawnEngine draw(SplittableRandom random, boolean lossless) {
        while (true) {
            Architecture drawn = architecture(random);
            Architecture architecture = lossless ? Mapper.lossless(drawn) : drawn;
            IntegerLayer layer = layer(random, geometry(random), architecture.weightBits());
            IntegerNetwork network = new IntegerNetwork("drawn", List.of(layer));
            if (architecture.mapping() == Mapping.PIXEL_WISE) {
                architecture = folded(architecture, network, 1 + random.nextInt(4));
            }
            Plan plan = DrawnPlacement.plan(random, architecture, network);
            EnginePlan engine = plan.engines().get(0);
            if (engine.cells() * engine.window().steps() * layer.input().bits() <= MOST_READS) {
                return new DrawnEngine(network, architecture, plan, input(random, layer));
            }
        }
    }

    /** Every sixth transposed convolution has an input of one pixel. */
    private static LayerGeometry geometry(SplittableRandom random) {
        LayerGeometry drawn = DrawnGeometry.draw(random);
        boolean onePixel = drawn.operator() == Operator.TRANSPOSED_CONVOLUTION
                && random.nextInt(6) == 0
                && drawn.vertical().transposed(1) >= 1
                && drawn.horizontal().transposed(1) >= 1;
        return onePixel
                ? LayerGeometry.of(
                        drawn.operator(),
                        new TensorShape(drawn.input().channels(), 1, 1),
                        drawn.output().channels(),
                        drawn.vertical(),
                        drawn.horizontal(),
                        drawn.groups())
                : drawn;
    }

    private static Architecture architecture(SplittableRandom random) {
        int weightBits = 2 + random.nextInt(random.nextBoolean() ? 7 : 15);
        int cellBits = 1 + random.nextInt(4);
        Encoding encoding = random.nextBoolean() ? Encoding.OFFSET : Encoding.DIFFERENTIAL;
        int lines = Architecture.linesPerWeight(weightBits, cellBits, encoding);
        return new Architecture(
                new Crossbar(
                        CROSSBAR_ROWS[random.nextInt(CROSSBAR_ROWS.length)],
                        Math.max(4, lines) + random.nextInt(4 * lines)),
                cellBits,
                encoding,
                8,
                weightBits,
                8,
                new Adc(1 + random.nextInt(12), some(random, 5), 1 + random.nextInt(4), some(random, 65)),
                new Device(
                        random.nextBoolean() ? random.nextDouble(0.3) : 0,
                        random.nextBoolean() ? random.nextDouble(0.3) : 0,
                        some(random, 40),
                        some(random, 7),
                        random.nextLong()),
                Mapping.values()[random.nextInt(Mapping.values().length)],
                1,
                random.nextBoolean() ? OnePixel.DENSE : OnePixel.WINDOW,
                random.nextBoolean() ? Groups.SEPARATE : Groups.PACKED,
                1 + random.nextInt(4),
                64);
    }

    /** 0 in half of all draws. */
    private static int some(SplittableRandom random, int bound) {
        return random.nextBoolean() ? random.nextInt(bound) : 0;
    }

    private static IntegerLayer layer(SplittableRandom random, LayerGeometry geometry, int weightBits) {
        NumberFormat input =
                new NumberFormat(1 + random.nextInt(random.nextInt(8) == 0 ? 32 : 10), random.nextBoolean());
        NumberFormat weight = new NumberFormat(weightBits, true);
        int[] weights = DrawnGeometry.words(random, geometry.weightCount(), (int) weight.min(), (int) weight.max());
        NumberFormat output = new NumberFormat(32, true);
        return new IntegerLayer(
                "drawn",
                geometry,
                input,
                weightBits,
                weights,
                requantiser(random, geometry.scaleCount(), input.bits() <= 16, output),
                new IntegerActivation.Bounded(),
                output);
    }

    private static Requantiser requantiser(SplittableRandom random, int scales, boolean scaled, NumberFormat output) {
        long[] bias = Arrays.stream(DrawnGeometry.words(random, scales, -1000, 1000))
                .asLongStream()
                .toArray();
        int[] multipliers = DrawnGeometry.words(random, scales, 1, scaled ? 65535 : 1);
        int[] shifts = DrawnGeometry.words(random, scales, 0, 20);
        return new Requantiser(bias, multipliers, shifts, output.min(), output.max());
    }

    /** Any words of the input format, with some at its bounds; every fourth frame is sparse. */
    private static Frame input(SplittableRandom random, IntegerLayer layer) {
        NumberFormat format = layer.input();
        boolean sparse = random.nextInt(4) == 0;
        int[] words = new int[layer.geometry().input().words()];
        for (int i = 0; i < words.length; i++) {
            int kind = random.nextInt(8);
            if (kind == 0) {
                words[i] = (int) format.max();
            } else if (kind == 1) {
                words[i] = (int) format.min();
            } else if (!sparse) {
                words[i] = (int) random.nextLong(format.min(), format.max() + 1);
            }
        }
        return new Frame(layer.geometry().input(), words);
    }
}
