package org.emat.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Encoding;
import org.emat.arch.Architecture.Groups;
import org.emat.arch.Architecture.Mapping;
import org.emat.arch.Architecture.OnePixel;
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
import org.emat.plan.Plan;

/**
 * A random small design with its input: shapes, bits, cells, converters, encodings, sharing, faults, activations.
 *
 * @param architecture hardware
 * @param network one or two layers
 * @param plan what the mapper makes of both, with copies and sharing of its own for each layer
 * @param frames input
 */
public record DrawnDesign(Architecture architecture, IntegerNetwork network, Plan plan, List<Frame> frames) {
    /** A design whose converters may clip and whose cells may be faulty. */
    public static DrawnDesign draw(SplittableRandom random) {
        return draw(random, architecture(random, false));
    }

    /** A design whose result is the exact integer product. */
    public static DrawnDesign drawLossless(SplittableRandom random) {
        return draw(random, architecture(random, true));
    }

    /** The plan under a name of its own. */
    public Plan plan(String name) {
        return new Plan(name, plan.engines(), plan.streamBits());
    }

    private static DrawnDesign draw(SplittableRandom random, Architecture architecture) {
        NumberFormat input = new NumberFormat(1 + random.nextInt(9), random.nextInt(2) == 0);
        List<IntegerLayer> layers = new ArrayList<>();
        layers.add(layer(random, "first", DrawnGeometry.draw(random), input, architecture.weightBits()));
        if (random.nextInt(2) == 0) {
            IntegerLayer first = layers.get(0);
            TensorShape shape = first.geometry().output();
            Axis axis = new Axis(3, 1 + random.nextInt(2), 1, 1, 1, 0);
            LayerGeometry second = LayerGeometry.of(Operator.CONVOLUTION, shape, 1 + random.nextInt(4), axis, axis, 1);
            layers.add(layer(random, "2nd \"layer\"", second, first.output(), architecture.weightBits()));
        }
        IntegerNetwork network = new IntegerNetwork("drawn", layers);
        List<Frame> frames = new ArrayList<>();
        for (int f = 0; f < 1 + random.nextInt(3); f++) {
            int[] words = DrawnGeometry.words(random, network.input().words(), (int) input.min(), (int) input.max());
            frames.add(new Frame(network.input(), words));
        }
        boolean folds = architecture.mapping() == Mapping.PIXEL_WISE;
        Architecture folded = folds ? DrawnEngine.folded(architecture, network, 1 + random.nextInt(4)) : architecture;
        return new DrawnDesign(folded, network, DrawnPlacement.plan(random, folded, network), frames);
    }

    private static Architecture architecture(SplittableRandom random, boolean lossless) {
        int cellBits = 1 + random.nextInt(4);
        int weightBits = 2 + random.nextInt(9);
        Encoding encoding = random.nextInt(2) == 0 ? Encoding.OFFSET : Encoding.DIFFERENTIAL;
        int rows = List.of(4, 7, 16, 64, 65, 128).get(random.nextInt(6));
        int lines = Architecture.linesPerWeight(weightBits, cellBits, encoding);
        Architecture drawn = new Architecture(
                new Architecture.Crossbar(rows, Math.max(4, lines + random.nextInt(3 * lines))),
                cellBits,
                encoding,
                8,
                weightBits,
                8,
                new Architecture.Adc(
                        2 + random.nextInt(8),
                        random.nextInt(3),
                        1 + random.nextInt(4),
                        random.nextInt(2) * random.nextInt(6)),
                new Architecture.Device(
                        random.nextInt(2) * 0.05,
                        random.nextInt(2) * 0.05,
                        random.nextInt(2) * random.nextInt(4),
                        random.nextInt(3),
                        random.nextLong()),
                Mapping.values()[random.nextInt(Mapping.values().length)],
                1,
                random.nextInt(2) == 0 ? OnePixel.DENSE : OnePixel.WINDOW,
                random.nextInt(2) == 0 ? Groups.SEPARATE : Groups.PACKED,
                1 + random.nextInt(4),
                8 * (1 + random.nextInt(12)));
        return lossless ? org.emat.plan.Mapper.lossless(drawn) : drawn;
    }

    private static IntegerLayer layer(
            SplittableRandom random, String name, LayerGeometry geometry, NumberFormat input, int weightBits) {
        NumberFormat weight = new NumberFormat(weightBits, true);
        int[] weights = DrawnGeometry.words(random, geometry.weightCount(), (int) weight.min(), (int) weight.max());
        int scales = geometry.scaleCount();
        long[] bias = Arrays.stream(DrawnGeometry.words(random, scales, -500, 500))
                .asLongStream()
                .toArray();
        int outBits = 2 + random.nextInt(8);
        NumberFormat output = new NumberFormat(outBits, random.nextInt(2) == 0);
        if (random.nextInt(4) == 0) {
            Requantiser exact = Requantiser.exact(bias, output.min(), output.max());
            return new IntegerLayer(
                    name, geometry, input, weightBits, weights, exact, new IntegerActivation.Bounded(), output);
        }
        int[] multiplier = DrawnGeometry.words(random, scales, 1 << 12, (1 << 16) - 1);
        int[] shift = DrawnGeometry.words(random, scales, 14, 14 + weightBits + input.bits());
        NumberFormat inner = new NumberFormat(8, true);
        return switch (random.nextInt(3)) {
            case 0 ->
                new IntegerLayer(
                        name,
                        geometry,
                        input,
                        weightBits,
                        weights,
                        new Requantiser(bias, multiplier, shift, output.min(), output.max()),
                        new IntegerActivation.Bounded(),
                        output);
            case 1 ->
                new IntegerLayer(
                        name,
                        geometry,
                        input,
                        weightBits,
                        weights,
                        new Requantiser(bias, multiplier, shift, inner.min(), inner.max()),
                        new IntegerActivation.Sloped(
                                DrawnGeometry.words(random, scales, -300, 300), 256, random.nextInt(10)),
                        output);
            default ->
                new IntegerLayer(
                        name,
                        geometry,
                        input,
                        weightBits,
                        weights,
                        new Requantiser(bias, multiplier, shift, inner.min(), inner.max()),
                        new IntegerActivation.Tabled(
                                DrawnGeometry.words(random, 256, (int) output.min(), (int) output.max())),
                        output);
        };
    }
}
