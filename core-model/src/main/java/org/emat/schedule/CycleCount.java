package org.emat.schedule;

import java.util.List;

/**
 * Predicted cycles of a run.
 *
 * @param cycles cycles from the start to the last output beat, both included
 * @param firstOutput cycle of the first output beat
 * @param lastOutput cycle of the last output beat
 * @param engines per engine
 */
public record CycleCount(long cycles, long firstOutput, long lastOutput, List<EngineCycles> engines) {
    public CycleCount {
        engines = List.copyOf(engines);
    }
}
