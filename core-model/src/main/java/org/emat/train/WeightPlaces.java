package org.emat.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.emat.network.LayerGeometry;
import org.emat.plan.EnginePlan;
import org.emat.window.Tap;

/**
 * Where the weights of a layer lie in the arrays of an engine: in those of the layer itself, or in those that carry its
 * errors back. Each weight has one place. Only where those of a kernel index begin is kept here; the others follow in the
 * order of the channels.
 *
 * @param layer the layer, in whose order the weights are
 * @param transposed whether the arrays are those of its {@link ErrorLayer}
 * @param packed whether the channel groups lie on the diagonal of one array
 * @param crossbarRows word lines of a crossbar, and so of a row block
 * @param starts [kernel index] place of its weight of the first output and input channel
 */
public record WeightPlaces(
        LayerGeometry layer, boolean transposed, boolean packed, int crossbarRows, List<Place> starts) {
    /**
     * The place of a weight.
     *
     * @param subkernel phase · groups with arrays of their own + group
     * @param block row block of the sub-kernel
     * @param row word line of the row block
     * @param column weight column of the sub-kernel
     */
    public record Place(int subkernel, int block, int row, int column) {
        /** The fields of the Verilog have 16 bits. */
        private static final int MOST = (1 << 16) - 1;

        public Place {
            if (IntStream.of(subkernel, block, row, column).anyMatch(field -> field < 0 || field > MOST)) {
                throw new IllegalArgumentException("the place of a weight has fields from 0 to " + MOST + ", not "
                        + List.of(subkernel, block, row, column));
            }
        }
    }

    public WeightPlaces {
        starts = List.copyOf(starts);
    }

    /**
     * The places in the arrays of a layer.
     *
     * @throws IllegalArgumentException if a weight has several places or none, or cells are not ideal
     */
    public static WeightPlaces forward(EnginePlan engine) {
        return of(engine, engine.geometry(), false, IntUnaryOperator.identity());
    }

    /**
     * The places in the arrays that carry errors back.
     *
     * @param engine plan of the error's layer
     * @param layer the layer whose errors these are
     * @throws IllegalArgumentException if a weight has several places or none, or cells are not ideal
     */
    public static WeightPlaces error(EnginePlan engine, LayerGeometry layer) {
        return of(engine, layer, true, new ErrorLayer(layer)::kernelIndex);
    }

    private static WeightPlaces of(
            EnginePlan engine, LayerGeometry layer, boolean transposed, IntUnaryOperator kernelIndex) {
        check(engine);
        Place[] found = engine.overlaps() ? columns(engine) : rows(engine);
        List<Place> starts = new ArrayList<>();
        for (int kernel = 0; kernel < layer.kernelSize(); kernel++) {
            starts.add(found[kernelIndex.applyAsInt(kernel)]);
        }
        boolean packed = layer.groups() > 1 && engine.arrayGroups() == 1;
        return new WeightPlaces(layer, transposed, packed, engine.array().rows(), starts);
    }

    private static void check(EnginePlan engine) {
        if (engine.copies() > 1) {
            throw new IllegalArgumentException("layer '" + engine.name() + "' has " + engine.copies()
                    + " copies of its arrays; the weights of a layer in training lie in one place each");
        }
        if (engine.array().valueBits() != engine.array().cellBits()) {
            throw new IllegalArgumentException("layer '" + engine.name()
                    + "' has cells that hold more than their code; training writes ideal cells");
        }
    }

    /** One tap, the input pixel; a kernel index begins a weight column. */
    private static Place[] columns(EnginePlan engine) {
        return IntStream.range(0, engine.geometry().kernelSize())
                .mapToObj(kernel -> new Place(0, 0, 0, kernel * engine.groupOutputs()))
                .toArray(Place[]::new);
    }

    /** A kernel index is a tap of a phase, which begins a word line. */
    private static Place[] rows(EnginePlan engine) {
        Place[] places = new Place[engine.geometry().kernelSize()];
        for (int phase = 0; phase < engine.phases(); phase++) {
            List<Tap> taps = engine.taps(phase);
            for (int tap = 0; tap < taps.size(); tap++) {
                int row = tap * engine.groupInputs();
                places[taps.get(tap).kernelIndex()] =
                        new Place(phase * engine.arrayGroups(), engine.blockOf(row), engine.placeOf(row), 0);
            }
        }
        if (Arrays.asList(places).contains(null)) {
            throw new IllegalArgumentException("layer '" + engine.name()
                    + "' has kernel positions that meet no input; plan its one-pixel input by windows");
        }
        return places;
    }
}
