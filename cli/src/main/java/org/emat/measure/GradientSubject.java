package org.emat.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.emat.arch.Architecture.Mapping;
import org.emat.integer.Frame;
import org.emat.network.NumberFormat;
import org.emat.suite.Row;
import org.emat.suite.SeededRow;
import org.emat.tb.GradientSimulation;
import org.emat.train.GradientPlan;
import org.emat.train.GradientPlan.Form;
import org.emat.train.GradientPlanner;

/**
 * A row of gradients: a gradient engine per layer, all at work at the same time as in a pipelined training. Of the
 * mappings, {@code phase} multiplies no inserted zero and {@code zero-insertion} is the textbook convolution.
 *
 * @param row the row
 * @param variant the mapping
 * @param setting what is the same for both mappings
 * @param plans one per layer
 */
public record GradientSubject(Row row, Variant variant, Setting setting, List<GradientPlan> plans) implements Subject {
    /** Products of a cycle, where the channels of a layer allow as many. */
    private static final int MOST_LANES = 1024;

    private static final NumberFormat ERROR = new NumberFormat(SeededRow.BITS, true);

    public GradientSubject {
        plans = List.copyOf(plans);
    }

    /** Whether there is such a gradient. */
    static boolean knows(Variant variant) {
        return variant.equals(Variant.PHASE) || variant.equals(Variant.ZERO_INSERTION);
    }

    /** The designs of a row. */
    public static GradientSubject of(Row row, Variant variant) {
        Setting setting = Setting.of(row);
        List<GradientPlan> plans = IntStream.range(0, row.layers().size())
                .mapToObj(layer -> plan(row, layer, variant, setting))
                .toList();
        return new GradientSubject(row, variant, setting, plans);
    }

    private static GradientPlan plan(Row row, int layer, Variant variant, Setting setting) {
        Form form = variant.mapping() == Mapping.ZERO_INSERTION ? Form.ZERO_INSERTING : Form.ZERO_FREE;
        return new GradientPlanner(form, setting.architecture(variant).onePixel(), lanes(row, layer), setting.frames())
                .plan("bench_" + layer, row.layers().get(layer).geometry(), new SeededRow(row).input(layer), ERROR);
    }

    /** The most lanes that divide the products of a pair of pixels, so that accumulators are a memory. */
    private static int lanes(Row row, int layer) {
        long products = (long) row.layers().get(layer).channels()
                * row.layers().get(layer).outputs();
        int lanes = (int) Math.min(MOST_LANES, products);
        while (products % lanes != 0) {
            lanes--;
        }
        return lanes;
    }

    /** The first inputs of a layer. */
    List<Frame> inputs(int layer, int count) {
        SeededRow seeded = new SeededRow(row);
        return IntStream.range(0, count)
                .mapToObj(frame -> seeded.inputs(layer, frame))
                .toList();
    }

    /** The first errors of a layer's sums. */
    List<Frame> errors(int layer, int count) {
        SeededRow seeded = new SeededRow(row);
        return IntStream.range(0, count)
                .mapToObj(frame -> seeded.errors(layer, frame))
                .toList();
    }

    @Override
    public long steps() {
        return plans.stream().mapToLong(GradientPlan::steps).sum();
    }

    @Override
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        plans.forEach(plan -> texts.add(plan.toString()));
        texts.addAll(Subject.inOrder(GradientSimulation.files(plans)));
        return texts;
    }

    @Override
    public String toString() {
        return row.name() + ", " + variant;
    }
}
