package org.emat.files;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.emat.network.InputException;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;

/** PNG images as frames, and frames as PNG images. */
public final class Images {
    private Images() {}

    /**
     * What the darkest and the brightest sample of an image mean.
     *
     * @param low value of a sample of 0
     * @param high value of the largest sample
     */
    public record Range(double low, double high) {
        public Range {
            if (!(Double.isFinite(low) && Double.isFinite(high) && low < high)) {
                throw new IllegalArgumentException(
                        "the darkest sample must mean less than the brightest, both finite, not " + low + " and "
                                + high);
            }
        }

        /** Samples from 0 to 1. */
        public static Range unit() {
            return new Range(0, 1);
        }
    }

    /** The PNG files of a folder by name, or the one file that a path names. */
    public static List<Path> list(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            List<Path> images = files.filter(Images::isPng).sorted().toList();
            if (images.isEmpty()) {
                throw new InputException("The folder '" + place + "' holds no .png file.");
            }
            return images;
        } catch (IOException e) {
            throw new InputException("The folder '" + place + "' cannot be read: " + Reason.of(e) + ".", e);
        }
    }

    /** The folders in a folder that holds no PNG file itself, by name; none otherwise. */
    static List<Path> folders(Path place) {
        try (Stream<Path> entries = Files.list(place)) {
            List<Path> all = entries.sorted().toList();
            return all.stream().anyMatch(Images::isPng)
                    ? List.of()
                    : all.stream().filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new InputException("The folder '" + place + "' cannot be read: " + Reason.of(e) + ".", e);
        }
    }

    /** Whether a path names a PNG file. */
    public static boolean isPng(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".png");
    }

    /** Reads an image of one channel (grey) or three (red, green, blue). */
    public static RealFrame read(Path file, TensorShape shape, Range range) {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new InputException("'" + file + "' is an image, but the network takes " + shape.channels()
                    + " channels; images serve networks of 1 or 3.");
        }
        BufferedImage image = decode(file, shape);
        int channels = shape.channels();
        float[] words = new float[shape.words()];
        for (int i = 0; i < words.length; i++) {
            int pixel = i / channels;
            double share = sample(image, pixel % shape.width(), pixel / shape.width(), channels, i % channels);
            words[i] = (float) (range.low() + (range.high() - range.low()) * share);
        }
        return new RealFrame(shape, words);
    }

    private static BufferedImage decode(Path file, TensorShape shape) {
        byte[] bytes = InputFile.read(file, "a PNG image");
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in);
            if (reader.getWidth(0) != shape.width() || reader.getHeight(0) != shape.height()) {
                throw new InputException("'" + file + "' has " + reader.getHeight(0) + "x" + reader.getWidth(0)
                        + " pixels; the network takes " + shape.height() + "x" + shape.width() + ".");
            }
            return reader.read(0);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new InputException("'" + file + "' is not a PNG image, or it is cut short.", e);
        } finally {
            reader.dispose();
        }
    }

    /** A sample as a share of the largest one. Transparency is ignored. */
    private static double sample(BufferedImage image, int x, int y, int channels, int channel) {
        if (image.getColorModel() instanceof IndexColorModel palette) {
            int entry = image.getRaster().getSample(x, y, 0);
            int[] colour = {palette.getRed(entry), palette.getGreen(entry), palette.getBlue(entry)};
            return (channels == 1 ? luminance(colour) : colour[channel]) / 255.0;
        }
        // Not by getRGB, which has 8 bits and takes grey samples for linear ones.
        int[] samples = image.getRaster().getPixel(x, y, (int[]) null);
        double largest = (1L << image.getRaster().getSampleModel().getSampleSize(0)) - 1;
        if (samples.length <= 2) {
            return samples[0] / largest;
        }
        return (channels == 1 ? luminance(samples) : samples[channel]) / largest;
    }

    /** Brightness of a colour as ITU-R BT.601 weighs it. */
    private static double luminance(int[] colour) {
        return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2];
    }

    /** An image of a frame: three channels as colours, otherwise the first one as grey. */
    public static BufferedImage of(RealFrame frame, Range range) {
        TensorShape shape = frame.shape();
        boolean colour = shape.channels() == 3;
        BufferedImage image = new BufferedImage(
                shape.width(), shape.height(), colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                for (int band = 0; band < (colour ? 3 : 1); band++) {
                    double share = (frame.at(y, x, band) - range.low()) / (range.high() - range.low());
                    image.getRaster().setSample(x, y, band, (int) Math.rint(255 * Math.max(0, Math.min(1, share))));
                }
            }
        }
        return image;
    }

    /** The bytes of a PNG file. */
    public static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
