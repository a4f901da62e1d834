package org.emat.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.emat.network.InputException;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;

/** Reads images to learn from: samples from 0 to {@code brightest} become real numbers from 0 to 1. */
public final class DataSetReader {
    private static final int MOST_CLASSES = 1000;

    /** Magic number of IDX files of unsigned bytes, without the number of dimensions. */
    private static final int IDX_BYTES = 0x0800;

    private static final int GZIP_MAGIC = 0x8b1f;

    private final Path place;
    private final Optional<Path> labels;
    private final TensorShape shape;
    private final int brightest;

    /**
     * A reader.
     *
     * @param place a file or a folder
     * @param labels an IDX file with the labels of an IDX file of images
     * @param shape shape of an image
     * @param brightest the sample of a text or IDX file that becomes 1
     */
    public DataSetReader(Path place, Optional<Path> labels, TensorShape shape, int brightest) {
        this.place = place;
        this.labels = labels;
        this.shape = shape;
        this.brightest = brightest;
    }

    /** All images, at least one. */
    public DataSet read() {
        if (Files.isDirectory(place) || Images.isPng(place)) {
            refuseLabels();
            return png();
        }
        byte[] bytes = unpacked(place, InputFile.read(place, "a data set"));
        DataSet set = bytes.length >= 2 && bytes[0] == 0 && bytes[1] == 0 ? idx(bytes) : csv(bytes);
        if (set.images().isEmpty()) {
            throw new InputException("'" + place + "' holds no image.");
        }
        return set;
    }

    private void refuseLabels() {
        if (labels.isPresent()) {
            throw new InputException("'" + labels.get() + "', as /labels of the configuration says, belongs to an IDX"
                    + " file of images, but '" + place
                    + "' is none; a .csv file has labels behind its images, and folders are classes.");
        }
    }

    /** A file, a folder of files, or a folder with a folder per class, in the order of their names. */
    private DataSet png() {
        List<Path> classes = Files.isDirectory(place) ? Images.folders(place) : List.of();
        if (classes.isEmpty()) {
            return new DataSet(png(place), List.of());
        }
        List<RealFrame> frames = new ArrayList<>();
        List<Integer> found = new ArrayList<>();
        for (Path folder : classes) {
            List<RealFrame> some = png(folder);
            frames.addAll(some);
            found.addAll(Collections.nCopies(some.size(), classes.indexOf(folder)));
        }
        return new DataSet(frames, found);
    }

    private List<RealFrame> png(Path files) {
        return Images.list(files).stream()
                .map(file -> Images.read(file, shape, Images.Range.unit()))
                .toList();
    }

    private static byte[] unpacked(Path file, byte[] bytes) {
        if (bytes.length < 2 || (bytes[0] & 0xff | (bytes[1] & 0xff) << 8) != GZIP_MAGIC) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new InputException("'" + file + "' is not a gzip file, or it is cut short.", e);
        }
    }

    /** An image a line, in planes (C × H × W); a label may follow, in all lines or in none. */
    private DataSet csv(byte[] bytes) {
        refuseLabels();
        List<RealFrame> frames = new ArrayList<>();
        List<Integer> found = new ArrayList<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            String where = "'" + place + "', line " + (frames.size() + 1);
            String[] words = line.split(",", -1);
            if (words.length != shape.words() && words.length != shape.words() + 1) {
                throw new InputException(where + ", has " + words.length + " values; an image of " + shape + " has "
                        + shape.words() + ", and one more where a label follows.");
            }
            float[] planes = new float[shape.words()];
            for (int i = 0; i < planes.length; i++) {
                planes[i] = share(where, whole(where, words[i]));
            }
            frames.add(RealFrame.ofPlanes(shape, planes, 0));
            if (words.length > planes.length) {
                found.add(label(where, whole(where, words[planes.length])));
            }
            if (!found.isEmpty() && found.size() != frames.size()) {
                throw new InputException(where + ": a label must follow every image of a file, or none.");
            }
        }
        return new DataSet(frames, found);
    }

    private static int label(String where, int label) {
        if (label < 0 || label >= MOST_CLASSES) {
            throw new InputException(
                    where + ", has the label " + label + "; labels must be from 0 to " + (MOST_CLASSES - 1) + ".");
        }
        return label;
    }

    private static int whole(String where, String word) {
        try {
            return Integer.parseInt(word.strip());
        } catch (NumberFormatException e) {
            throw new InputException(where + ", holds '" + word.strip() + "'; whole numbers are needed.", e);
        }
    }

    private float share(String where, int sample) {
        if (sample < 0 || sample > brightest) {
            throw new InputException(where + ", holds " + sample + "; samples must be from 0 to " + brightest
                    + ", as /brightest of the configuration says.");
        }
        return sample / (float) brightest;
    }

    /** Images × rows × columns of unsigned bytes, one channel. */
    private DataSet idx(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < 16 || buffer.getInt() != (IDX_BYTES | 3)) {
            throw new InputException("'" + place + "' is no IDX file of images as MNIST has them.");
        }
        long count = buffer.getInt();
        int rows = buffer.getInt();
        int columns = buffer.getInt();
        if (shape.channels() != 1 || rows != shape.height() || columns != shape.width()) {
            throw new InputException("'" + place + "' has images of 1x" + rows + "x" + columns
                    + "; /imageShape of the configuration says " + shape + ".");
        }
        if (count < 0 || buffer.remaining() != count * rows * columns) {
            throw new InputException("'" + place + "' should hold " + count + " images in " + count * rows * columns
                    + " bytes behind its header, but has " + buffer.remaining() + ".");
        }
        List<RealFrame> frames = new ArrayList<>();
        for (int image = 0; image < count; image++) {
            float[] words = new float[shape.words()];
            String where = "'" + place + "', image " + image;
            for (int i = 0; i < words.length; i++) {
                words[i] = share(where, buffer.get() & 0xff);
            }
            frames.add(new RealFrame(shape, words));
        }
        return new DataSet(
                frames, labels.map(file -> labels(file, frames.size())).orElse(List.of()));
    }

    /** A byte per image. */
    private static List<Integer> labels(Path file, int images) {
        ByteBuffer buffer = ByteBuffer.wrap(unpacked(file, InputFile.read(file, "a file of labels")));
        if (buffer.remaining() < 8 || buffer.getInt() != (IDX_BYTES | 1)) {
            throw new InputException("'" + file + "' is no IDX file of labels as MNIST has them.");
        }
        long count = Integer.toUnsignedLong(buffer.getInt());
        if (buffer.remaining() != count) {
            throw new InputException("'" + file + "' should hold " + count + " labels, but is of another length.");
        }
        if (count != images) {
            throw new InputException("'" + file + "' holds " + count + " labels for " + images + " images.");
        }
        List<Integer> found = new ArrayList<>();
        while (buffer.hasRemaining()) {
            found.add(buffer.get() & 0xff);
        }
        return found;
    }
}
