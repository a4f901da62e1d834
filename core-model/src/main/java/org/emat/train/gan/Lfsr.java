package org.emat.train.gan;

/**
 * A linear-feedback shift register of 64 bits with period 2^64 − 1, advanced by the shifts (13, 7, 17) of Marsaglia's
 * xorshift, so that each step gives 64 new bits.
 *
 * <p>Source: G. Marsaglia, Xorshift RNGs, Journal of Statistical Software 8 (14), 2003.
 */
public final class Lfsr {
    private long state;

    /** A register with a state that is not 0. */
    public Lfsr(long state) {
        if (state == 0) {
            throw new IllegalArgumentException("a shift register of zeros never changes");
        }
        this.state = state;
    }

    /** A register from any seed; streams of one seed differ. */
    public static Lfsr of(long seed, int stream) {
        long mixed = (seed + 1) * 0x9E3779B97F4A7C15L + stream * 0xD1B54A32D192ED03L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return new Lfsr(mixed == 0 ? 1 : mixed);
    }

    /** The state, from which a register continues. */
    public long state() {
        return state;
    }

    /** The next 64 bits. */
    long next() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return state;
    }

    /** A number of {@code bits} bits, 1 to 63: the upper ones of the next state. */
    long bits(int bits) {
        return next() >>> (64 - bits);
    }

    /** A number below {@code bound}: the upper half of the next state, scaled. */
    int below(int bound) {
        return (int) ((next() >>> 32) * bound >>> 32);
    }
}
