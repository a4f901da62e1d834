package org.emat.train.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture.Encoding;
import org.emat.network.Axis;
import org.emat.network.InputException;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.train.gan.Response.Curve;
import org.junit.jupiter.api.Test;

class GanTrainerTest {
    private static final Axis DOUBLING = new Axis(4, 2, 1, 1, 1, 0);

    /** Every number of the state, after each of three steps. */
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void stepsAreThoseOfPlainLoops(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        GanPlan plan = plan(random);
        ImageSet images = images(random, plan);
        GanTrainer trainer = new GanTrainer(plan, images, loud(GanTrainer.first(plan), random), 1 + random.nextInt(4));
        for (int step = 0; step < 3; step++) {
            GanState before = trainer.state();
            PlainGan plain = new PlainGan(plan, before);
            int[][] latents = latents(plan, before.latents());
            GanState expected =
                    plain.step(before, latents, chosen(plan, images, before.images()), reference(plan, images));
            GanStep result = trainer.step();
            GanState after = trainer.state();
            assertThat(result.realLoss()).as("%s", plan).isEqualTo(plain.realLoss);
            assertThat(result.fakeLoss()).as("%s", plan).isEqualTo(plain.fakeLoss);
            assertThat(result.generatorLoss()).as("%s", plan).isEqualTo(plain.generatorLoss);
            assertThat(after.counts()).as("%s", plan).isEqualTo(expected.counts());
            assertThat(after.discriminator()).as("%s", plan).isEqualTo(expected.discriminator());
            assertThat(after.generator()).as("%s", plan).isEqualTo(expected.generator());
            assertThat(after.step()).isEqualTo(step + 1);
        }
    }

