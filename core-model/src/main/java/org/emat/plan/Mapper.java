package org.emat.plan;

import java.util.ArrayList;
import java.util.List;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Groups;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.NumberFormat;
import org.emat.plan.EnginePlan.Finish;
import org.emat.plan.EnginePlan.ScalePlan;
import org.emat.window.WindowAxis;
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
        List<EnginePlan> engines = new ArrayList<>();
        for (IntegerLayer layer : network.layers()) {
            engines.add(engine(layer));
        }
        return new Plan(name, engines, architecture.streamBits());
    }

    /** The same architecture with converters that lose nothing, as integer mode demands. */
    public static Architecture lossless(Architecture architecture) {
        int most = architecture.crossbar().rows() * ((1 << architecture.cellBits()) - 1);
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(most);
        return new Architecture(
                architecture.crossbar(),
                architecture.cellBits(),
                architecture.encoding(),
                architecture.inputBits(),
                architecture.weightBits(),
                architecture.activationBits(),
                new Architecture.Adc(bits, 0, architecture.adc().columnsPerAdc(), 0),
                Architecture.Device.ideal(),
                architecture.mapping(),
                architecture.onePixel(),
                architecture.groups(),
                architecture.streamBits());
    }

    private EnginePlan engine(IntegerLayer layer) {
        WindowPlan window = new WindowPlanner(architecture.mapping(), architecture.onePixel()).plan(layer.geometry());
        int arrayGroups =
                architecture.groups() == Groups.PACKED ? 1 : layer.geometry().groups();
        EnginePlan draft = new EnginePlan(
                layer.name(),
                layer.geometry(),
                window,
                arrayGroups,
                layer.input(),
                array(layer, ACCUMULATOR_LIMIT),
                scale(layer),
                layer.output(),
                lineBufferRows(window.vertical()),
                rasterBlocks(window));
        int bits = accumulatorBits(draft);
        if (bits > ACCUMULATOR_LIMIT) {
            throw new IllegalArgumentException("layer '" + layer.name() + "' needs accumulators of " + bits
                    + " bits; at most " + ACCUMULATOR_LIMIT + " are supported");
        }
        return new EnginePlan(
                draft.name(),
                draft.geometry(),
                window,
                arrayGroups,
                draft.input(),
                array(layer, bits),
                draft.scale(),
                draft.output(),
                draft.lineBufferRows(),
                draft.rasterBlocks());
    }

    private ArrayPlan array(IntegerLayer layer, int accumulatorBits) {
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
                architecture.adc().columnsPerAdc(),
                architecture.adc().offsetSpread() > 0,
                accumulatorBits);
    }

    private static ScalePlan scale(IntegerLayer layer) {
        Requantiser requantiser = layer.requantiser();
        boolean exact = true;
        for (int i = 0; i < requantiser.shift().length; i++) {
            exact &= requantiser.multiplier()[i] == 1 && requantiser.shift()[i] == 0;
        }
        int sets = layer.geometry().scaleCount() / layer.geometry().output().channels();
        IntegerActivation activation = layer.activation();
        Finish finish = activation instanceof IntegerActivation.Sloped
                ? Finish.SLOPED
                : activation instanceof IntegerActivation.Tabled ? Finish.TABLED : Finish.BOUNDED;
        NumberFormat requantised = finish == Finish.BOUNDED ? layer.output() : requantiser.format();
        return new ScalePlan(exact, sets, requantised, finish);
    }

    /**
     * Rows so that the rows of a step row and those of the next one fit together, over the end of a frame too: the next
     * window can then be fetched while this one is computed.
     */
    private static int lineBufferRows(WindowAxis axis) {
        int most = 1;
        for (int step = 0; step < axis.steps(); step++) {
            int end = step + 1 < axis.steps() ? axis.end(step + 1) : axis.input() + axis.end(0);
            most = Math.max(most, Math.max(end, axis.end(step)) - axis.lowest(step));
        }
        return most;
    }

    /** Two block rows, so that one can be read out while the next is written; four blocks where a block is one row. */
    private static int rasterBlocks(WindowPlan window) {
        return window.vertical().block() == 1 ? 4 : 2 * window.horizontal().steps();
    }

    /** Width that holds every partial sum of shift-add, from shapes and bit widths alone. */
    private int accumulatorBits(EnginePlan engine) {
        ArrayPlan array = engine.array();
        long reads = (1L << engine.input().bits()) - 1;
        double most = 0;
        for (int phase = 0; phase < engine.phases(); phase++) {
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
            most = Math.max(most, (sum + correction) * reads);
        }
        return Math.max(2, 2 + Math.getExponent(Math.max(1, most)));
    }
}
