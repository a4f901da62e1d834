package org.emat.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.emat.arch.Architecture;
import org.emat.integer.Frame;
import org.emat.integer.IntegerNetwork;
import org.emat.plan.Plan;

/** The golden model of a design: every word of every engine, and the events that depend on data. */
public final class GoldenModel {
    private final List<EngineModel> engines = new ArrayList<>();
    private final IntegerNetwork network;

    /** A model of a plan with its loaded data. */
    public GoldenModel(Plan plan, IntegerNetwork network, Architecture architecture) {
        this.network = network;
        for (int i = 0; i < plan.engines().size(); i++) {
            engines.add(
                    new EngineModel(plan.engines().get(i), i, network.layers().get(i), architecture, false));
        }
    }

    /**
     * Runs frames through all engines.
     *
     * @param progress called with the number of finished frames
     * @throws IllegalArgumentException if a word does not fit the input format
     */
    public GoldenRun run(List<Frame> frames, IntConsumer progress) {
        List<List<Frame>> outputs = new ArrayList<>();
        List<Events> events = new ArrayList<>();
        for (int i = 0; i < engines.size(); i++) {
            outputs.add(new ArrayList<>());
            events.add(new Events(0, 0));
        }
        for (int f = 0; f < frames.size(); f++) {
            Frame current = frames.get(f);
            check(current, f);
            for (int i = 0; i < engines.size(); i++) {
                EngineModel.Result result = engines.get(i).run(current);
                outputs.get(i).add(result.output());
                events.set(i, events.get(i).plus(result.events()));
                current = result.output();
            }
            progress.accept(f + 1);
        }
        return new GoldenRun(outputs.stream().map(List::copyOf).toList(), List.copyOf(events));
    }

    private void check(Frame frame, int index) {
        for (int word : frame.words()) {
            if (!network.inputFormat().holds(word)) {
                throw new IllegalArgumentException("input frame " + index + " holds " + word + ", which does not fit "
                        + network.inputFormat().bits() + (network.inputFormat().signed() ? " signed" : " unsigned")
                        + " bits");
            }
        }
    }
}
