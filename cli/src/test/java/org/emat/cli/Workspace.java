package org.emat.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.emat.files.Images;
import org.emat.files.NpyArray;
import org.emat.files.NpyWriter;
import org.emat.onnx.OnnxBuilder;

/** A folder with small inputs. */
final class Workspace {
    private final Path folder;

    Workspace(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** A text file. */
    Path text(String name, String text) {
        try {
            return Files.writeString(path(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JSON file; single quotes in the text stand for double ones. */
    Path json(String name, String text) {
        return text(name, text.replace('\'', '"'));
    }

    /** A configuration of one frame of 2 x 5 x 5 and the layers given. */
    Path network(String name, String... layers) {
        return json(
                name,
                "{'inputShape':{'channels':2,'height':5,'width':5},'frames':2,'network':[" + String.join(",", layers)
                        + "]}");
    }

    /** A program in a shell; {@code $1} and so on are its arguments. */
    Path script(String name, String text) {
        Path file = text(name, "#!/bin/sh\n" + text);
        if (!file.toFile().setExecutable(true)) {
            throw new UncheckedIOException(new IOException(file + " cannot be made executable"));
        }
        return file;
    }

    Path bytes(String name, byte[] bytes) {
        try {
            return Files.write(path(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first half of a file. */
    Path cut(String name, Path whole) {
        try {
            byte[] bytes = Files.readAllBytes(whole);
            return bytes(name, Arrays.copyOf(bytes, bytes.length / 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder(String name) {
        try {
            return Files.createDirectories(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An array of float64, all values the same. */
    Path npy(String name, double value, int... shape) {
        double[] values = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        Arrays.fill(values, value);
        return npy(name, new NpyArray(shape, values));
    }

    Path npy(String name, NpyArray array) {
        NpyWriter.write(path(name), array, NpyWriter.Type.FLOAT64);
        return path(name);
    }

    /** A black image of grey samples. */
    Path png(String name, int height, int width) {
        return bytes(name, Images.png(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY)));
    }

    Path onnx(String name, OnnxBuilder model) {
        return model.write(path(name));
    }

    /** Every file and folder below, with the sizes of the files; hidden ones too. */
    List<String> listing() {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.map(Workspace::entry).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String entry(Path path) {
        return Files.isRegularFile(path) ? path + " of " + path.toFile().length() + " bytes" : path.toString();
    }
}
