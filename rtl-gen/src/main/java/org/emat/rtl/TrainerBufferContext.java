package org.emat.rtl;

import org.emat.train.machine.MachinePlan;

/** What {@code verilog/gan_trainer.v.vm} sees of the buffers that keep a layer's inputs, and their signs where those are apart. */
public final class TrainerBufferContext {
    private final MachinePlan plan;
    private final int index;
    private final TrainerLayerContext layer;

    TrainerBufferContext(MachinePlan plan, int index, TrainerLayerContext layer) {
        this.plan = plan;
        this.index = index;
        this.layer = layer;
    }

    /** Pixels of the buffer of its inputs. */
    public int getDepth() {
        return plan.layers().get(index).kept();
    }

    /** Readers of the buffer of its inputs: gradient engine, and slopes if no signs are kept for them. */
    public int getReaders() {
        return layer.isSigns() ? 1 : plan.readers(index);
    }

    /** Readers of the buffer of their signs: slopes, slopes of second errors. */
    public int getSignReaders() {
        return plan.readers(index) - 1;
    }

    /** Pixels of that buffer. */
    public int getSignDepth() {
        return plan.layers().get(index).keptSigns();
    }

    /** What else its inputs are kept for. */
    public String getAlsoFor() {
        return plan.tellsSlopes(index) && !layer.isSigns() ? " and the slopes of the layer before" : "";
    }

    /** Which readers read. */
    public String getEnable() {
        String gradient = layer.judges() && !plan.shares() ? "!deceiving" : "1'b1";
        String slopes = layer.isPassing() ? layer.getId() + "_generated" : "1'b1";
        return getReaders() == 1 ? gradient : "{" + slopes + ", " + gradient + "}";
    }

    /** Which readers read its signs. */
    public String getSignEnable() {
        String second = layer.isPassing() ? layer.getId() + "_generated" : "1'b1";
        return getSignReaders() == 1 ? "1'b1" : "{" + second + ", 1'b1}";
    }
}
