package org.emat.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emat.arch.Architecture;
import org.emat.golden.GoldenModel;
import org.emat.golden.GoldenRun;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.schedule.CycleCount;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;

/**
 * A design with what its run counts.
 *
 * @param plan the design
 * @param counts per engine
 * @param cycles of the run
 */
record CostedDesign(Plan plan, List<EventCounts> counts, long cycles) {
    static final NumberFormat WORD = new NumberFormat(8, false);

    /** One layer of 8-bit weights of the value 1 and 8-bit inputs that are all 255, requantised to 8 bits. */
    static CostedDesign of(LayerGeometry geometry, Architecture architecture) {
        int[] weights = new int[geometry.weightCount()];
        Arrays.fill(weights, 1);
        int[] multiplier = new int[geometry.scaleCount()];
        Arrays.fill(multiplier, 1 << 15);
        int[] shift = new int[geometry.scaleCount()];
        Arrays.fill(shift, 25);
        IntegerLayer layer = new IntegerLayer(
                "layer",
                geometry,
                WORD,
                8,
                weights,
                new Requantiser(new long[geometry.scaleCount()], multiplier, shift, 0, 255),
                new IntegerActivation.Bounded(),
                WORD);
        int[] words = new int[geometry.input().words()];
        Arrays.fill(words, 255);
        return of(new IntegerNetwork("one", List.of(layer)), architecture, List.of(new Frame(geometry.input(), words)));
    }

    /** What the golden model predicts. */
    static CostedDesign of(IntegerNetwork network, Architecture architecture, List<Frame> frames) {
        Plan plan = new Mapper(architecture).map("costed", network);
        GoldenRun run = new GoldenModel(plan, network, architecture).run(frames, done -> {});
        CycleCount cycles = new Scheduler().count(plan, frames.size(), StallScript.none());
        List<EventCounts> counts = new ArrayList<>();
        for (int i = 0; i < plan.engines().size(); i++) {
            counts.add(EventCounts.of(
                    plan.engines().get(i), cycles.engines().get(i), run.events().get(i)));
        }
        return new CostedDesign(plan, counts, cycles.cycles());
    }

    DesignCost cost(Constants constants) {
        return new CostModel(constants).cost(plan, counts, cycles);
    }
}
