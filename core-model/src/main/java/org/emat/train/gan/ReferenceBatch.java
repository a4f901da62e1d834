package org.emat.train.gan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.emat.network.TensorShape;

/**
 * The reference batch of a network. It passes forward at the end of each step, through the weights that the step has left
 * and normalised as the step's images were; its sums then normalise those of the next step. A network without normalised
 * layers needs none.
 */
final class ReferenceBatch {
    private static final int LATENTS = 6;
    private static final int IMAGES = 7;

    private final TrainedNetwork network;
    private final int exponent;
    private final int frames; // of a part
    private final List<double[][]> parts;

    /**
     * A reference batch, which passes in parts.
     *
     * @param shape of a frame
     * @param words of each frame, H × W × C; their number is a multiple of that of the parts
     * @param exponent of the words
     */
    ReferenceBatch(TrainedNetwork network, TensorShape shape, int[][] words, int exponent, int parts) {
        this.network = network;
        this.exponent = exponent;
        frames = words.length / parts;
        this.parts = IntStream.range(0, parts)
                .mapToObj(part -> Arrays.copyOfRange(words, part * frames, (part + 1) * frames))
                .map(some -> BatchPart.tensor(shape, some, frames))
                .toList();
    }

    /** What normalises both networks of a training: latents for the generator, images for the discriminator. */
    static TrainingBatch draw(GanPlan plan, ImageSet images) {
        return TrainingBatch.draw(plan, images, Lfsr.of(plan.seed(), LATENTS), Lfsr.of(plan.seed(), IMAGES));
    }

    /** Passes once; gives what has saturated. */
    TrainingCounts pass() {
        if (network.layers().stream().noneMatch(TrainedLayer::normalised)) {
            return TrainingCounts.none();
        }
        List<NetworkPass> passes =
                parts.stream().map(part -> new NetworkPass(network, frames)).toList();
        IntStream.range(0, parts.size())
                .parallel()
                .forEach(part -> passes.get(part).forward(parts.get(part), exponent));
        for (int layer = 0; layer < network.layers().size(); layer++) {
            refer(layer, passes);
        }
        long saturated =
                passes.stream().mapToLong(NetworkPass::saturatedActivations).sum();
        return new TrainingCounts(saturated, 0, 0, 0, 0, 0);
    }

    private void refer(int layer, List<NetworkPass> passes) {
        network.normalisation(layer).ifPresent(normalisation -> {
            int biases = network.layers().get(layer).geometry().scaleCount();
            long[] sums = new long[2 * biases];
            for (NetworkPass pass : passes) {
                long[] more = pass.statistics(layer);
                Arrays.setAll(sums, i -> sums[i] + more[i]);
            }
            long count = network.layers().get(layer).sharingBias(frames * parts.size());
            for (int bias = 0; bias < biases; bias++) {
                normalisation.refer(bias, count, sums[bias], sums[biases + bias]);
            }
        });
    }
}