    /** A small network of any of the operators, responses, losses and formats. */
    private static GanPlan plan(SplittableRandom random) {
        TensorShape latent = new TensorShape(1 + random.nextInt(4), 1, 1);
        TensorShape seedImage = new TensorShape(1 + random.nextInt(3), 2, 2);
        LayerGeometry project = random.nextBoolean()
                ? LayerGeometry.dense(latent, seedImage)
                : LayerGeometry.of(
                        Operator.TRANSPOSED_CONVOLUTION, latent, seedImage.channels(), square(2), square(2), 1);
        LayerGeometry upsample = LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, seedImage, 2, DOUBLING, DOUBLING, 1);
        LayerGeometry reduce = LayerGeometry.of(
                Operator.CONVOLUTION, upsample.output(), 2 * (1 + random.nextInt(2)), DOUBLING, DOUBLING, 1);
        LayerGeometry score = random.nextBoolean()
                ? LayerGeometry.dense(reduce.output(), new TensorShape(1, 1, 1))
                : LayerGeometry.of(Operator.CONVOLUTION, reduce.output(), 1, square(2), square(2), 1);
        Curve curve = random.nextBoolean() ? Curve.TANH : Curve.SIGMOID;
        int batch = 1 << random.nextInt(4);
        return new GanPlan(
                List.of(
                        layer("project", project, response(random), batch, random),
                        layer("upsample", upsample, new Response.Tabled(curve), batch, random)),
                List.of(
                        layer("reduce", reduce, response(random), batch, random),
                        layer("score", score, new Response.Linear(), batch, random)),
                new TrainingFormat(
                        12 + random.nextInt(5), 8 + random.nextInt(9), 8 + random.nextInt(8), 1 + random.nextInt(9)),
                Loss.values()[random.nextInt(3)],
                optimiser(random),
                batch,
                random.nextBoolean(),
                new GanPlan.Cells(1 << random.nextInt(3), Encoding.values()[random.nextInt(2)]),
                random.nextInt(1000));
    }

    /** Normalised in one of three draws, where the batch is large enough. */
    private static TrainedLayer layer(
            String name, LayerGeometry geometry, Response response, int batch, SplittableRandom random) {
        boolean dense = geometry.operator() == Operator.DENSE;
        boolean enough = batch * (dense ? 1 : geometry.output().pixels()) >= 8;
        return new TrainedLayer(name, geometry, response, enough && random.nextInt(3) == 0);
    }

    private static Optimiser optimiser(SplittableRandom random) {
        double decay = random.nextBoolean() ? 0 : random.nextDouble(0.001, 0.5);
        List<Long> halvings = random.nextBoolean() ? List.of() : List.of(1L, 2L);
        return Optimiser.of(random.nextDouble(0.001, 1), random.nextDouble(0, 0.99), decay, halvings);
    }

    private static Axis square(int kernel) {
        return new Axis(kernel, 1, 1, 0, 0, 0);
    }

    private static Response response(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Response.Relu();
            case 1 -> new Response.LeakyRelu(1 + random.nextInt(3));
            default -> new Response.Linear();
        };
    }

    /** Half of all draws start with small maxima or large parameters, so that words saturate. */
    private static GanState loud(GanState state, SplittableRandom random) {
        for (NetworkState network : List.of(state.generator(), state.discriminator())) {
            if (random.nextBoolean()) {
                for (int i = 0; i < network.activationMaxima().length; i++) {
                    network.activationMaxima()[i] = random.nextLong(1L << (25 + random.nextInt(10)));
                    network.errorMaxima()[i] = random.nextLong(1L << (20 + random.nextInt(12)));
                }
                network.normalisations().forEach(some -> shake(some, random));
            }
            if (random.nextInt(4) == 0) {
                for (int[] parameters : network.parameters()) {
                    for (int i = 0; i < parameters.length; i++) {
                        parameters[i] = random.nextInt(-32768, 32768);
                    }
                }
            }
        }
        return state;
    }

    private static void shake(NormalisationState normalisation, SplittableRandom random) {
        for (int i = 0; i < normalisation.means().length; i++) {
            normalisation.means()[i] = random.nextLong(-1L << 34, 1L << 34);
            normalisation.mantissas()[i] = random.nextInt(1 << 14, (1 << 15) + 1);
            normalisation.shifts()[i] = random.nextInt(-15, 31);
        }
    }

    private static ImageSet images(SplittableRandom random, GanPlan plan) {
        List<int[]> images = new ArrayList<>();
        int one = 1 << plan.format().imageExponent();
        for (int i = 0; i < 5; i++) {
            images.add(random.ints(plan.image().words(), plan.darkest() * one, one + 1)
                    .toArray());
        }
        return new ImageSet(plan.image(), images);
    }

    /** Twelve uniform numbers each, from the register's upper 12 bits. */
    private static int[][] latents(GanPlan plan, long state) {
        long register = state;
        int[][] latents = new int[plan.batch()][plan.latent().words()];
        for (int[] words : latents) {
            for (int i = 0; i < words.length; i++) {
                long sum = -12 * 2048;
                for (int term = 0; term < 12; term++) {
                    register = advanced(register);
                    sum += register >>> 52;
                }
                words[i] = (int) Math.floorDiv(sum, 1L << (16 - plan.format().activationBits()));
            }
        }
        return latents;
    }

    /** From registers of their own. */
    private static TrainingBatch reference(GanPlan plan, ImageSet images) {
        return new TrainingBatch(
                latents(plan, Lfsr.of(plan.seed(), 6).state()),
                chosen(plan, images, Lfsr.of(plan.seed(), 7).state()));
    }

    private static int[][] chosen(GanPlan plan, ImageSet images, long state) {
        long register = state;
        int[][] chosen = new int[plan.batch()][];
        for (int i = 0; i < chosen.length; i++) {
            register = advanced(register);
            double share = (register >>> 32) / 0x1p32;
            chosen[i] = images.images().get((int) (share * images.images().size()));
        }
        return chosen;
    }

    private static long advanced(long register) {
        long next = register ^ (register << 13);
        next ^= next >>> 7;
        return next ^ (next << 17);
    }

    /** The same after 4 + 3 steps as after 7, whatever the number of threads, and samples in between. */
    @Test
    void continuesFromItsState() {
        SplittableRandom random = new SplittableRandom(5);
        GanPlan plan = plan(random);
        ImageSet images = images(random, plan);
        GanTrainer whole = new GanTrainer(plan, images, GanTrainer.first(plan), 1);
        GanTrainer first = new GanTrainer(plan, images, GanTrainer.first(plan), 4);
        for (int i = 0; i < 7; i++) {
            whole.step();
        }
        for (int i = 0; i < 4; i++) {
            first.step();
        }
        first.samples(3, 9);
        GanTrainer second = new GanTrainer(plan, images, first.state(), 2);
        for (int i = 0; i < 3; i++) {
            second.step();
        }
        assertThat(second.state()).isEqualTo(whole.state());
        assertThat(second.state()).isNotEqualTo(first.state());
    }

    @Test
    void everyLayerRoundsFromARegisterOfItsOwn() {
        GanState first = GanTrainer.first(plan(new SplittableRandom(2)));
        assertThat(LongStream.concat(
                        LongStream.of(first.latents(), first.images()),
                        LongStream.concat(
                                LongStream.of(first.generator().rounding()),
                                LongStream.of(first.discriminator().rounding()))))
                .hasSize(2 + 4)
                .doesNotHaveDuplicates()
                .doesNotContain(0L);
    }

    @Test
    void refusesImagesOfAnotherShape() {
        GanPlan plan = plan(new SplittableRandom(1));
        ImageSet images = new ImageSet(new TensorShape(1, 3, 3), List.of(new int[9]));
        assertThatThrownBy(() -> new GanTrainer(plan, images, GanTrainer.first(plan), 1))
                .isInstanceOf(InputException.class)
                .hasMessage("the data set has images of 1x3x3 words, but the networks are for 2x4x4");
    }
}
