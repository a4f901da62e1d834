package org.emat.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.emat.files.Images;
import org.emat.files.NpyArray;
import org.emat.files.NpyReader;
import org.emat.integer.Frame;
import org.emat.network.InputException;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;
import org.emat.onnx.Port;

/** Input frames of a network: from arrays, from images, or drawn from a seed. */
final class FrameSource {
    private final Port port;
    private final TensorShape shape;
    private final Images.Range range;

    FrameSource(Port port, TensorShape shape, Images.Range range) {
        this.port = port;
        this.shape = shape;
        this.range = range;
    }

    /** Frames of real numbers from a {@code .npy} file, a {@code .png} file or a folder of those. */
    List<RealFrame> real(Path place) {
        if (Files.isDirectory(place) || Images.isPng(place)) {
            return Images.list(place).stream()
                    .map(file -> Images.read(file, shape, range))
                    .toList();
        }
        NpyArray array = NpyReader.read(place);
        float[] words = new float[array.values().length];
        for (int i = 0; i < words.length; i++) {
            words[i] = (float) array.values()[i];
            if (!Float.isFinite(words[i])) {
                throw new InputException("'" + place + "' holds " + array.values()[i] + "; finite numbers are needed.");
            }
        }
        int batch = batch(place, array);
        return IntStream.range(0, batch)
                .mapToObj(i -> RealFrame.ofPlanes(shape, port.frame(words, batch, i), 0))
                .toList();
    }

    /** Frames of whole numbers from a {@code .npy} file. */
    List<Frame> integers(Path place) {
        if (Files.isDirectory(place) || Images.isPng(place)) {
            throw new InputException("'" + place + "' is no .npy file; integer mode takes its inputs from one.");
        }
        NpyArray array = NpyReader.read(place);
        int[] words = new int[array.values().length];
        for (int i = 0; i < words.length; i++) {
            double value = array.values()[i];
            if (value != Math.rint(value) || Math.abs(value + 0.5) >= 0x1p31) {
                throw new InputException("'" + place + "' holds " + value
                        + "; integer mode needs whole numbers from -2147483648 to 2147483647.");
            }
            words[i] = (int) value;
        }
        int batch = batch(place, array);
        return IntStream.range(0, batch)
                .mapToObj(i -> Frame.ofPlanes(shape, port.frame(words, batch, i), 0))
                .toList();
    }

    private int batch(Path place, NpyArray array) {
        try {
            return port.batch(array.shape());
        } catch (InputException e) {
            throw new InputException("'" + place + "': " + e.getMessage().replaceAll("[.]$", "") + ".", e);
        }
    }

    /** Frames of standard normal numbers, float32. */
    List<RealFrame> normal(int count, long seed) {
        Random random = new Random(seed);
        List<RealFrame> frames = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            float[] words = new float[shape.words()];
            for (int i = 0; i < words.length; i++) {
                words[i] = (float) random.nextGaussian();
            }
            frames.add(new RealFrame(shape, words));
        }
        return frames;
    }

    /** Frames of signed whole numbers of some width, all equally likely. */
    List<Frame> uniform(int count, long seed, int bits) {
        Random random = new Random(seed);
        List<Frame> frames = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            int[] words = new int[shape.words()];
            for (int i = 0; i < words.length; i++) {
                words[i] = random.nextInt() >> (32 - bits);
            }
            frames.add(new Frame(shape, words));
        }
        return frames;
    }
}
