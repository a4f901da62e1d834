package org.emat.rtl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.emat.train.machine.MachineLayer;
import org.emat.train.machine.MachinePlan;

/**
 * The words of 64 bits that a machine shows of a training step, at their places behind its port
 * {@code report_place}.
 *
 * @param words the words
 */
public record TrainerReport(List<Word> words) {
    private static final List<String> ENGINE = List.of("busy", "starved", "stalled", "arrayReads");
    private static final List<String> ENGINE_TIMES = List.of("firstRead", "lastRead");
    private static final int ENGINE_TIMES_PLACE = 14; // among an engine's counters
    private static final List<String> GRADIENT = List.of("clearing", "busy", "starved", "reading", "products");
    private static final List<String> UPDATE =
            List.of("cellWrites", "skippedCells", "saturatedMomenta", "saturatedWeights");

    /**
     * A word.
     *
     * @param name name of what it counts
     * @param text where the Verilog has it
     */
    public record Word(String name, String text) {}

    public TrainerReport {
        words = List.copyOf(words);
    }

    /** The report of a machine. */
    public static TrainerReport of(MachinePlan plan) {
        List<Word> words = new ArrayList<>();
        words.add(new Word("cycles", "cycle"));
        words.add(new Word("judging", "64'(judging_cycles)"));
        words.add(new Word("deceiving", "64'(deceiving_cycles)"));
        words.add(new Word("realLoss", "real_loss"));
        words.add(new Word("fakeLoss", "fake_loss"));
        words.add(new Word("generatorLoss", "generator_loss"));
        words.add(new Word("lossSaturated", "64'(loss_saturated)"));
        if (plan.keptImages() > 0) {
            buffer(words, "images", "images");
        }
        for (int i = 0; i < plan.layers().size(); i++) {
            if (plan.owner(i) == i) {
                learnt(words, plan.layers().get(i).id());
            }
            layer(words, plan.layers().get(i));
            if (plan.keepsSigns(i)) {
                buffer(
                        words,
                        plan.layers().get(i).id() + ".signs",
                        plan.layers().get(i).id() + "_signs");
            }
        }
        return new TrainerReport(words);
    }

    private static void learnt(List<Word> words, String id) {
        words.add(new Word(id + ".maximum", "64'(" + id + "_maximum)"));
        words.add(new Word(id + ".errorMaximum", "64'(" + id + "_error_maximum)"));
        words.add(new Word(id + ".rounding", id + "_rounding"));
        counters(words, id + ".update.", id + "_update_counters", 0, UPDATE);
    }

    private static void layer(List<Word> words, MachineLayer layer) {
        String id = layer.id();
        words.add(new Word(id + ".saturated", "64'(" + id + "_saturated)"));
        words.add(new Word(id + ".errorSaturated", "64'(" + id + "_error_saturated)"));
        buffer(words, id, id);
        engine(words, id + ".forward.", id + "_forward_counters");
        counters(words, id + ".gradient.", id + "_gradient_counters", 0, GRADIENT);
        if (layer.error().isPresent()) {
            engine(words, id + ".error.", id + "_back_counters");
        }
    }

    private static void engine(List<Word> words, String prefix, String bus) {
        counters(words, prefix, bus, 0, ENGINE);
        counters(words, prefix, bus, ENGINE_TIMES_PLACE, ENGINE_TIMES);
    }

    private static void buffer(List<Word> words, String name, String signal) {
        for (String what : List.of("written", "read", "peak")) {
            words.add(new Word(name + "." + what, "64'(" + signal + "_" + what + ")"));
        }
    }

    private static void counters(List<Word> words, String prefix, String bus, int place, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            words.add(new Word(prefix + names.get(i), bus + "[" + (place + i) * Long.SIZE + "+:64]"));
        }
    }

    /** Place of a word. */
    public int index(String name) {
        List<String> names = words.stream().map(Word::name).toList();
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no word '" + name + "' among " + names);
        }
        return index;
    }

    private static int digits(int number) {
        return Integer.toString(number).length();
    }

    /** The arms of a case over the places, as Verilog. */
    List<String> text() {
        int width = words.stream().mapToInt(word -> word.text().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            lines.add("16'd" + i + ": " + " ".repeat(digits(words.size()) - digits(i)) + "report_data = " + word.text()
                    + ";" + " ".repeat(width - word.text().length()) + "  // " + word.name());
        }
        return lines.stream().map(String::stripTrailing).collect(Collectors.toList());
    }
}
