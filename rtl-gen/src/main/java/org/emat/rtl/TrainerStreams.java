package org.emat.rtl;

import org.emat.train.machine.MachineLayer;
import org.emat.train.machine.MachinePlan;

/**
 * The streams of a machine that trains.
 *
 * @param latentBits bits of a beat of the latents, a power of two that holds a pixel
 * @param realBits bits of a beat of the real images, a power of two that holds a pixel
 * @param stateWords words of {@link #STATE_BITS} bits of the state
 */
public record TrainerStreams(int latentBits, int realBits, int stateWords) {
    /** Bits of a beat of the state, which is a word. */
    public static final int STATE_BITS = 64;

    /** Words of the state of a layer besides its parameters: two maxima and the shift register. */
    public static final int SCALES = 3;

    private static final int LEAST_BITS = 8;

    /** The streams of a machine. */
    public static TrainerStreams of(MachinePlan plan) {
        int bits = plan.gan().format().activationBits();
        int words = plan.learners().stream()
                .map(MachineLayer::layer)
                .mapToInt(layer -> layer.parameterCount() + SCALES)
                .sum();
        return new TrainerStreams(
                beat(plan.gan().latent().channels() * bits),
                beat(plan.gan().image().channels() * bits),
                words);
    }

    private static int beat(int pixelBits) {
        int bits = LEAST_BITS;
        while (bits < pixelBits) {
            bits *= 2;
        }
        return bits;
    }
}
