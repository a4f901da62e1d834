package org.emat.train.machine;

import org.emat.arch.Architecture.Mapping;
import org.emat.train.GradientPlan.Form;

/**
 * How a machine runs a training step. None of it changes a bit of the result.
 *
 * @param pipelined whether images follow one another as handshakes let them; otherwise one enters when the one before is
 *     through with all work
 * @param spatialParallelism whether the discriminator has two copies of its engines and buffers, one for real images and
 *     one for generated ones
 * @param lanes products per cycle of each gradient engine, at least 1
 * @param mapping how passes of transposed convolutions are computed: {@code PHASE}, without inserted zeros, or {@code
 *     ZERO_INSERTION}, the textbook way, for comparison; gradients likewise
 */
public record MachineOptions(boolean pipelined, boolean spatialParallelism, int lanes, Mapping mapping) {
    public MachineOptions {
        if (lanes < 1) {
            throw new IllegalArgumentException("a gradient engine has at least one lane, not " + lanes);
        }
        if (mapping != Mapping.PHASE && mapping != Mapping.ZERO_INSERTION) {
            throw new IllegalArgumentException(
                    "a machine that trains has the mapping phase or zero-insertion, not " + mapping);
        }
    }

    /** Options with one copy of the discriminator, without inserted zeros. */
    public MachineOptions(boolean pipelined, int lanes) {
        this(pipelined, false, lanes, Mapping.PHASE);
    }

    /** Which products the gradient engines form. */
    Form form() {
        return mapping == Mapping.PHASE ? Form.ZERO_FREE : Form.ZERO_INSERTING;
    }
}
