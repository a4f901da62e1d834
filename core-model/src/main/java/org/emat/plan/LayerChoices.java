package org.emat.plan;

import java.util.ArrayList;
import java.util.List;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Budget;
import org.emat.integer.IntegerLayer;

/** The ways to place one layer: copies of its arrays against sharing of converters. */
final class LayerChoices {
    private static final int MOST_LINES = 128;

    /** With one copy, with two, and so on where that saves a step; converters are shared as little as possible. */
    private final List<EnginePlan> engines = new ArrayList<>();

    private final List<Choice> choices = new ArrayList<>();
    private final int streamBits;
    private final boolean first;
    private final boolean last;

    /**
     * One way.
     *
     * @param placement copies and sharing
     * @param crossbars physical crossbars
     * @param converters converters of all of them
     * @param cycles cycles of a frame in a full pipeline
     */
    record Choice(Placement placement, int crossbars, long converters, long cycles) {}

    /** The choices of a layer; the first and the last one carry the external streams. */
    LayerChoices(Mapper mapper, Architecture architecture, IntegerLayer layer, boolean first, boolean last) {
        this.streamBits = architecture.streamBits();
        this.first = first;
        this.last = last;
        int fastest = architecture.adc().columnsPerAdc();
        EnginePlan once = mapper.engine(layer, last, new Placement(1, fastest));
        int most = once.canBeCopied() ? once.window().horizontal().steps() : 1;
        int steps = Integer.MAX_VALUE;
        for (int copies = 1; copies <= most; copies++) {
            int across = (once.window().horizontal().steps() + copies - 1) / copies;
            if (across < steps) {
                steps = across;
                engines.add(mapper.engine(layer, last, new Placement(copies, fastest)));
            }
        }
        for (EnginePlan engine : engines) {
            int lines = engine.array().weightsPerCrossbar() * engine.array().linesPerWeight();
            int widest = architecture.budget().converters() == Budget.UNLIMITED ? fastest : Math.min(MOST_LINES, lines);
            for (int share = fastest; share <= Math.max(fastest, widest); share++) {
                choices.add(new Choice(
                        new Placement(engine.copies(), share),
                        engine.crossbars(),
                        engine.converters(share),
                        Math.max(FrameCycles.of(engine, share), streamCycles(engine))));
            }
        }
    }

    /** Cycles in which a frame crosses the external streams of the layer, one beat a cycle; 0 inside a network. */
    private long streamCycles(EnginePlan engine) {
        Plan alone = new Plan(engine.name(), List.of(engine), streamBits);
        return Math.max(
                first ? alone.inputStream().beatsPerFrame() : 0,
                last ? alone.outputStream().beatsPerFrame() : 0);
    }

    /** The least of them, whatever the placement. */
    long streamCycles() {
        return engines.stream().mapToLong(this::streamCycles).min().orElseThrow();
    }

    /** All ways. */
    List<Choice> all() {
        return choices;
    }

    /** The engine with one copy. */
    EnginePlan once() {
        return engines.get(0);
    }

    /** Ways that take at most some cycles, and of those only the ones that no other beats in both resources. */
    List<Choice> within(long cycles) {
        return Frontier.of(
                choices.stream().filter(choice -> choice.cycles <= cycles).toList(),
                Choice::crossbars,
                Choice::converters);
    }
}
