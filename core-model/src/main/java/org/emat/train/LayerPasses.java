package org.emat.train;

import org.emat.integer.IntegerNetwork;
import org.emat.plan.Plan;
import org.emat.schedule.CycleCount;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;

/**
 * The three passes of one layer, each a design of its own. {@link PassPlanner} makes them.
 *
 * @param forward outputs from inputs
 * @param error errors of the inputs from errors of the sums
 * @param gradient gradients of weights and biases from inputs and errors of the sums
 */
public record LayerPasses(ArrayPass forward, ArrayPass error, GradientPlan gradient) {
    /**
     * A pass on the arrays.
     *
     * @param network its only layer
     * @param plan the layer on crossbars
     */
    public record ArrayPass(IntegerNetwork network, Plan plan) {}

    /**
     * Predicted cycles and data-independent events of the passes.
     *
     * @param forward of the forward pass
     * @param error of the error pass
     * @param gradient of the gradient pass, with its read-out
     */
    public record Cycles(CycleCount forward, CycleCount error, GradientCycles gradient) {}

    /**
     * Predicts every pass by itself, over the same frames.
     *
     * @param frames frames of each pass, for the gradient one batch; 1 to the plan's batch
     * @param script stalls of every pass
     */
    public Cycles count(int frames, StallScript script) {
        Scheduler scheduler = new Scheduler();
        return new Cycles(
                scheduler.count(forward.plan(), frames, script),
                scheduler.count(error.plan(), frames, script),
                new GradientScheduler().count(gradient, 1, frames, script));
    }
}
