package org.emat.tb;

import java.util.List;
import java.util.Optional;
import org.emat.arch.Architecture;
import org.emat.golden.GoldenRun;
import org.emat.integer.Frame;
import org.emat.integer.IntegerNetwork;
import org.emat.plan.Plan;
import org.emat.schedule.CycleCount;
import org.emat.schedule.StallScript;

/**
 * A design with its loaded data, what goes into it, and what the golden model says will come out.
 *
 * @param plan the design
 * @param network weights and scales
 * @param architecture device and converter spreads
 * @param frames input
 * @param script stalls of source and sink
 * @param golden words and events
 * @param predicted cycles
 */
public record Trial(
        Plan plan,
        IntegerNetwork network,
        Architecture architecture,
        List<Frame> frames,
        StallScript script,
        GoldenRun golden,
        CycleCount predicted) {
    public Trial {
        frames = List.copyOf(frames);
    }

    /** The run of a binary that holds the design alone; it counts as hanging after twice the predicted cycles. */
    SimulationRequest request(Optional<SimulationRequest.Wave> wave) {
        return new SimulationRequest(plan, 0, frames, script, 2 * predicted.cycles() + 10_000, wave);
    }
}
