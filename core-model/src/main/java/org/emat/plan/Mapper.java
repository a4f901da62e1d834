package org.emat.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Groups;
import org.emat.arch.Architecture.Mapping;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.plan.EnginePlan.Finish;
import org.emat.plan.EnginePlan.ScalePlan;
import org.emat.window.Tap;
import org.emat.window.WindowPlan;
import org.emat.window.WindowPlanner;

/** Places the layers of an integer network on crossbars. */
public final class Mapper {
    private static final int ACCUMULATOR_LIMIT = 62;

    private final Architecture architecture;

    /**
     * A mapper.
     *
     * @param architecture the hardware; word widths come from the network
     */
    public Mapper(Architecture architecture) {
        this.architecture = architecture;
    }

    /**
     * The plan of a network.
     *
     * @param name identifier of the design in Verilog
     * @throws IllegalArgumentException if an accumulator would exceed 62 bits
     */
    public Plan map(String name, IntegerNetwork network) {
        Placement once = new Placement(1, architecture.adc().columnsPerAdc());
        return map(name, network, Collections.nCopies(network.layers().size(), once));
    }

    /**
     * The plan of a network whose layers are placed as given, one placement a layer.
     *
     * @param name identifier of the design in Verilog
     * @throws IllegalArgumentException if an accumulator would exceed 62 bits
     */
    public Plan map(String name, IntegerNetwork network, List<Placement> placements) {
        List<EnginePlan> engines = new ArrayList<>();
        for (IntegerLayer layer : network.layers()) {
            int i = engines.size();
            engines.add(engine(layer, i == network.layers().size() - 1, placements.get(i)));
        }
        return new Plan(name, engines, architecture.streamBits());
    }

    /** The same architecture with converters that lose nothing, as integer mode demands. */
    public static Architecture lossless(Architecture architecture) {
        int most = architecture.crossbar().rows() * ((1 << architecture.cellBits()) - 1);
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(most);
        return architecture
                .with(new Architecture.Adc(bits, 0, architecture.adc().columnsPerAdc(), 0))
                .with(Architecture.Device.ideal());
    }

    /** The engine of a layer; the last one may let several pixels out at once. */
    EnginePlan engine(IntegerLayer layer, boolean last, Placement placement) {
        EnginePlan draft = draft(layer, ACCUMULATOR_LIMIT, last, placement);
        int bits = accumulatorBits(draft);
        if (bits > ACCUMULATOR_LIMIT) {
            throw new IllegalArgumentException("layer '" + layer.name() + "' needs accumulators of " + bits
                    + " bits; at most " + ACCUMULATOR_LIMIT + " are supported");
        }
        return draft(layer, bits, last, placement);
    }

    private EnginePlan draft(IntegerLayer layer, int accumulatorBits, boolean last, Placement placement) {
        LayerGeometry geometry = layer.geometry();
        Mapping mapping = mapping(geometry);
        WindowPlan window = new WindowPlanner(mapping, architecture.onePixel())
                .plan(geometry)
                .copied(placement.copies());
        int fold = mapping == Mapping.PIXEL_WISE ? architecture.fold() : 1;
        checkFold(layer.name(), window, fold);
        BlockGrid grid = mapping == Mapping.PADDING_FREE
                ? BlockGrid.overlapping(geometry)
                : BlockGrid.aligned(window.vertical(), window.horizontal());
        return new EnginePlan(
                layer.name(),
                geometry,
                mapping,
                fold,
                placement.copies(),
                window,
                architecture.groups() == Groups.PACKED ? 1 : geometry.groups(),
                layer.input(),
                array(layer, accumulatorBits, placement.columnsPerAdc()),
                scale(layer),
                layer.output(),
                window.vertical().bufferRows(),
                rasterBlocks(grid),
                last ? lanes(grid.horizontal(), geometry) : 1);
    }

    /** The mapping that a layer really has: only a transposed convolution has zeros to insert or outputs to overlap. */
    private Mapping mapping(LayerGeometry geometry) {
        boolean transposed = geometry.operator() == Operator.TRANSPOSED_CONVOLUTION;
        boolean spatial = geometry.operator() != Operator.DENSE;
        return switch (architecture.mapping()) {
            case PHASE -> Mapping.PHASE;
            case ZERO_INSERTION -> transposed ? Mapping.ZERO_INSERTION : Mapping.PHASE;
            case PADDING_FREE -> transposed && everyPixelCounts(geometry) ? Mapping.PADDING_FREE : Mapping.PHASE;
            case PIXEL_WISE -> spatial ? Mapping.PIXEL_WISE : Mapping.PHASE;
        };
    }

