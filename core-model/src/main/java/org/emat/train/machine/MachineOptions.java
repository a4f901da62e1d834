package org.emat.train.machine;

/**
 * How a machine runs a training step. None of it changes a bit of the result.
 *
 * @param pipelined whether images follow one another as handshakes let them; otherwise one enters when the one before is
 *     through with all work
 * @param lanes products per cycle of each gradient engine, at least 1
 */
public record MachineOptions(boolean pipelined, int lanes) {
    public MachineOptions {
        if (lanes < 1) {
            throw new IllegalArgumentException("a gradient engine has at least one lane, not " + lanes);
        }
    }
}
