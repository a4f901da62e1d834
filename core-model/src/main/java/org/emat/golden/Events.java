package org.emat.golden;

/**
 * Data-dependent events of an engine.
 *
 * @param activations word lines driven with 1, counted per crossbar and bit plane
 * @param clipped conversions outside the converter's range
 */
public record Events(long activations, long clipped) {
    /** Sum of two counts. */
    public Events plus(Events other) {
        return new Events(activations + other.activations, clipped + other.clipped);
    }
}
