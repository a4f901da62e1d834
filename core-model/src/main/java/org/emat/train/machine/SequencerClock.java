package org.emat.train.machine;

/** The states of {@code batch_sequencer.v}, cycle by cycle, from the first cycle of a step. */
final class SequencerClock {
    private enum State {
        JUDGE,
        UPDATE_D,
        DECEIVE,
        UPDATE_G,
        ADVANCE,
        SETTLE,
        IDLE
    }

    /**
     * What the sequencer sees in a cycle.
     *
     * @param generated images that have left the generator
     * @param offersG whether all gradient engines of the generator offer their sums
     * @param offersD whether all of the discriminator do
     * @param updatedG whether all parameters of the generator have been updated
     * @param updatedD whether all of the discriminator have
     */
    record Seen(int generated, boolean offersG, boolean offersD, boolean updatedG, boolean updatedD) {}

    private final boolean pipelined;
    private final boolean shares;
    private final int copies; // of the discriminator
    private final int batch;
    private State state = State.JUDGE;
    private int latents;
    private int images;

    SequencerClock(MachinePlan plan) {
        pipelined = plan.options().pipelined();
        shares = plan.shares();
        copies = plan.discriminators().size();
        batch = plan.gan().batch();
    }

    boolean busy() {
        return state != State.IDLE;
    }

    boolean judging() {
        return state == State.JUDGE;
    }

    boolean deceiving() {
        return state == State.DECEIVE;
    }

    boolean updatesGenerator() {
        return state == State.UPDATE_G || shares && state == State.UPDATE_D;
    }

    boolean updatesDiscriminator() {
        return state == State.UPDATE_D;
    }

    int latentsAllowed() {
        return pipelined ? batch : shares ? beyond(batch) : latents;
    }

    int imagesAllowed() {
        return !pipelined ? images : deceiving() ? 3 * batch : 2 * batch;
    }

    /** Images after so many that may have entered, without pipelining. */
    private int beyond(int first) {
        return Math.max(0, images - first);
    }

    /** Images whose gradients each engine of a copy of the discriminator must have done, without pipelining. */
    int wantedOfDiscriminator(int copy) {
        if (!judging()) {
            return 0;
        }
        return copies == 1 ? images : copy == 0 ? Math.min(images, batch) : beyond(batch);
    }

    /** The same of the generator. */
    int wantedOfGenerator() {
        return beyond(shares ? batch : 2 * batch);
    }

    /**
     * The clock edge that ends a cycle.
     *
     * @param quiet whether all gradient engines are through with what is wanted
     */
    void tick(Seen seen, boolean quiet) {
        boolean more = judging() ? images < 2 * batch : deceiving() && images < 3 * batch;
        boolean nextImage = (shares || seen.generated == batch) && quiet && more;
        latents += judging() && latents < batch && seen.generated == latents ? 1 : 0;
        images += nextImage ? 1 : 0;
        state = switch (state) {
            case JUDGE -> seen.offersD && (seen.offersG || !shares) ? State.UPDATE_D : State.JUDGE;
            case UPDATE_D -> updated(seen);
            case DECEIVE -> seen.offersG ? State.UPDATE_G : State.DECEIVE;
            case UPDATE_G -> seen.updatedG ? State.ADVANCE : State.UPDATE_G;
            case ADVANCE -> State.SETTLE;
            default -> State.IDLE;
        };
    }

    private State updated(Seen seen) {
        if (shares) {
            return seen.updatedD && seen.updatedG ? State.ADVANCE : State.UPDATE_D;
        }
        return seen.updatedD ? State.DECEIVE : State.UPDATE_D;
    }
}
