package org.emat.measure;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Comparator;
import java.util.List;
import org.emat.cost.EventCounts;
import org.emat.train.GradientCycles;

/**
 * What a row did under a mapping.
 *
 * @param counted whether counted in Verilog and compared, or only predicted
 * @param frames frames of the streaming run, at least 2
 * @param cyclesOfOne cycles of a run of one frame
 * @param cyclesOfAll cycles of the streaming run
 * @param engines per layer, over the streaming run
 * @param gradientsOfOne per layer of a row of gradients, over the run of one frame; empty for other rows
 * @param gradients the same over the streaming run
 * @param words words compared over both runs; 0 unless counted
 * @param differingWords words that differ; 0 unless counted
 * @param differences a sentence for the first wrong word and for each count that differs; empty unless counted
 * @param simulation the simulation of the streaming run; zeros unless counted
 */
public record Measurement(
        boolean counted,
        int frames,
        long cyclesOfOne,
        long cyclesOfAll,
        List<Engine> engines,
        List<GradientCycles> gradientsOfOne,
        List<GradientCycles> gradients,
        long words,
        long differingWords,
        List<String> differences,
        Simulation simulation) {

    /**
     * One layer.
     *
     * @param name its name
     * @param counts its events
     * @param busyBetweenOutputs busy cycles from its first output pixel to its last; for a gradient, all busy cycles
     * @param outputSpan cycles from its first output pixel to its last, both included; for a gradient, all cycles but
     *     those in which it clears or is read out
     */
    public record Engine(String name, EventCounts counts, long busyBetweenOutputs, long outputSpan) {}

    /**
     * What the simulation took.
     *
     * @param seconds wall time
     * @param peakBytes most memory of the simulator; 0 where it is not known
     */
    public record Simulation(double seconds, long peakBytes) {
        /** No simulation. */
        static Simulation none() {
            return new Simulation(0, 0);
        }
    }

    public Measurement {
        engines = List.copyOf(engines);
        gradientsOfOne = List.copyOf(gradientsOfOne);
        gradients = List.copyOf(gradients);
        differences = List.copyOf(differences);
        if (frames < 2) {
            throw new IllegalArgumentException("a streaming run has at least 2 frames, not " + frames);
        }
    }

    /** Cycles that one more frame takes while frames stream. */
    @JsonIgnore
    public double cyclesPerFrame() {
        return (double) (cyclesOfAll - cyclesOfOne) / (frames - 1);
    }

    /** Whether no word and no count differs. */
    @JsonIgnore
    public boolean equal() {
        return differingWords == 0 && differences.isEmpty();
    }

    /** Share of the cycles between its outputs in which the busiest layer reads its arrays, 0 to 1. */
    @JsonIgnore
    public double busyShare() {
        return engines.stream()
                .max(Comparator.comparingLong(engine -> engine.counts().busy()))
                .map(engine -> (double) engine.busyBetweenOutputs() / engine.outputSpan())
                .orElse(0.0);
    }

    /** Events of all layers, over the streaming run. */
    @JsonIgnore
    public EventCounts total() {
        return engines.stream().map(Engine::counts).reduce(EventCounts.none(), EventCounts::plus);
    }
}
