package org.emat.schedule;

/**
 * When the source offers no beat and the sink takes none: one bit per cycle and port, from a defined generator,
 * independent of the data.
 *
 * @param seed seed of the generator
 * @param inputRate stalled cycles of the input in 256, 0 to 255
 * @param outputRate stalled cycles of the output in 256, 0 to 255
 */
public record StallScript(long seed, int inputRate, int outputRate) {
    private static final long PORT_STEP = 0x9E3779B97F4A7C15L;
    private static final long CYCLE_STEP = 0xD1342543DE82EF95L;

    public StallScript {
        if (inputRate < 0 || inputRate > 255 || outputRate < 0 || outputRate > 255) {
            throw new IllegalArgumentException(
                    "stall rates must be from 0 to 255, not " + inputRate + " and " + outputRate);
        }
    }

    /** No stalls. */
    public static StallScript none() {
        return new StallScript(0, 0, 0);
    }

    /** Whether the source stalls in a cycle. */
    public boolean stallsInput(long cycle) {
        return inputRate > 0 && (mix(seed ^ (PORT_STEP + cycle * CYCLE_STEP)) & 255) < inputRate;
    }

    /** Whether the sink stalls in a cycle. */
    public boolean stallsOutput(long cycle) {
        return outputRate > 0 && (mix(seed ^ (2 * PORT_STEP + cycle * CYCLE_STEP)) & 255) < outputRate;
    }

    /** The finaliser of splitmix64. */
    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
