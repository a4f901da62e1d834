package org.emat.train.machine;

/** The handshakes of {@code loss_unit.v}. */
final class LossClock {
    private static final int STAGES = 2;

    private final StageClock stages = new StageClock(STAGES);
    private final boolean shares;
    private final int realImages;
    private int scores;
    private boolean again; // the score that waits has given its first error

    /**
     * A clock.
     *
     * @param shares whether scores of generated images give two errors each
     * @param realImages scores of real images, which come first
     */
    LossClock(boolean shares, int realImages) {
        this.shares = shares;
        this.realImages = realImages;
    }

    boolean valid() {
        return stages.valid();
    }

    /** Whether a score is taken in a cycle in which the error would be taken or not. */
    boolean ready(boolean outReady) {
        return stages.ready(outReady) && (again || !isTwice());
    }

    private boolean isTwice() {
        return shares && scores >= realImages;
    }

    void tick(boolean in, boolean outReady) {
        if (stages.ready(outReady) && in) {
            again = isTwice() && !again;
            scores += again ? 0 : 1;
        }
        stages.tick(in, outReady);
    }
}
