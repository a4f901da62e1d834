package org.emat.cli;

import java.util.List;
import java.util.Locale;
import org.emat.golden.Events;
import org.emat.golden.GoldenRun;
import org.emat.quant.SignalToNoise;
import org.emat.schedule.CycleCount;
import org.emat.schedule.EngineCycles;
import org.emat.tb.Comparison;

/** Results as text for a terminal. */
final class ResultText {
    private final Design design;

    ResultText(Design design) {
        this.design = design;
    }

    /** Cycles and events of the golden model. */
    String golden(GoldenRun run, CycleCount cycles) {
        Table table = new Table(
                "layer", "busy cycles", "starved", "stalled", "array reads", "conversions", "clipped", "activations");
        for (int i = 0; i < design.plan().engines().size(); i++) {
            EngineCycles engine = cycles.engines().get(i);
            Events events = run.events().get(i);
            table.row(
                    design.plan().engines().get(i).name(),
                    engine.busy(),
                    engine.inputStarved(),
                    engine.outputStalled(),
                    engine.arrayReads(),
                    engine.conversions(),
                    events.clipped(),
                    events.activations());
        }
        return table
                + String.format(
                        Locale.ROOT,
                        "%d frames in %d cycles, the first output in cycle %d.%n",
                        design.frames().size(),
                        cycles.cycles(),
                        cycles.firstOutput());
    }

    /** How near the words come to real numbers; nothing in integer mode. */
    String quality(List<SignalToNoise> noise, List<Quality.Figure> figures) {
        StringBuilder text = new StringBuilder();
        if (!noise.isEmpty()) {
            Table table = new Table("layer", "signal to quantisation noise");
            noise.forEach(entry -> table.row(entry.layer(), decibels(entry.decibels())));
            text.append(System.lineSeparator()).append(table);
        }
        for (Quality.Figure figure : figures) {
            text.append(figure.label() + ": " + decibels(figure.decibels()) + " (" + figure.note() + ")")
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    /** Decibels with two digits. */
    static String decibels(double value) {
        String sign = value < 0 ? "-" : "";
        return Double.isInfinite(value) ? sign + "∞ dB" : String.format(Locale.ROOT, "%.2f dB", value);
    }

    /** The verdict of a co-simulation. */
    String comparison(Comparison comparison) {
        Table table = new Table("layer", "words", "differ", "cycles predicted", "counted", "other counts");
        for (Comparison.EngineComparison engine : comparison.engines()) {
            Comparison.Count last = engine.counts().get("last output cycle");
            long unequal = engine.counts().values().stream()
                    .filter(count -> !count.same())
                    .count();
            table.row(
                    engine.name(),
                    engine.words(),
                    engine.differingWords(),
                    last.predicted() + 1,
                    last.counted() + 1,
                    unequal == 0 ? "equal" : unequal + " of " + engine.counts().size() + " differ");
        }
        String verdict = comparison.equal()
                ? "EQUAL: every word and every count of the Verilog is that of the golden model."
                : "DIFFERENT: " + comparison.differingWords() + " words differ.";
        StringBuilder text = new StringBuilder(table.toString());
        text.append("whole design: predicted ")
                .append(comparison.cycles().predicted())
                .append(" cycles, counted ")
                .append(comparison.cycles().counted())
                .append(System.lineSeparator());
        comparison
                .firstMismatch()
                .ifPresent(mismatch ->
                        text.append("first mismatch: ").append(mismatch).append(System.lineSeparator()));
        return text.append(verdict).append(System.lineSeparator()).toString();
    }
}
