package org.emat.train.machine;

import java.util.Optional;
import org.emat.plan.EnginePlan;
import org.emat.train.GradientPlan;
import org.emat.train.gan.TrainedLayer;

/**
 * What the machine has for a layer.
 *
 * @param id identifier in Verilog: g or d for the network, or e for the discriminator's second copy; the number of the
 *     layer
 * @param layer the layer
 * @param forward engine of its sums
 * @param error engine of the sums of its inputs' errors; there is none where nobody wants these errors
 * @param gradient engine of its gradients
 * @param kept pixels that the buffer of its inputs holds
 * @param keptSigns pixels that the buffer of their signs holds, if they have one
 */
public record MachineLayer(
        String id,
        TrainedLayer layer,
        EnginePlan forward,
        Optional<EnginePlan> error,
        GradientPlan gradient,
        int kept,
        int keptSigns) {
    /** Pixels of an input. */
    public int inputPixels() {
        return layer.geometry().input().pixels();
    }

    /** Pixels of an output. */
    public int outputPixels() {
        return layer.geometry().output().pixels();
    }

    /** The same with other buffers. */
    MachineLayer keeping(int pixels, int signs) {
        return new MachineLayer(id, layer, forward, error, gradient, pixels, signs);
    }

    /** The same without an error engine. */
    MachineLayer withoutError() {
        return new MachineLayer(id, layer, forward, Optional.empty(), gradient, kept, keptSigns);
    }
}
