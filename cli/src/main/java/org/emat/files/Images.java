package org.emat.files;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
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
            throw new InputException("The folder '" + place + "' cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Whether a path names a PNG file. */
    public static boolean isPng(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".png");
    }

    /** Reads an image of one channel (grey) or three (red, green, blue). */
    public static RealFrame read(Path file, TensorShape shape, Range range) {
        BufferedImage image = decode(file);
        if (image.getWidth() != shape.width() || image.getHeight() != shape.height()) {
            throw new InputException("'" + file + "' has " + image.getHeight() + "x" + image.getWidth()
                    + " pixels; the network takes " + shape.height() + "x" + shape.width() + ".");
        }
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new InputException("'" + file + "' is an image, but the network takes " + shape.channels()
                    + " channels; images serve networks of 1 or 3.");
        }
        float[] words = new float[shape.words()];
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                for (int channel = 0; channel < shape.channels(); channel++) {
                    words[(y * shape.width() + x) * shape.channels() + channel] =
                            (float) (range.low() + (range.high() - range.low()) * sample(image, x, y, shape, channel));
                }
            }
        }
        return new RealFrame(shape, words);
    }

    private static BufferedImage decode(Path file) {
        try {
            if (!Files.exists(file)) {
                throw new InputException("'" + file + "' does not exist.");
            }
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) {
                throw new InputException("'" + file + "' is not a PNG image.");
            }
            return image;
        } catch (IOException | RuntimeException e) {
            if (e instanceof InputException refused) {
                throw refused;
            }
            throw new InputException("'" + file + "' is not a PNG image, or it is cut short.", e);
        }
    }

    /** A sample as a share of the largest one. */
    private static double sample(BufferedImage image, int x, int y, TensorShape shape, int channel) {
        Raster raster = image.getRaster();
        boolean grey = raster.getNumBands() <= 2;
        if (grey && image.getColorModel().getPixelSize() / raster.getNumBands() > 1) {
            int bits = raster.getSampleModel().getSampleSize(0);
            return raster.getSample(x, y, 0) / (double) ((1L << bits) - 1);
        }
        int rgb = image.getRGB(x, y);
        double red = rgb >> 16 & 255;
        double green = rgb >> 8 & 255;
        double blue = rgb & 255;
        if (shape.channels() == 1) {
            return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
        }
        return new double[] {red, green, blue}[channel] / 255;
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
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
