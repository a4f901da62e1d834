package org.emat.train.machine;

/** The handshakes of {@code update_unit.v}: one parameter a cycle, each of which takes five more. */
final class UpdateClock {
    private static final int STAGES = 5;

    private final int weights;
    private final int parameters;
    private final int lanes;
    private int index;
    private int lane;
    private int lastOnItsWay; // stages that the last parameter has passed, one bit each
    private boolean updated;

    UpdateClock(int weights, int parameters, int lanes) {
        this.weights = weights;
        this.parameters = parameters;
        this.lanes = lanes;
    }

    /** Whether a beat would be taken. */
    boolean ready() {
        return index >= weights - 1 || lane == lanes - 1;
    }

    /** Whether all parameters have been updated. */
    boolean updated() {
        return updated;
    }

    /** The clock edge that ends a cycle. */
    void tick(boolean valid) {
        updated |= (lastOnItsWay >> (STAGES - 1) & 1) != 0;
        boolean last = valid && index == parameters - 1;
        lastOnItsWay = lastOnItsWay << 1 | (last ? 1 : 0);
        if (valid) {
            lane = ready() ? 0 : lane + 1;
            index = last ? 0 : index + 1;
        }
    }
}
