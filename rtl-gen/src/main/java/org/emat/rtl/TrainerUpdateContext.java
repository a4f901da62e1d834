package org.emat.rtl;

import org.emat.train.machine.MachineLayer;

/** What {@code verilog/gan_update.vm} sees of the update of the parameters of a layer. */
public final class TrainerUpdateContext {
    private final MachineLayer machine;
    private final TrainerLayerContext layer;

    TrainerUpdateContext(MachineLayer machine, TrainerLayerContext layer) {
        this.machine = machine;
        this.layer = layer;
    }

    /** Number of its weights. */
    public int getWeights() {
        return machine.layer().geometry().weightCount();
    }

    /** Bits of the number of a parameter. */
    public int getIndexBits() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(machine.layer().parameterCount() - 1);
    }

    /** Products of a cycle of its gradient engine. */
    public int getLanes() {
        return machine.gradient().lanes();
    }

    /** Bits of a sum of gradients. */
    public int getAccBits() {
        return machine.gradient().accumulatorBits();
    }

    /** Engines whose cells hold its weights, of one copy. */
    public int getArrays() {
        return layer.isTransposed() ? 2 : 1;
    }

    /** Bit lines of a weight. */
    public int getLines() {
        return machine.forward().array().linesPerWeight();
    }

    /** Bits of a cell. */
    public int getCellBits() {
        return machine.forward().array().cellBits();
    }

    /** Whether weights have positive and negative bit lines. */
    public int getDifferential() {
        return machine.forward().array().differential() ? 1 : 0;
    }

    /** When its gradients may be taken. */
    public String getEnable() {
        return layer.judges() ? "update_discriminator" : "update_generator";
    }

    /** Bits of a beat of the gradient. */
    public int getBits() {
        return machine.gradient().lanes() * machine.gradient().accumulatorBits();
    }
}
