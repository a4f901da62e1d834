package org.emat.train.gan;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.emat.network.InputException;
import org.emat.network.TensorShape;

/**
 * Trains a generative adversarial network, to the last bit as the arrays do it.
 *
 * <p>A step: latents and real images are drawn; the discriminator learns from both; the generator then learns, on the same
 * latents, through the updated discriminator, or through the one before its update with {@code computationSharing}. All
 * scales of a step, and all that normalises it, follow from earlier steps. The number of threads changes no result.
 */
public final class GanTrainer implements GanTraining {
    private static final int GENERATOR = 1;
    private static final int DISCRIMINATOR = 2;
    static final int LATENTS = 4;
    private static final int IMAGES = 5;
    private static final int LATENT_TERMS = 12;

    private final GanPlan plan;
    private final ImageSet images;
    private final int parts;
    private final TrainedNetwork generator;
    private final TrainedNetwork discriminator;
    private final List<ReferenceBatch> references;
    private final LossUnit unit;
    private final Lfsr latents;
    private final Lfsr choices;
    private long step;
    private TrainingCounts counts;
    private CellWear wear;

    /**
     * A trainer that continues from a state.
     *
     * @param threads at least 1
     * @throws InputException if the images have another shape than the plan's
     */
    public GanTrainer(GanPlan plan, ImageSet images, GanState state, int threads) {
        if (!images.shape().equals(plan.image())) {
            throw new InputException("the data set has images of " + images.shape()
                    + " words, but the networks are for " + plan.image());
        }
        this.plan = plan;
        this.images = images;
        parts = Math.min(plan.batch(), Integer.highestOneBit(threads));
        generator = new TrainedNetwork(plan.generator(), plan.format(), state.generator());
        discriminator = new TrainedNetwork(plan.discriminator(), plan.format(), state.discriminator());
        references = references();
        unit = new LossUnit(plan.loss(), plan.format().errorBits());
        latents = new Lfsr(state.latents());
        choices = new Lfsr(state.images());
        step = state.step();
        counts = state.counts();
        wear = CellWear.none(plan);
    }

    private List<ReferenceBatch> references() {
        TrainingBatch batch = ReferenceBatch.draw(plan, images);
        TrainingFormat format = plan.format();
        return List.of(
                new ReferenceBatch(generator, plan.latent(), batch.latents(), format.latentExponent(), parts),
                new ReferenceBatch(discriminator, plan.image(), batch.real(), format.imageExponent(), parts));
    }

    /** Counts writes of cells on from earlier steps. */
    public GanTrainer with(CellWear earlier) {
        wear = CellWear.of(plan, earlier.writes());
        return this;
    }

    /** How often each cell has been written. */
    public CellWear wear() {
        return wear;
    }

    /** The state before the first step. */
    public static GanState first(GanPlan plan) {
        return new GanState(
                0,
                TrainedNetwork.first(plan.generator(), plan.format(), stream(plan, GENERATOR)),
                TrainedNetwork.first(plan.discriminator(), plan.format(), stream(plan, DISCRIMINATOR)),
                stream(plan, LATENTS),
                stream(plan, IMAGES),
                TrainingCounts.none());
    }

    private static long stream(GanPlan plan, int number) {
        return Lfsr.of(plan.seed(), number).state();
    }

    /** All that a later trainer needs to continue. */
    public GanState state() {
        return new GanState(step, generator.state(), discriminator.state(), latents.state(), choices.state(), counts);
    }

    @Override
    public long next() {
        return step;
    }

    /** What the next step trains on. */
    public TrainingBatch batch() {
        return TrainingBatch.draw(plan, images, new Lfsr(latents.state()), new Lfsr(choices.state()));
    }

    @Override
    public GanStep step() {
        List<BatchPart> work = IntStream.range(0, parts)
                .mapToObj(part -> new BatchPart(plan, generator, discriminator, unit, plan.batch() / parts))
                .toList();
        TrainingBatch batch = TrainingBatch.draw(plan, images, latents, choices);
        int[][] drawn = batch.latents();
        int[][] real = batch.real();
        int frames = plan.batch() / parts;
        IntStream.range(0, parts)
                .parallel()
                .forEach(part ->
                        work.get(part).judge(some(drawn, part * frames, frames), some(real, part * frames, frames)));
        int[][] before = CellWear.parameters(generator, discriminator);
        ParameterUpdate update = new ParameterUpdate(plan);
        if (plan.computationSharing()) {
            onAll(work, BatchPart::deceive);
            update.apply(discriminator, discriminatorSums(work), step, true);
        } else {
            update.apply(discriminator, discriminatorSums(work), step, true);
            onAll(work, BatchPart::deceive);
        }
        update.apply(generator, generatorSums(work), step, false);
        wear.note(before, CellWear.parameters(generator, discriminator));
        return finish(work, update);
    }

    private static void onAll(List<BatchPart> work, Consumer<BatchPart> task) {
        IntStream.range(0, work.size()).parallel().forEach(part -> task.accept(work.get(part)));
    }

    private static int[][] some(int[][] words, int from, int count) {
        return Arrays.copyOfRange(words, from, from + count);
    }

    private GradientSums discriminatorSums(List<BatchPart> work) {
        GradientSums sums = new GradientSums(plan.discriminator());
        work.forEach(part -> sums.add(part.discriminatorSums()));
        return sums;
    }

    private GradientSums generatorSums(List<BatchPart> work) {
        GradientSums sums = new GradientSums(plan.generator());
        work.forEach(part -> sums.add(part.generatorSums()));
        return sums;
    }

    private GanStep finish(List<BatchPart> work, ParameterUpdate update) {
        TrainingCounts later = update.counts();
        for (ReferenceBatch reference : references) {
            later = later.plus(reference.pass());
        }
        generator.advance();
        discriminator.advance();
        GanStep result = new GanStep(step, 0, 0, 0, later);
        for (BatchPart part : work) {
            result = result.plus(part.result(step));
        }
        counts = counts.plus(result.counts());
        step++;
        return result;
    }

    /**
     * Latents: the sum of 12 uniform numbers of 12 bits each, nearly normal with variance 1.
     *
     * @return words of each, H × W × C
     */
    static int[][] latents(GanPlan plan, Lfsr lfsr, int count) {
        TensorShape shape = plan.latent();
        int[][] latents = new int[count][shape.words()];
        for (int[] words : latents) {
            for (int i = 0; i < words.length; i++) {
                int sum = 0;
                for (int term = 0; term < LATENT_TERMS; term++) {
                    sum += (int) lfsr.bits(12) - 2048;
                }
                words[i] = sum >> (12 - plan.format().latentExponent());
            }
        }
        return latents;
    }

    @Override
    public ImageSet samples(int count, long seed) {
        TrainedNetwork still = new TrainedNetwork(plan.generator(), plan.format(), generator.state());
        int[][] drawn = latents(plan, Lfsr.of(seed, LATENTS), count);
        double[][] output = new NetworkPass(still, count)
                .forward(
                        BatchPart.tensor(plan.latent(), drawn, count),
                        plan.format().latentExponent());
        return images(plan.image(), output, count);
    }

    /** Frames of a tensor of words. */
    static ImageSet images(TensorShape shape, double[][] tensor, int count) {
        List<int[]> images = IntStream.range(0, count)
                .mapToObj(image -> IntStream.range(0, shape.words())
                        .map(i -> (int) tensor[i % shape.channels()][i / shape.channels() * count + image])
                        .toArray())
                .toList();
        return new ImageSet(shape, images);
    }
}
