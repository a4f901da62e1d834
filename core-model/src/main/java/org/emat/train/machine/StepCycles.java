package org.emat.train.machine;

import java.util.List;
import java.util.Optional;
import org.emat.schedule.EngineCycles;
import org.emat.train.GradientCycles;

/**
 * Predicted cycles of a training step. They do not depend on data, so that all steps take the same.
 *
 * @param cycles cycles of the step
 * @param judging cycles until the discriminator's gradients are complete
 * @param deceiving cycles until the generator's are, after the discriminator's update
 * @param images traffic of the buffer of generated images
 * @param layers by layer, the generator's first
 */
public record StepCycles(long cycles, long judging, long deceiving, Traffic images, List<Layer> layers) {
    public StepCycles {
        layers = List.copyOf(layers);
    }

    /**
     * Pixels through a buffer.
     *
     * @param written pixels written
     * @param read pixels read
     * @param peak most that were held at a time
     */
    public record Traffic(long written, long read, long peak) {}

    /**
     * Cycles of a layer's engines.
     *
     * @param inputs traffic of the buffer of its inputs
     * @param signs traffic of the buffer of their signs, if they have one
     * @param forward of the engine of its sums
     * @param error of the engine of its inputs' errors
     * @param gradient of the gradient engine, those of clearing after reset included
     */
    public record Layer(
            Traffic inputs,
            Optional<Traffic> signs,
            EngineCycles forward,
            Optional<EngineCycles> error,
            GradientCycles gradient) {}
}
