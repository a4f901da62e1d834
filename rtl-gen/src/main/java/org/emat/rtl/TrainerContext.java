package org.emat.rtl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emat.train.gan.GanPlan;
import org.emat.train.machine.MachinePlan;

/** What {@code verilog/gan_trainer.v.vm} sees: finished text and numbers. Getters are bean style for Velocity. */
public final class TrainerContext {
    private final MachinePlan plan;
    private final List<TrainerLayerContext> layers = new ArrayList<>();

    TrainerContext(MachinePlan plan) {
        this.plan = plan;
        for (int i = 0; i < plan.layers().size(); i++) {
            layers.add(new TrainerLayerContext(plan, i));
        }
    }

    /** Name of the module. */
    public String getModule() {
        return TrainerGenerator.module(plan);
    }

    /** Name of the design. */
    public String getName() {
        return plan.name();
    }

    /** One line on what the design is. */
    public String getSummary() {
        GanPlan gan = plan.gan();
        return "trains a generator of " + gan.generator().size() + " layers from " + gan.latent() + " to " + gan.image()
                + " and a discriminator of " + gan.discriminator().size();
    }

    /** The layers. */
    public List<TrainerLayerContext> getLayers() {
        return List.copyOf(layers);
    }

    /** The first layer of the generator. */
    public TrainerLayerContext getFirst() {
        return layers.get(0);
    }

    /** The copies of the discriminator. */
    public List<TrainerCopyContext> getCopies() {
        return IntStream.range(0, plan.discriminators().size())
                .mapToObj(copy -> new TrainerCopyContext(plan, copy))
                .toList();
    }

    /** The sum of what all copies have of a name. */
    public String sum(String name) {
        return getCopies().stream().map(copy -> copy.getId() + "_" + name).collect(Collectors.joining(" + "));
    }

    /** Whether there are two copies. */
    public int getSpatial() {
        return plan.options().spatialParallelism() ? 1 : 0;
    }

    /** The same as {@link #isShared}, for a parameter. */
    public int getSharing() {
        return plan.shares() ? 1 : 0;
    }

    /** Whether generated images are judged once. */
    public boolean isShared() {
        return plan.shares();
    }

    /** Engines of the discriminator, of all copies. */
    public int getJudgeSize() {
        return plan.layers().size() - plan.generator().size();
    }

    /** The layers that have parameters of their own. */
    public List<TrainerLayerContext> getLearners() {
        return layers.subList(0, plan.learners().size());
    }

    /** Layers of the generator. */
    public int getGeneratorSize() {
        return plan.generator().size();
    }

    /** Images of a batch. */
    public int getBatch() {
        return plan.gan().batch();
    }

    /** Whether images follow one another. */
    public int getPipelined() {
        return plan.options().pipelined() ? 1 : 0;
    }

    /** Bits of a word. */
    public int getWordBits() {
        return plan.gan().format().activationBits();
    }

    /** Bits of an error. */
    public int getErrorBits() {
        return plan.gan().format().errorBits();
    }

    /** Exponent of weights. */
    public int getWeightFraction() {
        return plan.gan().format().weightFraction();
    }

    /** Exponent of images. */
    public int getImageExponent() {
        return plan.gan().format().imageExponent();
    }

    /** What maxima lose. */
    public int getDecay() {
        return plan.gan().format().scaleDecay();
    }

    /** Exponent of the errors of scores. */
    public int getLossExponent() {
        return plan.gan().loss().errorExponent(getErrorBits());
    }

    /** Number of the loss. */
    public int getLoss() {
        return plan.gan().loss().ordinal();
    }

    /** Shift of the mean over a batch. */
    public int getBatchShift() {
        return Integer.numberOfTrailingZeros(getBatch());
    }

    /** Bits of a pixel of a latent. */
    public int getLatentBits() {
        return plan.gan().latent().channels() * getWordBits();
    }

    /** Pixels of a latent. */
    public int getLatentPixels() {
        return plan.gan().latent().pixels();
    }

    /** Bits of a pixel of an image. */
    public int getImageBits() {
        return plan.gan().image().channels() * getWordBits();
    }

    /** Pixels of an image. */
    public int getImagePixels() {
        return plan.gan().image().pixels();
    }

    /** Pixels of the buffer of generated images. */
    public int getKeptImages() {
        return plan.keptImages();
    }

    /** The report's words, an arm of a case each. */
    public List<String> getReport() {
        return TrainerReport.of(plan).text();
    }
}
