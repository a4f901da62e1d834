package org.emat.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.emat.arch.Architecture;
import org.emat.device.ArrayWeights;
import org.emat.device.DeviceMap;
import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.plan.ArrayPlan;
import org.emat.plan.EnginePlan;
import org.emat.window.Tap;

/** The golden model of one layer engine: every output word and every event. Immutable; threads may share it. */
public final class EngineModel {
    private final EnginePlan engine;
    private final IntegerLayer layer;
    private final Activations activations;
    private final List<StepClass> classes;
    private final List<List<ArrayModel>> arrays; // [class][sub-kernel]

    /**
     * A model.
     *
     * @param engine the plan
     * @param index position of the engine in its design
     * @param layer weights and scales
     * @param architecture device and converter spreads
     * @param deviceExact whether to read bit plane by bit plane even where the integer product is provably equal
     */
    public EngineModel(
            EnginePlan engine, int index, IntegerLayer layer, Architecture architecture, boolean deviceExact) {
        this.engine = engine;
        this.layer = layer;
        this.activations = new Activations(engine);
        this.classes = StepClass.of(engine.window());
        DeviceMap device = new DeviceMap(engine, index, layer, architecture);
        if (!deviceExact && engine.lossless() && device.isIdeal()) {
            // Inserted zeros add nothing to an exact sum, so that their word lines can be left out.
            this.arrays = classes.stream()
                    .map(steps -> arrays(steps::real, (subkernel, weights) -> exact(weights)))
                    .toList();
        } else {
            List<ArrayModel> same =
                    arrays(taps -> taps, (subkernel, weights) -> deviceExact(device, subkernel, weights));
            this.arrays = classes.stream().map(steps -> same).toList();
        }
    }

    /** Makes the product of an array that has word lines. */
    @FunctionalInterface
    private interface ProductMaker {
        ArrayProduct of(int subkernel, ArrayWeights weights);
    }

    private List<ArrayModel> arrays(UnaryOperator<List<Tap>> used, ProductMaker maker) {
        List<ArrayModel> models = new ArrayList<>();
        for (int subkernel = 0; subkernel < engine.phases() * engine.arrayGroups(); subkernel++) {
            int group = subkernel % engine.arrayGroups();
            List<Tap> taps = used.apply(engine.taps(subkernel / engine.arrayGroups()));
            ArrayWeights weights = new ArrayWeights(engine, layer, taps, group);
            ArrayProduct product = taps.isEmpty() ? new ArrayProduct.None() : maker.of(subkernel, weights);
            models.add(new ArrayModel(
                    subkernel / engine.arrayGroups(),
                    group * engine.groupOutputs(),
                    new WordLines(engine, taps, group),
                    product));
        }
        return models;
    }

    private ArrayProduct exact(ArrayWeights weights) {
        return new ArrayProduct.Exact(new ExactKernel(engine.input(), weights.rows(), weights.columns(), weights::at));
    }

    /** One kernel for all word lines, or one for each tap where each has row blocks of its own. */
    private ArrayProduct deviceExact(DeviceMap device, int subkernel, ArrayWeights weights) {
        int runs = engine.tapBlocks() == 0 ? 1 : weights.rows() / engine.groupInputs();
        List<PopcountKernel> kernels = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            kernels.add(kernel(device, subkernel, weights.rows() / runs, weights.columns(), run));
        }
        return new ArrayProduct.DeviceExact(List.copyOf(kernels));
    }

    private PopcountKernel kernel(DeviceMap device, int subkernel, int rows, int columns, int run) {
        ArrayPlan array = engine.array();
        ArrayGeometry geometry = new ArrayGeometry(
                rows,
                columns,
                array.rows(),
                engine.input(),
                array.weightBits(),
                array.cellBits(),
                array.encoding(),
                array.fractionBits(),
                array.adcBits(),
                array.adcLsb());
        int firstBlock = run * engine.tapBlocks();
        return new PopcountKernel(
                geometry,
                (row, weight, line) -> device.value(subkernel, run * rows + row, weight, line),
                (block, line, weight) -> device.offset(subkernel, weight, firstBlock + block, line));
    }

    /** Output and events of one frame. */
    public record Result(Frame output, Events events) {}

    /**
     * Runs one frame.
     *
     * @throws java.util.concurrent.CancellationException if this thread is interrupted
     */
    public Result run(Frame input) {
        EngineRun run = new EngineRun(this, List.of(input), 1);
        BatchScratch scratch = new BatchScratch();
        long clipped = 0;
        for (int batch = 0; batch < run.batches(); batch++) {
            clipped += run.compute(batch, scratch);
        }
        return new Result(run.outputs().get(0), events(List.of(input), clipped));
    }

    /** Accumulators of a step: phase outermost, then channel group, then weight column. */
    public long[] accumulators(Frame input, int step) {
        int columns = engine.weightColumns();
        long[] accumulators = new long[engine.phases() * engine.arrayGroups() * columns];
        BatchScratch scratch = new BatchScratch();
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).has(step)) {
                int place = 0;
                for (ArrayModel array : arrays.get(i)) {
                    int[] words = scratch.inputs(array.wordLines().count());
                    long[] sums = scratch.sums(columns);
                    array.wordLines().read(input, step, words, 0);
                    array.product().add(words, 1, sums, scratch);
                    System.arraycopy(sums, 0, accumulators, place, columns);
                    place += columns;
                }
            }
        }
        return accumulators;
    }

    /** The plan. */
    EnginePlan engine() {
        return engine;
    }

    /** Weights and scales. */
    IntegerLayer layer() {
        return layer;
    }

    /** Classes of the steps. */
    List<StepClass> classes() {
        return classes;
    }

    /** The arrays that compute the steps of a class. */
    List<ArrayModel> arrays(int stepClass) {
        return arrays.get(stepClass);
    }

    /** Events of frames, given their clipped conversions. */
    Events events(List<Frame> inputs, long clipped) {
        return new Events(inputs.stream().mapToLong(activations::of).sum(), clipped);
    }
}
