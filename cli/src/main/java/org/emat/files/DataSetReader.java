package org.emat.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.emat.network.InputException;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;

/** Reads images to learn from: samples from 0 to {@code brightest} become real numbers from 0 to 1. */
public final class DataSetReader {
    /** Magic number of IDX files of unsigned bytes, without the number of dimensions. */
    private static final int IDX_BYTES = 0x0800;

    private static final int GZIP_MAGIC = 0x8b1f;

    private final Path place;
    private final TensorShape shape;
    private final int brightest;

    /**
     * A reader.
     *
     * @param place a file or a folder
     * @param shape shape of an image
     * @param brightest the sample of a text or IDX file that becomes 1
     */
    public DataSetReader(Path place, TensorShape shape, int brightest) {
        this.place = place;
        this.shape = shape;
        this.brightest = brightest;
    }

    /** All images, at least one. */
    public List<RealFrame> read() {
        if (Files.isDirectory(place) || Images.isPng(place)) {
            return Images.list(place).stream()
                    .map(file -> Images.read(file, shape, Images.Range.unit()))
                    .toList();
        }
        byte[] bytes = unpacked(InputFile.read(place, "a data set"));
        List<RealFrame> frames = bytes.length >= 2 && bytes[0] == 0 && bytes[1] == 0 ? idx(bytes) : csv(bytes);
        if (frames.isEmpty()) {
            throw new InputException("'" + place + "' holds no image.");
        }
        return frames;
    }

    private byte[] unpacked(byte[] bytes) {
        if (bytes.length < 2 || (bytes[0] & 0xff | (bytes[1] & 0xff) << 8) != GZIP_MAGIC) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new InputException("'" + place + "' is not a gzip file, or it is cut short.", e);
        }
    }

    /** An image a line, in planes (C × H × W); a label may follow. */
    private List<RealFrame> csv(byte[] bytes) {
        List<RealFrame> frames = new ArrayList<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            String where = "'" + place + "', line " + (frames.size() + 1);
            String[] words = line.split(",", -1);
            if (words.length != shape.words() && words.length != shape.words() + 1) {
                throw new InputException(where + ", has " + words.length + " values; an image of " + shape + " has "
                        + shape.words() + ", and one more where a label follows.");
            }
            float[] planes = new float[shape.words()];
            for (int i = 0; i < planes.length; i++) {
                planes[i] = share(where, words[i].strip());
            }
            frames.add(RealFrame.ofPlanes(shape, planes, 0));
        }
        return frames;
    }

    private float share(String where, String word) {
        try {
            return share(where, Integer.parseInt(word));
        } catch (NumberFormatException e) {
            throw new InputException(where + ", holds '" + word + "'; whole numbers are needed.", e);
        }
    }

    private float share(String where, int sample) {
        if (sample < 0 || sample > brightest) {
            throw new InputException(
                    where + ", holds " + sample + "; samples must be from 0 to " + brightest + ", as /brightest says.");
        }
        return sample / (float) brightest;
    }

    /** Images × rows × columns of unsigned bytes, one channel. */
    private List<RealFrame> idx(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < 16 || buffer.getInt() != (IDX_BYTES | 3)) {
            throw new InputException("'" + place + "' is no IDX file of images as MNIST has them.");
        }
        long count = buffer.getInt();
        int rows = buffer.getInt();
        int columns = buffer.getInt();
        if (shape.channels() != 1 || rows != shape.height() || columns != shape.width()) {
            throw new InputException(
                    "'" + place + "' has images of 1x" + rows + "x" + columns + "; /imageShape says " + shape + ".");
        }
        if (count < 0 || buffer.remaining() != count * rows * columns) {
            throw new InputException("'" + place + "' should hold " + count + " images, but is of another length.");
        }
        List<RealFrame> frames = new ArrayList<>();
        for (int image = 0; image < count; image++) {
            float[] words = new float[shape.words()];
            for (int i = 0; i < words.length; i++) {
                words[i] = share("'" + place + "', image " + image, buffer.get() & 0xff);
            }
            frames.add(new RealFrame(shape, words));
        }
        return frames;
    }
}
