package org.emat.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.network.LayerGeometry;
import org.emat.plan.EnginePlan;
import org.emat.window.WindowAxis;

/**
 * Frames through one engine, in batches of steps that several threads may compute at once: each writes words of its own.
 */
final class EngineRun {
    /** Steps of a batch: the exact kernel is fastest with this many vectors. */
    private static final int BEST = 512;

    /** Fewer steps are not worth a batch of their own. */
    private static final int LEAST = 32;

    /** Bound on the words of the vectors of a batch, and on half as many sums. */
    private static final int WORDS = 1 << 20;

    private final EngineModel model;
    private final EnginePlan engine;
    private final List<Frame> inputs;
    private final int[][] outputs; // [frame], where blocks do not overlap
    private final List<Overlap> overlaps; // [frame], where they do
    private final List<Batch> batches = new ArrayList<>();

    /**
     * Some steps of a class, counted through all frames.
     *
     * @param stepClass index of the class
     * @param first number of the first one, frame · steps of the class + index in the class
     * @param count number of steps
     */
    private record Batch(int stepClass, long first, int count) {}

    /**
     * A run.
     *
     * @param inputs the frames
     * @param threads how many threads will compute batches
     * @throws IllegalArgumentException if the engine takes frames of another shape
     */
    EngineRun(EngineModel model, List<Frame> inputs, int threads) {
        this.model = model;
        this.engine = model.engine();
        this.inputs = inputs;
        for (Frame input : inputs) {
            if (!input.shape().equals(engine.geometry().input())) {
                throw new IllegalArgumentException("engine '" + engine.name() + "' takes frames of "
                        + engine.geometry().input() + ", not " + input.shape());
            }
        }
        int words = engine.geometry().output().words();
        this.outputs = new int[engine.overlaps() ? 0 : inputs.size()][words];
        this.overlaps = engine.overlaps()
                ? inputs.stream().map(frame -> new Overlap(model.layer())).toList()
                : List.of();
        for (int i = 0; i < model.classes().size(); i++) {
            cut(i, threads);
        }
    }

    /** Cuts the steps of a class into equal batches, at least one a thread where there are enough. */
    private void cut(int stepClass, int threads) {
        long steps = (long) inputs.size() * model.classes().get(stepClass).steps();
        long count = Math.max((steps - 1) / most(stepClass) + 1, Math.min(threads, steps / LEAST));
        for (long i = 0; i < count; i++) {
            long first = i * steps / count;
            batches.add(new Batch(stepClass, first, (int) ((i + 1) * steps / count - first)));
        }
    }

    private int most(int stepClass) {
        int words = 2 * engine.weightColumns();
        for (ArrayModel array : model.arrays(stepClass)) {
            words = Math.max(words, array.wordLines().count());
        }
        return Math.max(1, Math.min(BEST, WORDS / words));
    }

    /** Number of batches. */
    int batches() {
        return batches.size();
    }

    /** Computes one batch; returns clipped conversions. */
    long compute(int number, BatchScratch scratch) {
        Batch batch = batches.get(number);
        StepClass stepClass = model.classes().get(batch.stepClass);
        int[] frames = new int[batch.count];
        int[] steps = new int[batch.count];
        for (int i = 0; i < batch.count; i++) {
            frames[i] = (int) ((batch.first + i) / stepClass.steps());
            steps[i] = stepClass.step((int) ((batch.first + i) % stepClass.steps()));
        }
        long clipped = 0;
        for (ArrayModel array : model.arrays(batch.stepClass)) {
            clipped += compute(array, frames, steps, scratch);
        }
        return clipped;
    }

    private long compute(ArrayModel array, int[] frames, int[] steps, BatchScratch scratch) {
        int rows = array.wordLines().count();
        int[] vectors = scratch.inputs(steps.length * rows);
        for (int i = 0; i < steps.length; i++) {
            array.wordLines().read(inputs.get(frames[i]), steps[i], vectors, i * rows);
        }
        long[] sums = scratch.sums(steps.length * engine.weightColumns());
        long clipped = array.product().add(vectors, steps.length, sums, scratch);
        for (int i = 0; i < steps.length; i++) {
            int from = i * engine.weightColumns();
            if (engine.overlaps()) {
                overlaps.get(frames[i]).add(steps[i], sums, from, array.firstChannel(), engine.groupOutputs());
            } else {
                finish(array, steps[i], sums, from, outputs[frames[i]]);
            }
        }
        return clipped;
    }

    /** Requantises the sums of a step and activates them. Blocks at the end of an axis may reach beyond the output. */
    private void finish(ArrayModel array, int step, long[] sums, int from, int[] output) {
        WindowAxis vertical = engine.window().vertical();
        WindowAxis horizontal = engine.window().horizontal();
        int y = step / horizontal.steps() * vertical.block() + array.phase() / horizontal.block();
        int x = step % horizontal.steps() * horizontal.block() + array.phase() % horizontal.block();
        if (y >= vertical.output() || x >= horizontal.output()) {
            return;
        }
        LayerGeometry geometry = engine.geometry();
        IntegerLayer layer = model.layer();
        int pixel = y * horizontal.output() + x;
        int first = pixel * geometry.output().channels() + array.firstChannel();
        int scale = geometry.scaleIndex(pixel, array.firstChannel());
        for (int column = 0; column < engine.groupOutputs(); column++) {
            output[first + column] = (int) layer.finish(sums[from + column], scale + column);
        }
    }

    /** The output frames, once all batches are computed. */
    List<Frame> outputs() {
        if (engine.overlaps()) {
            return overlaps.stream().map(Overlap::finish).toList();
        }
        return Arrays.stream(outputs)
                .map(words -> new Frame(engine.geometry().output(), words))
                .toList();
    }
}
