package org.emat.tb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emat.golden.Events;
import org.emat.golden.GoldenRun;
import org.emat.integer.Frame;
import org.emat.plan.BlockGrid;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;
import org.emat.schedule.CycleCount;
import org.emat.schedule.EngineCycles;

/**
 * Golden model against Verilog: every word of every link and every count, no tolerance.
 *
 * @param differingWords words that differ, over all links and the output stream
 * @param whole named counts of the whole run
 * @param engines per engine
 * @param firstMismatch the first differing word in stream order of the first engine that differs; empty also where that
 *     engine only gave too few words
 */
public record Comparison(
        long differingWords,
        Map<String, Count> whole,
        List<EngineComparison> engines,
        Optional<Mismatch> firstMismatch) {
    private static final String CYCLES = "cycles";

    /** A predicted and a counted number. */
    public record Count(long predicted, long counted) {
        /** Whether both are the same. */
        public boolean same() {
            return predicted == counted;
        }
    }

    /**
     * One engine.
     *
     * @param name name of its layer
     * @param differingWords output words that differ
     * @param words output words compared
     * @param counts named counts
     */
    public record EngineComparison(String name, long differingWords, long words, Map<String, Count> counts) {
        /** Whether nothing differs. */
        public boolean equal() {
            return differingWords == 0 && counts.values().stream().allMatch(Count::same);
        }
    }

    /**
     * A differing word.
     *
     * @param engine index of its engine
     * @param layer name of its layer
     * @param frame number of its frame
     * @param y row of its pixel
     * @param x column of its pixel
     * @param channel its channel
     * @param step step of the frame that computes it
     * @param expected the golden word
     * @param got the word of the Verilog
     */
    public record Mismatch(
            int engine, String layer, int frame, int y, int x, int channel, int step, long expected, long got) {
        @Override
        public String toString() {
            return "layer '" + layer + "', frame " + frame + ", pixel (" + y + ", " + x + "), channel " + channel
                    + ", step " + step + ": expected " + expected + ", got " + got;
        }
    }

    /** Cycles of the whole run. */
    public Count cycles() {
        return whole.get(CYCLES);
    }

    /** Whether every word and every count is the same. */
    public boolean equal() {
        return differingWords == 0
                && whole.values().stream().allMatch(Count::same)
                && engines.stream().allMatch(EngineComparison::equal);
    }

    /** Compares a run. */
    public static Comparison of(Plan plan, GoldenRun golden, CycleCount predicted, SimulationResult counted) {
        List<EngineComparison> engines = new ArrayList<>();
        Optional<Mismatch> first = Optional.empty();
        long whole = golden.results().stream()
                .mapToLong(frame -> frame.shape().pixels())
                .sum();
        long total = differing(golden.results(), counted.outputs(), whole);
        boolean equal = true;
        for (int i = 0; i < plan.engines().size(); i++) {
            List<Frame> expected = golden.outputs().get(i);
            List<Frame> got = counted.links().get(i + 1);
            long crossed = (long) counted.crossings().get(i + 1).length
                    * plan.engines().get(i).lanes();
            long differing = differing(expected, got, crossed);
            long words =
                    expected.stream().mapToLong(frame -> frame.words().length).sum();
            engines.add(new EngineComparison(
                    plan.engines().get(i).name(),
                    differing,
                    words,
                    counts(
                            predicted.engines().get(i),
                            golden.events().get(i),
                            counted.counters().get(i))));
            if (differing > 0 && equal) {
                first = locate(plan, i, expected, got, crossed);
            }
            equal &= differing == 0;
            total += differing;
        }
        return new Comparison(total, whole(predicted, counted), List.copyOf(engines), first);
    }

    private static Map<String, Count> whole(CycleCount predicted, SimulationResult counted) {
        Map<String, Count> counts = new LinkedHashMap<>();
        counts.put(CYCLES, new Count(predicted.cycles(), counted.cycles()));
        counts.put("first output beat", new Count(predicted.firstOutput(), counted.firstOutput()));
        counts.put("last output beat", new Count(predicted.lastOutput(), counted.lastOutput()));
        return counts;
    }

    private static Map<String, Count> counts(
            EngineCycles predicted, Events events, SimulationResult.EngineCounters counted) {
        Map<String, Count> counts = new LinkedHashMap<>();
        counts.put("busy cycles", new Count(predicted.busy(), counted.busy()));
        counts.put("input-starved cycles", new Count(predicted.inputStarved(), counted.inputStarved()));
        counts.put("output-stalled cycles", new Count(predicted.outputStalled(), counted.outputStalled()));
        counts.put("array reads", new Count(predicted.arrayReads(), counted.arrayReads()));
        counts.put("word-line activations", new Count(events.activations(), counted.activations()));
        counts.put("ADC conversions", new Count(predicted.conversions(), counted.conversions()));
        counts.put("clipped conversions", new Count(events.clipped(), counted.clipped()));
        counts.put("line buffer writes", new Count(predicted.lineWrites(), counted.lineWrites()));
        counts.put("line buffer reads", new Count(predicted.lineReads(), counted.lineReads()));
        counts.put("raster buffer writes", new Count(predicted.rasterWrites(), counted.rasterWrites()));
        counts.put("raster buffer reads", new Count(predicted.rasterReads(), counted.rasterReads()));
        counts.put("first output cycle", new Count(predicted.firstOutput(), counted.firstOutput()));
        counts.put("last output cycle", new Count(predicted.lastOutput(), counted.lastOutput()));
        counts.put("first read cycle", new Count(predicted.firstRead(), counted.firstRead()));
        counts.put("last read cycle", new Count(predicted.lastRead(), counted.lastRead()));
        return counts;
    }

    /** Words that differ; those of pixels that did not cross all do. */
    private static long differing(List<Frame> expected, List<Frame> got, long crossed) {
        long differing = 0;
        long left = crossed;
        for (int f = 0; f < expected.size(); f++) {
            int[] want = expected.get(f).words();
            int there = crossedWords(expected.get(f), left);
            differing += want.length - there;
            for (int i = 0; i < there; i++) {
                differing += want[i] == got.get(f).words()[i] ? 0 : 1;
            }
            left -= expected.get(f).shape().pixels();
        }
        return differing;
    }

    /** Words of a frame that crossed, of a number of pixels left. */
    private static int crossedWords(Frame frame, long pixels) {
        return (int) Math.max(
                0, Math.min(frame.words().length, pixels * frame.shape().channels()));
    }

    private static Optional<Mismatch> locate(
            Plan plan, int engine, List<Frame> expected, List<Frame> got, long crossed) {
        long left = crossed;
        for (int f = 0; f < expected.size(); f++) {
            int[] want = expected.get(f).words();
            int there = crossedWords(expected.get(f), left);
            for (int i = 0; i < there; i++) {
                if (want[i] != got.get(f).words()[i]) {
                    return Optional.of(mismatch(plan.engines().get(engine), engine, f, i, want[i], got.get(f)));
                }
            }
            left -= expected.get(f).shape().pixels();
        }
        return Optional.empty();
    }

    /** The read whose block holds an output position; the last one where the block only empties an overlap. */
    private static int read(BlockGrid.Line line, int position) {
        return Math.min(line.reads() - 1, (position + line.crop()) / line.size());
    }

    private static Mismatch mismatch(EnginePlan plan, int engine, int frame, int word, int expected, Frame got) {
        int channels = got.shape().channels();
        int y = word / channels / got.shape().width();
        int x = word / channels % got.shape().width();
        int step = read(plan.grid().vertical(), y) * plan.window().horizontal().steps()
                + read(plan.grid().horizontal(), x);
        return new Mismatch(engine, plan.name(), frame, y, x, word % channels, step, expected, got.words()[word]);
    }
}
