package org.emat.train.machine;

/** What a copy of the discriminator has at its ends: images that enter, scores that leave. */
final class JudgeClock {
    /** Where the next image comes from. */
    enum Source {
        REAL,
        GENERATED,
        AGAIN
    }

    final int first; // number of its first layer
    final int last; // number of its last layer
    final LossClock loss;
    private final MachinePlan plan;
    private final int copy;
    private final int pixels; // of an image
    private long taken; // pixels

    JudgeClock(MachinePlan plan, int copy) {
        this.plan = plan;
        this.copy = copy;
        first = plan.entry(copy);
        last = plan.entry(copy + 1) - 1;
        loss = new LossClock(plan.shares(), plan.realImages(copy));
        pixels = plan.gan().image().pixels();
    }

    Source source() {
        long image = taken / pixels - plan.realImages(copy);
        return image < 0 ? Source.REAL : image < plan.gan().batch() || plan.shares() ? Source.GENERATED : Source.AGAIN;
    }

    /** Whether an image may enter, with so many allowed to all copies together. */
    boolean open(int allowed) {
        int batch = plan.gan().batch();
        int own = plan.discriminators().size() == 1
                ? allowed
                : copy == 0 ? Math.min(allowed, batch) : Math.max(0, allowed - batch);
        return taken / pixels < own;
    }

    void tick(boolean pixelTaken) {
        taken += pixelTaken ? 1 : 0;
    }
}
