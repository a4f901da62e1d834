package org.emat.rtl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.emat.network.TensorShape;
import org.emat.train.GradientPlan;
import org.emat.train.GradientPlan.Pair;
import org.emat.train.GradientWork;
import org.emat.train.Operand;

/** What {@code verilog/gradient_top.v.vm} sees: finished text and numbers. Getters are bean style for Velocity. */
public final class GradientContext {
    private static final int TABLE_LIMIT = 1 << 16;
    private static final int ENTRIES_PER_LINE = 12;
    private static final int COUNTER_BITS = 1024;

    private final GradientPlan plan;

    /**
     * The top of a plan.
     *
     * @throws IllegalArgumentException if the plan has more than 65,536 pixels in a window or kernel indices
     */
    GradientContext(GradientPlan plan) {
        this.plan = plan;
        int windows =
                plan.window().vertical().window() * plan.window().horizontal().window();
        int blocks =
                plan.block().vertical().window() * plan.block().horizontal().window();
        int most = Math.max(Math.max(windows, blocks), plan.forward().kernelSize());
        if (most > TABLE_LIMIT) {
            throw new IllegalArgumentException("the gradient of '" + plan.name() + "' has " + most
                    + " kernel indices or pixels of a window; at most " + TABLE_LIMIT + " are supported");
        }
    }

    /** Name of the top module. */
    public String getModule() {
        return GradientGenerator.module(plan);
    }

    /** One line on what the design is. */
    public String getSummary() {
        GradientWork work = new GradientWork(plan);
        return "weight gradient of a "
                + plan.forward().operator().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", "
                + plan.steps() + " steps, " + work.products() + " products, " + work.cycles() + " cycles a frame";
    }

    /** Bit range of a pixel of the windows. */
    public String getWindowRange() {
        return range(plan.window().pixelBits());
    }

    /** What a pixel of the windows is. */
    public String getWindowMeaning() {
        return meaning(plan.window(), plan.errorInWindow());
    }

    /** Bit range of a pixel of the blocks. */
    public String getBlockRange() {
        return range(plan.block().pixelBits());
    }

    /** What a pixel of the blocks is. */
    public String getBlockMeaning() {
        return meaning(plan.block(), !plan.errorInWindow());
    }

    /** Bit range of a beat of the read-out. */
    public String getOutRange() {
        return range(plan.lanes() * plan.accumulatorBits());
    }

    /** Bit range of a port, as wide as the widest one, so that ports stand in columns. */
    public String range(int bits) {
        return String.format("%-" + rangeWidth() + "s", "[" + (bits - 1) + ":0]");
    }

    /** Where a port of one bit has no range. */
    public String getNoRange() {
        return " ".repeat(rangeWidth());
    }

    private int rangeWidth() {
        int widest = Math.max(plan.window().pixelBits(), plan.block().pixelBits());
        widest = Math.max(COUNTER_BITS, Math.max(widest, plan.lanes() * plan.accumulatorBits()));
        return ("[" + (widest - 1) + ":0]").length();
    }

    /** What a beat of the read-out is. */
    public String getOutMeaning() {
        return plan.lanes() + " weights or 1 bias, signed " + plan.accumulatorBits() + "-bit";
    }

    private static String meaning(Operand operand, boolean error) {
        TensorShape shape = operand.shape();
        return (error ? "error " : "input ") + shape.height() + "x" + shape.width() + "x" + shape.channels() + " "
                + (operand.format().signed() ? "signed " : "unsigned ")
                + operand.format().bits() + "-bit";
    }

    /** Parameter list, one entry per line, aligned. */
    public List<String> getParameters() {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, "STEPS_Y", plan.stepsY());
        put(values, "STEPS_X", plan.stepsX());
        windows(values);
        blocks(values);
        products(values);
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        values.forEach(
                (name, value) -> lines.add("." + name + " ".repeat(width - name.length()) + " (" + value + "),"));
        int last = lines.size() - 1;
        lines.set(last, lines.get(last).substring(0, lines.get(last).length() - 1));
        return lines;
    }

    private void windows(Map<String, String> values) {
        operand(values, "WINDOW", plan.window());
        put(values, "ADVANCE_Y", plan.window().vertical().advance());
        put(values, "ADVANCE_X", plan.window().horizontal().advance());
        put(values, "WINDOW_Y", plan.window().vertical().window());
        put(values, "WINDOW_X", plan.window().horizontal().window());
        put(values, "ORIGIN_Y", plan.window().vertical().origin());
        put(values, "ORIGIN_X", plan.window().horizontal().origin());
        put(values, "SPREAD_Y", plan.window().vertical().stretch());
        put(values, "SPREAD_X", plan.window().horizontal().stretch());
    }

    private void blocks(Map<String, String> values) {
        operand(values, "BLOCK", plan.block());
        put(values, "BLOCK_Y", plan.block().vertical().window());
        put(values, "BLOCK_X", plan.block().horizontal().window());
        put(values, "STRETCH_Y", plan.block().vertical().stretch());
        put(values, "STRETCH_X", plan.block().horizontal().stretch());
    }

    private static void operand(Map<String, String> values, String prefix, Operand operand) {
        put(values, prefix + "_CHANNELS", operand.shape().channels());
        put(values, prefix + "_BITS", operand.format().bits());
        put(values, prefix + "_SIGNED", operand.format().signed() ? 1 : 0);
        put(values, prefix + "_HEIGHT", operand.shape().height());
        put(values, prefix + "_WIDTH", operand.shape().width());
        put(values, prefix + "_ROWS", operand.bufferRows());
    }

    private void products(Map<String, String> values) {
        put(values, "GROUPS", plan.forward().groups());
        put(values, "KERNELS", plan.forward().kernelSize());
        put(values, "PAIRS", plan.pairs().size());
        values.put("PAIR_WINDOW_Y", table(Pair::windowY));
        values.put("PAIR_WINDOW_X", table(Pair::windowX));
        values.put("PAIR_BLOCK_Y", table(Pair::blockY));
        values.put("PAIR_BLOCK_X", table(Pair::blockX));
        values.put("PAIR_KERNELS", table(Pair::kernelIndex));
        put(values, "SKIP", plan.skipping() ? 1 : 0);
        put(values, "LANES", plan.lanes());
        put(values, "ACC_BITS", plan.accumulatorBits());
        put(values, "ERROR_IN_WINDOW", plan.errorInWindow() ? 1 : 0);
        put(values, "BIAS_SETS", plan.biasWords() / plan.forward().output().channels());
    }

    private static void put(Map<String, String> values, String name, int value) {
        values.put(name, Integer.toString(value));
    }

    /** A packed table of 16-bit entries, that of pair 0 in the least significant bits. */
    private String table(ToIntFunction<Pair> entry) {
        List<String> words = new ArrayList<>();
        for (int i = plan.pairs().size() - 1; i >= 0; i--) {
            words.add("16'd" + entry.applyAsInt(plan.pairs().get(i)));
        }
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < words.size(); i += ENTRIES_PER_LINE) {
            text.append(i == 0 ? "" : ",\n            ")
                    .append(words.subList(i, Math.min(words.size(), i + ENTRIES_PER_LINE)).stream()
                            .collect(Collectors.joining(", ")));
        }
        return text.append('}').toString();
    }
}
