package org.emat.tb;

/** Hears how far a co-simulation is. */
@FunctionalInterface
public interface Progress {
    /** What a co-simulation does, in this order. */
    enum Phase {
        /** Writes the memory images. */
        IMAGES,
        /** Builds the simulator, or finds it. */
        BUILD,
        /** Simulates. */
        SIMULATION,
        /** Compares with the golden model. */
        COMPARISON,
        /** Looks for the cause of a mismatch; only where one was found and a trace was asked for. */
        TRIAGE
    }

    /**
     * Called when a phase begins, with a share of 0, and during the simulation now and then.
     *
     * @param permille simulated share of the predicted cycles, 0 to 1000; 0 in the other phases
     */
    void at(Phase phase, int permille);

    /** Nobody listens. */
    static Progress none() {
        return (phase, permille) -> {};
    }
}