    /**
     * Whether the last input pixel reaches the output. Where all that it adds to is cropped, a run would end before its
     * read, which is in vain.
     */
    private static boolean everyPixelCounts(LayerGeometry geometry) {
        return reaches(
                        geometry.vertical(),
                        geometry.input().height(),
                        geometry.output().height())
                && reaches(
                        geometry.horizontal(),
                        geometry.input().width(),
                        geometry.output().width());
    }

    private static boolean reaches(Axis axis, int input, int output) {
        return (input - 1) * axis.stride() - axis.padBegin() < output;
    }

    private static void checkFold(String layer, WindowPlan window, int fold) {
        for (List<Tap> taps : window.phases()) {
            if (taps.size() % fold != 0) {
                throw new IllegalArgumentException("fold is " + fold + ", but a phase of layer '" + layer + "' has "
                        + taps.size() + " taps; the fold must divide the taps of every phase");
            }
        }
    }

    /** The most neighbouring pixels, up to what the architecture lets out, that fill blocks and rows evenly. */
    private int lanes(BlockGrid.Line line, LayerGeometry geometry) {
        if (geometry.operator() == Operator.DENSE) {
            return 1;
        }
        int most = 1;
        for (int lanes = 2; lanes <= Math.min(architecture.pixelsPerCycle(), line.size()); lanes++) {
            if (line.size() % lanes == 0 && line.output() % lanes == 0 && line.crop() % lanes == 0) {
                most = lanes;
            }
        }
        return most;
    }

    private ArrayPlan array(IntegerLayer layer, int accumulatorBits, int columnsPerAdc) {
        Architecture.Device device = architecture.device();
        long largest =
                ((long) ((1 << architecture.cellBits()) - 1) << device.fractionBits()) + device.deviationSpread();
        return new ArrayPlan(
                architecture.crossbar().rows(),
                architecture.crossbar().columns(),
                architecture.cellBits(),
                Long.SIZE - Long.numberOfLeadingZeros(largest),
                device.fractionBits(),
                architecture.encoding(),
                layer.weightBits(),
                architecture.adc().bits(),
                architecture.adc().lsb(),
                columnsPerAdc,
                architecture.adc().offsetSpread() > 0,
                accumulatorBits);
    }

    private static ScalePlan scale(IntegerLayer layer) {
        Requantiser requantiser = layer.requantiser();
        int sets = layer.geometry().scaleCount() / layer.geometry().output().channels();
        IntegerActivation activation = layer.activation();
        Finish finish = activation instanceof IntegerActivation.Sloped
                ? Finish.SLOPED
                : activation instanceof IntegerActivation.Tabled ? Finish.TABLED : Finish.BOUNDED;
        NumberFormat requantised = finish == Finish.BOUNDED ? layer.output() : requantiser.format();
        return new ScalePlan(requantiser.unscaled(), sets, requantised, finish);
    }

    /** Two block rows, so that one can be read out while the next is written; four blocks where a block is one row. */
    private static int rasterBlocks(BlockGrid grid) {
        return grid.vertical().size() == 1 ? 4 : 2 * grid.horizontal().blocks();
    }

    /** Width that holds every partial sum of shift-add, from shapes and bit widths alone. */
    private int accumulatorBits(EnginePlan engine) {
        long reads = (1L << engine.input().bits()) - 1;
        double most = 0;
        for (int phase = 0; phase < engine.phases(); phase++) {
            most = Math.max(most, largestOfStep(engine, phase) * reads);
        }
        if (engine.overlaps()) {
            most *= overlaps(engine.geometry().vertical())
                    * overlaps(engine.geometry().horizontal());
        }
        return Math.max(2, 2 + Math.getExponent(Math.max(1, most)));
    }

    /** Taps of one axis that can meet in one output. */
    private static int overlaps(Axis axis) {
        return axis.dilation() == 1 ? (axis.kernel() + axis.stride() - 1) / axis.stride() : axis.kernel();
    }

    /** Largest magnitude of the codes of one plane, weighed by slices, with their correction. */
    private double largestOfStep(EnginePlan engine, int phase) {
        ArrayPlan array = engine.array();
        double sum = 0;
        for (int block = 0; block < engine.rowBlocks(phase); block++) {
            long code = (engine.maxSum(engine.rowsOfBlock(phase, block)) >> (array.fractionBits() + array.adcLsb()))
                    + architecture.adc().offsetSpread();
            double codes = Math.min(code, array.maxCode());
            for (int slice = 0; slice < array.slices(); slice++) {
                sum += codes * Math.pow(2, array.adcLsb() + slice * array.cellBits());
            }
        }
        double correction = array.differential() ? sum : engine.rows(phase) * Math.pow(2, array.weightBits() - 1.0);
        return sum + correction;
    }
}
