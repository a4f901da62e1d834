package org.emat.rtl;

import org.emat.train.machine.MachinePlan;

/** What {@code verilog/gan_trainer.v.vm} sees of a copy of the discriminator. */
public final class TrainerCopyContext {
    private final MachinePlan plan;
    private final int copy;

    TrainerCopyContext(MachinePlan plan, int copy) {
        this.plan = plan;
        this.copy = copy;
    }

    /** Prefix of its names. */
    public String getId() {
        return getFirst().getId().substring(0, 1);
    }

    /** Its first layer. */
    public TrainerLayerContext getFirst() {
        return new TrainerLayerContext(plan, plan.entry(copy));
    }

    /** Its last layer. */
    public TrainerLayerContext getLast() {
        return new TrainerLayerContext(plan, plan.entry(copy + 1) - 1);
    }

    /** Whether it judges real images. */
    public boolean isReal() {
        return plan.realImages(copy) > 0;
    }

    /** Whether it judges generated images. */
    public boolean isGenerated() {
        return copy == plan.copyOfGenerated();
    }

    /** The same as {@link #isReal}, for a parameter. */
    public int getReals() {
        return isReal() ? 1 : 0;
    }

    /** Images that may have entered it. */
    public String getAllowed() {
        return !plan.options().spatialParallelism()
                ? "images_allowed"
                : isReal()
                        ? "(images_allowed < BATCH) ? images_allowed : BATCH"
                        : "(images_allowed > BATCH) ? images_allowed - BATCH : 16'd0";
    }
}
