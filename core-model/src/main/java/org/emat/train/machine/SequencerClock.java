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
    private final int batch;
    private State state = State.JUDGE;
    private int latents;
    private int images;

    SequencerClock(boolean pipelined, int batch) {
        this.pipelined = pipelined;
        this.batch = batch;
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
        return state == State.UPDATE_G;
    }

    boolean updatesDiscriminator() {
        return state == State.UPDATE_D;
    }

    int latentsAllowed() {
        return pipelined ? batch : latents;
    }

    int imagesAllowed() {
        return !pipelined ? images : deceiving() ? 3 * batch : 2 * batch;
    }

    /** Images whose gradients each engine of the discriminator must have done, without pipelining. */
    int wantedOfDiscriminator() {
        return judging() ? images : 0;
    }

    /** The same of the generator. */
    int wantedOfGenerator() {
        return Math.max(0, images - 2 * batch);
    }

    /**
     * The clock edge that ends a cycle.
     *
     * @param quiet whether all gradient engines are through with what is wanted
     */
    void tick(Seen seen, boolean quiet) {
        boolean more = judging() ? images < 2 * batch : deceiving() && images < 3 * batch;
        boolean nextImage = seen.generated == batch && quiet && more;
        latents += judging() && latents < batch && seen.generated == latents ? 1 : 0;
        images += nextImage ? 1 : 0;
        state = switch (state) {
            case JUDGE -> seen.offersD ? State.UPDATE_D : State.JUDGE;
            case UPDATE_D -> seen.updatedD ? State.DECEIVE : State.UPDATE_D;
            case DECEIVE -> seen.offersG ? State.UPDATE_G : State.DECEIVE;
            case UPDATE_G -> seen.updatedG ? State.ADVANCE : State.UPDATE_G;
            case ADVANCE -> State.SETTLE;
            default -> State.IDLE;
        };
    }
}
