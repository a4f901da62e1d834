package org.emat.plan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.emat.arch.Architecture.Budget;
import org.emat.plan.LayerChoices.Choice;

/**
 * Cycles a frame that no plan within a budget can beat.
 *
 * @param limit what sets them
 * @param cycles a frame, in a full pipeline
 */
public record PaceBound(Limit limit, double cycles) {
    /** Why no plan is faster. */
    public enum Limit {
        /** The conversions of a frame, shared evenly among all converters. */
        CONVERTERS("its converters"),
        /** The steps of a frame, arrays copied in fractions as far as the crossbars reach. */
        CROSSBARS("its crossbars"),
        /** A layer of which even the fastest placement takes as long: its pixels pass one by one, or it has no copies. */
        LAYER("its slowest layer"),
        /** The external streams, a beat a cycle. */
        STREAM("its external streams");

        private final String words;

        Limit(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** The bound of layers, whatever their placement. */
    static PaceBound of(List<LayerChoices> layers, Budget budget) {
        return Stream.of(
                        new PaceBound(Limit.CONVERTERS, conversions(layers) / budget.converters()),
                        new PaceBound(Limit.CROSSBARS, copiedInFractions(layers, budget.crossbars())),
                        new PaceBound(Limit.STREAM, slowestStream(layers)),
                        new PaceBound(Limit.LAYER, slowestLayer(layers)))
                .max(Comparator.comparingDouble(PaceBound::cycles))
                .orElseThrow();
    }

    /** Steps × reads × bit lines. */
    private static double conversions(List<LayerChoices> layers) {
        return layers.stream()
                .map(LayerChoices::once)
                .mapToDouble(engine ->
                        (double) engine.window().steps() * engine.input().bits() * engine.bitLines())
                .sum();
    }

    private static double slowestStream(List<LayerChoices> layers) {
        return layers.stream().mapToLong(LayerChoices::streamCycles).max().orElseThrow();
    }

    private static double slowestLayer(List<LayerChoices> layers) {
        return layers.stream()
                .mapToLong(layer ->
                        layer.all().stream().mapToLong(Choice::cycles).min().orElseThrow())
                .max()
                .orElseThrow();
    }

    /**
     * The least pace at which the crossbars of all layers, each times reads / pace but at least 1, still fit. It lies
     * between two neighbouring reads, where the layers that are copied stay the same.
     */
    private static double copiedInFractions(List<LayerChoices> layers, long crossbars) {
        List<EnginePlan> slowestFirst = layers.stream()
                .map(LayerChoices::once)
                .sorted(Comparator.comparingLong(PaceBound::reads).reversed())
                .toList();
        long single = slowestFirst.stream().mapToLong(EnginePlan::crossbars).sum();
        double work = 0;
        double pace = 0;
        for (EnginePlan engine : slowestFirst) {
            if (reads(engine) <= pace) {
                break;
            }
            work += (double) engine.crossbars() * reads(engine);
            single -= engine.crossbars();
            pace = work / (crossbars - single);
        }
        return pace;
    }

    private static long reads(EnginePlan engine) {
        return FrameCycles.of(engine).reads();
    }
}
