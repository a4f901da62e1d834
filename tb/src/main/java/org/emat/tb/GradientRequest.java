package org.emat.tb;

import java.util.List;
import org.emat.integer.Frame;
import org.emat.schedule.StallScript;

/**
 * A run of batches of equal size, back to back, on one of the designs of a {@link GradientSimulation}.
 *
 * @param design its number among the plans
 * @param inputs frames of all batches
 * @param errors one per input
 * @param frames frames of a batch, a divisor of all
 * @param script stalls
 * @param cutOff cycles of a run before this one, which a reset ends; 0 for none
 * @param cycleLimit cycles after which the design counts as hanging
 */
public record GradientRequest(
        int design,
        List<Frame> inputs,
        List<Frame> errors,
        int frames,
        StallScript script,
        long cutOff,
        long cycleLimit) {
    public GradientRequest {
        inputs = List.copyOf(inputs);
        errors = List.copyOf(errors);
        if (frames < 1 || inputs.isEmpty() || inputs.size() % frames != 0 || inputs.size() != errors.size()) {
            throw new IllegalArgumentException("batches of " + frames + " frames cannot be made of " + inputs.size()
                    + " inputs and " + errors.size() + " errors");
        }
    }

    /** Batches. */
    public int batches() {
        return inputs.size() / frames;
    }
}
