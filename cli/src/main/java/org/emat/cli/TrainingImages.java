package org.emat.cli;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.emat.config.TrainingConfiguration;
import org.emat.files.Checkpoint;
import org.emat.files.DataSet;
import org.emat.files.DataSetReader;
import org.emat.files.Images;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.GanState;
import org.emat.train.gan.GanTraining;
import org.emat.train.gan.ImageSet;
import org.emat.train.quality.LabelledImages;

/** Images of a training between files and words, and what tells one training from another. */
final class TrainingImages {
    private static final int GRID = 8;
    /** Seed of the latents that images are shown of. */
    static final long GRID_SEED = 1;

    private static final int MARGIN = 2;
    private static final int SHOWN_DIGITS = 16;

    private TrainingImages() {}

    /** The data set in words: 1 is the brightest, the darkest is what the generator can give. */
    static LabelledImages read(TrainingConfiguration training) {
        GanPlan plan = training.plan();
        DataSet set =
                new DataSetReader(training.images(), training.labels(), plan.image(), training.brightest()).read();
        List<int[]> words = set.images().stream()
                .map(frame -> words(frame, plan.darkest(), plan.format().imageExponent()))
                .toList();
        return new LabelledImages(plan.image(), words, set.labels());
    }

    private static int[] words(RealFrame frame, int darkest, int exponent) {
        int[] words = new int[frame.words().length];
        for (int i = 0; i < words.length; i++) {
            double value = darkest + (1.0 - darkest) * frame.words()[i];
            words[i] = (int) Math.rint(Math.scalb(value, exponent));
        }
        return words;
    }

    /** What a checkpoint must agree in: networks, arithmetic, seed and data; the number of steps may grow. */
    static byte[] identity(GanPlan plan, ImageSet images) {
        MessageDigest digest = digest();
        digest.update(plan.toString().getBytes(StandardCharsets.UTF_8));
        for (int[] image : images.images()) {
            ByteBuffer bytes = ByteBuffer.allocate(image.length * Integer.BYTES);
            bytes.asIntBuffer().put(image);
            digest.update(bytes.array());
        }
        return digest.digest();
    }

    /** A short name of everything in a state. */
    static String checksum(GanState state) {
        byte[] all = digest().digest(Checkpoint.bytes(state, new byte[0]));
        return HexFormat.of().formatHex(all).substring(0, SHOWN_DIGITS);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An image as a picture. */
    static BufferedImage image(int[] image, GanPlan plan) {
        float[] words = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            words[i] = Math.scalb((float) image[i], -plan.format().imageExponent());
        }
        return Images.of(new RealFrame(plan.image(), words), new Images.Range(plan.darkest(), 1));
    }

    /** Images of the generator side by side, of the same latents each time. */
    static byte[] grid(GanTraining trainer, GanPlan plan) {
        List<int[]> samples = trainer.samples(GRID * GRID, GRID_SEED).images();
        TensorShape shape = plan.image();
        int height = shape.height() + MARGIN;
        int width = shape.width() + MARGIN;
        int channels = shape.channels();
        TensorShape whole = new TensorShape(channels, GRID * height + MARGIN, GRID * width + MARGIN);
        float[] words = new float[whole.words()];
        Arrays.fill(words, plan.darkest());
        for (int sample = 0; sample < samples.size(); sample++) {
            for (int i = 0; i < shape.words(); i++) {
                int pixel = i / channels;
                int y = MARGIN + sample / GRID * height + pixel / shape.width();
                int x = MARGIN + sample % GRID * width + pixel % shape.width();
                float value = Math.scalb(
                        (float) samples.get(sample)[i], -plan.format().imageExponent());
                words[(y * whole.width() + x) * channels + i % channels] = value;
            }
        }
        Images.Range range = new Images.Range(plan.darkest(), 1);
        return Images.png(Images.of(new RealFrame(whole, words), range));
    }
}
