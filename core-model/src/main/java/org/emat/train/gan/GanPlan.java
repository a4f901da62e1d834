package org.emat.train.gan;

import java.util.List;
import org.emat.arch.Architecture.Encoding;
import org.emat.network.TensorShape;
import org.emat.train.gan.Response.Curve;
import org.emat.train.gan.Response.Tabled;

/**
 * A generative adversarial network and how it is trained.
 *
 * @param generator from latents to images; its last layer has a table, so that images have a fixed scale
 * @param discriminator from images to one score; none of its layers has a table
 * @param format word formats
 * @param loss what both minimise
 * @param optimiser of both
 * @param batch images of a minibatch, a power of two up to 1,024, so that a mean is a shift
 * @param computationSharing whether the generator learns from the discriminator as it was before its update of the same
 *     step, whose forward work can then be used again
 * @param cells what weights are written to
 * @param seed of weights, latents, choice of images and rounding
 */
public record GanPlan(
        List<TrainedLayer> generator,
        List<TrainedLayer> discriminator,
        TrainingFormat format,
        Loss loss,
        Optimiser optimiser,
        int batch,
        boolean computationSharing,
        Cells cells,
        long seed) {
    private static final String GENERATOR = "generator";
    private static final String DISCRIMINATOR = "discriminator";

    /**
     * How a weight is kept.
     *
     * @param bits bits of a cell, 1 to 4
     * @param encoding of the sign
     */
    public record Cells(int bits, Encoding encoding) {
        public Cells {
            TrainingFormat.within("the bits of a cell", bits, 1, 4);
        }

        /** Cells of a weight, in one array. */
        int ofWeight(int weightBits) {
            return (encoding == Encoding.OFFSET ? 1 : 2) * ((weightBits + bits - 1) / bits);
        }
    }

    public GanPlan {
        generator = List.copyOf(generator);
        discriminator = List.copyOf(discriminator);
        if (batch < 1 || batch > 1024 || Integer.bitCount(batch) != 1) {
            throw new UntrainableException("batch", "it must be a power of two from 1 to 1024, not " + batch);
        }
        checkChain(GENERATOR, generator, batch, batch);
        checkChain(DISCRIMINATOR, discriminator, batch, 2 * batch);
        checkResponses(generator, discriminator);
        checkEnds(generator, discriminator);
    }

    private static void checkChain(String network, List<TrainedLayer> layers, int batch, int frames) {
        if (layers.isEmpty()) {
            throw new UntrainableException(network, "it needs at least one layer");
        }
        for (int i = 0; i < layers.size(); i++) {
            TrainedLayer layer = layers.get(i);
            String part = network + "/" + i;
            layer.checkSums(part, frames);
            layer.checkNormalisation(part, batch);
            if (i > 0 && !layer.geometry().input().equals(output(layers.get(i - 1)))) {
                throw new UntrainableException(
                        part,
                        "it takes " + layer.geometry().input() + ", but the layer before gives "
                                + output(layers.get(i - 1)));
            }
        }
    }

    private static void checkResponses(List<TrainedLayer> generator, List<TrainedLayer> discriminator) {
        int last = generator.size() - 1;
        for (int i = 0; i < last; i++) {
            checkInside(GENERATOR + "/" + i, generator.get(i));
        }
        for (int i = 0; i < discriminator.size(); i++) {
            checkInside(DISCRIMINATOR + "/" + i, discriminator.get(i));
        }
        Response response = generator.get(last).response();
        if (!(response instanceof Tabled)) {
            throw new UntrainableException(
                    GENERATOR + "/" + last + "/response", "the generator must end in tanh or sigmoid");
        }
    }

    private static void checkInside(String part, TrainedLayer layer) {
        if (layer.response() instanceof Tabled) {
            throw new UntrainableException(
                    part + "/response", "tanh and sigmoid are for the end of the generator only");
        }
    }

    private static void checkEnds(List<TrainedLayer> generator, List<TrainedLayer> discriminator) {
        TensorShape drawn = output(generator.get(generator.size() - 1));
        TensorShape taken = discriminator.get(0).geometry().input();
        if (!taken.equals(drawn)) {
            throw new UntrainableException(
                    "image", "the discriminator takes " + taken + ", but the generator gives " + drawn);
        }
        int judge = discriminator.size() - 1;
        TensorShape score = output(discriminator.get(judge));
        if (score.words() != 1) {
            throw new UntrainableException(
                    DISCRIMINATOR + "/" + judge, "the discriminator must give one score, not " + score);
        }
    }

    private static TensorShape output(TrainedLayer layer) {
        return layer.geometry().output();
    }

    /** Shape of a latent. */
    public TensorShape latent() {
        return generator.get(0).geometry().input();
    }

    /** Shape of an image. */
    public TensorShape image() {
        return discriminator.get(0).geometry().input();
    }

    /** The least real value of an image that the generator can give: −1 after tanh, 0 after sigmoid. The largest is 1. */
    public int darkest() {
        Tabled last = (Tabled) generator.get(generator.size() - 1).response();
        return last.curve() == Curve.TANH ? -1 : 0;
    }
}
