package org.emat.golden;

import java.util.List;
import java.util.stream.IntStream;
import org.emat.arch.Architecture;
import org.emat.device.DeviceMap;
import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.network.LayerGeometry;
import org.emat.plan.EnginePlan;
import org.emat.window.Tap;
import org.emat.window.WindowAxis;

/** The golden model of one layer engine: every output word and every event. */
public final class EngineModel {
    private final EnginePlan engine;
    private final IntegerLayer layer;
    private final boolean exact;
    private final ArrayReader reader;
    private final int[] firstLines;
    private final int[][] phaseWeights;

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
        DeviceMap device = new DeviceMap(engine, index, layer, architecture);
        this.exact = !deviceExact && engine.lossless() && device.isIdeal() && sumsFitInt();
        this.reader =
                new ArrayReader(engine, exact ? new long[0] : device.image(), exact ? new int[0] : device.offsets());
        this.firstLines = new int[engine.phases() * engine.arrayGroups()];
        int line = 0;
        for (int subkernel = 0; subkernel < firstLines.length; subkernel++) {
            firstLines[subkernel] = line;
            line += engine.rowBlocks(subkernel / engine.arrayGroups())
                    * engine.groupOutputs()
                    * engine.array().linesPerWeight();
        }
        this.phaseWeights = exact ? gatherWeights() : new int[0][];
    }

    private boolean sumsFitInt() {
        int rows = IntStream.range(0, engine.phases()).map(engine::rows).max().orElse(0);
        double most = (double) rows
                * Math.pow(2, engine.input().bits())
                * Math.pow(2, engine.array().weightBits() - 1.0);
        return most < Integer.MAX_VALUE;
    }

    /** Weights per sub-kernel, rows outermost, so that a row's products run along the columns. */
    private int[][] gatherWeights() {
        int groups = engine.arrayGroups();
        int[][] gathered = new int[engine.phases() * groups][];
        LayerGeometry geometry = layer.geometry();
        for (int subkernel = 0; subkernel < gathered.length; subkernel++) {
            List<Tap> taps = engine.taps(subkernel / groups);
            int inputs = engine.groupInputs();
            int outputs = engine.groupOutputs();
            int[] weights = new int[taps.size() * inputs * outputs];
            for (int row = 0; row < taps.size() * inputs; row++) {
                int in = subkernel % groups * inputs + row % inputs;
                for (int column = 0; column < outputs; column++) {
                    int out = subkernel % groups * outputs + column;
                    boolean real = out / geometry.groupOutputs() == in / geometry.groupInputs();
                    int kernel = taps.get(row / inputs).kernelIndex();
                    weights[row * outputs + column] =
                            real ? layer.weights()[geometry.weightIndex(kernel, out, in % geometry.groupInputs())] : 0;
                }
            }
            gathered[subkernel] = weights;
        }
        return gathered;
    }

    /** Output and events of one frame. */
    public record Result(Frame output, Events events) {}

    /** Runs one frame. */
    public Result run(Frame input) {
        if (!input.shape().equals(engine.geometry().input())) {
            throw new IllegalArgumentException("engine '" + engine.name() + "' takes frames of "
                    + engine.geometry().input() + ", not " + input.shape());
        }
        int[] output = new int[engine.geometry().output().words()];
        Events events = IntStream.range(0, engine.window().steps())
                .parallel()
                .mapToObj(step -> step(input, step, output))
                .reduce(new Events(0, 0), Events::plus);
        return new Result(new Frame(engine.geometry().output(), output), events);
    }

    /** Accumulators of a step: phase outermost, then output channel. */
    public long[] accumulators(Frame input, int step) {
        long[] sums = new long[engine.phases() * engine.geometry().output().channels()];
        accumulate(input, step, sums);
        return sums;
    }

    private Events step(Frame input, int step, int[] output) {
        long[] sums = new long[engine.phases() * engine.geometry().output().channels()];
        Events events = accumulate(input, step, sums);
        WindowAxis vertical = engine.window().vertical();
        WindowAxis horizontal = engine.window().horizontal();
        int channels = engine.geometry().output().channels();
        for (int phase = 0; phase < engine.phases(); phase++) {
            int y = step / horizontal.steps() * vertical.block() + phase / horizontal.block();
            int x = step % horizontal.steps() * horizontal.block() + phase % horizontal.block();
            if (y < vertical.output() && x < horizontal.output()) {
                int pixel = y * horizontal.output() + x;
                for (int channel = 0; channel < channels; channel++) {
                    output[pixel * channels + channel] = (int) layer.finish(
                            sums[phase * channels + channel], engine.geometry().scaleIndex(pixel, channel));
                }
            }
        }
        return events;
    }

    private Events accumulate(Frame input, int step, long[] sums) {
        long activations = 0;
        long clipped = 0;
        int channels = engine.geometry().output().channels();
        for (int phase = 0; phase < engine.phases(); phase++) {
            for (int group = 0; group < engine.arrayGroups() && engine.rows(phase) > 0; group++) {
                int[] rows = gather(input, step, phase, group);
                int place = phase * channels + group * engine.groupOutputs();
                int subkernel = phase * engine.arrayGroups() + group;
                activations += driven(rows);
                if (exact) {
                    multiply(rows, phaseWeights[subkernel], sums, place);
                } else {
                    long sum = 0;
                    for (int value : rows) {
                        sum += engine.input().decode(value);
                    }
                    clipped += reader.read(phase, firstLines[subkernel], planes(phase, rows), sum, sums, place);
                }
            }
        }
        return new Events(activations * engine.columnBlocks(), clipped);
    }

    private long driven(int[] rows) {
        long mask = (1L << engine.input().bits()) - 1;
        long driven = 0;
        for (int value : rows) {
            driven += Long.bitCount(value & mask);
        }
        return driven;
    }

    private void multiply(int[] rows, int[] weights, long[] sums, int place) {
        int outputs = engine.groupOutputs();
        int[] partial = new int[outputs];
        for (int row = 0; row < rows.length; row++) {
            int value = rows[row];
            if (value != 0) {
                int from = row * outputs;
                for (int column = 0; column < outputs; column++) {
                    partial[column] += value * weights[from + column];
                }
            }
        }
        for (int column = 0; column < outputs; column++) {
            sums[place + column] = partial[column];
        }
    }

    /** The values on the word lines of a sub-kernel. */
    private int[] gather(Frame input, int step, int phase, int group) {
        WindowAxis vertical = engine.window().vertical();
        WindowAxis horizontal = engine.window().horizontal();
        int inputs = engine.groupInputs();
        List<Tap> taps = engine.taps(phase);
        int[] rows = new int[taps.size() * inputs];
        int top = vertical.start(step / horizontal.steps());
        int left = horizontal.start(step % horizontal.steps());
        for (int t = 0; t < taps.size(); t++) {
            int y = vertical.real(top + taps.get(t).windowY());
            int x = horizontal.real(left + taps.get(t).windowX());
            if (y >= 0 && x >= 0) {
                int from = (y * horizontal.input() + x) * input.shape().channels() + group * inputs;
                System.arraycopy(input.words(), from, rows, t * inputs, inputs);
            }
        }
        return rows;
    }

    private long[] planes(int phase, int[] rows) {
        int bits = engine.input().bits();
        int blocks = engine.rowBlocks(phase);
        int words = engine.array().wordsPerLine();
        long[] planes = new long[bits * blocks * words];
        for (int row = 0; row < rows.length; row++) {
            int block = row / engine.array().rows();
            int place = row % engine.array().rows();
            for (int plane = 0; plane < bits; plane++) {
                long bit = rows[row] >> plane & 1;
                planes[(plane * blocks + block) * words + place / 64] |= bit << (place % 64);
            }
        }
        return planes;
    }
}
