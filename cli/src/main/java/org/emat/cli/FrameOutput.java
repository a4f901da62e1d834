package org.emat.cli;

import java.nio.file.Path;
import java.util.List;
import org.emat.files.Images;
import org.emat.files.NpyArray;
import org.emat.files.NpyWriter;
import org.emat.files.OutputFile;
import org.emat.files.OutputFolder;
import org.emat.integer.Frame;
import org.emat.network.InputException;
import org.emat.network.RealFrame;
import org.emat.onnx.Port;
import picocli.CommandLine.Option;

/** Output frames as files. */
final class FrameOutput {
    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Writes the output frames as .npy in the shape of the network's output: float32, or int64 in"
                    + " integer mode.")
    Path array;

    @Option(names = "--images", paramLabel = "FOLDER", description = "Writes the output frames as PNG images.")
    Path images;

    /** Refuses unwritable places before any work. */
    void checkPlaces() {
        if (array != null) {
            OutputFile.check(array);
        }
        if (images != null) {
            OutputFolder.check(images);
        }
    }

    /** Refuses what is no image, and unwritable places, before long work. */
    void check(Design design) {
        checkPlaces();
        if (images != null && !new Quality(design).showsImages()) {
            throw new InputException("--images needs a quantised network whose output has 1 or 3 channels and at least"
                    + " 64 pixels; this one gives " + design.integer().output() + ".");
        }
    }

    /** Writes what was asked for. */
    void write(Design design, List<Frame> outputs) {
        if (array != null) {
            NpyWriter.write(
                    array,
                    array(design, outputs),
                    design.quantised().isPresent() ? NpyWriter.Type.FLOAT32 : NpyWriter.Type.INT64);
        }
        if (images != null) {
            writeImages(design, outputs);
        }
    }

    private void writeImages(Design design, List<Frame> outputs) {
        Images.Range range = design.configuration().options().pixelRange();
        try (OutputFolder folder = OutputFolder.begin(images)) {
            for (int i = 0; i < outputs.size(); i++) {
                RealFrame frame = design.quantised().orElseThrow().dequantise(outputs.get(i));
                folder.write(String.format("frame%04d.png", i), Images.png(Images.of(frame, range)));
            }
            folder.finish();
        }
    }

    private static NpyArray array(Design design, List<Frame> outputs) {
        Port port = design.model().output();
        int words = port.words();
        double[] values = new double[Math.multiplyExact(words, outputs.size())];
        for (int f = 0; f < outputs.size(); f++) {
            double[] planes = planes(design, outputs.get(f));
            for (int i = 0; i < words; i++) {
                values[port.batchAxis() == 0 ? f * words + i : i * outputs.size() + f] = planes[i];
            }
        }
        return new NpyArray(port.shape(outputs.size()), values);
    }

    private static double[] planes(Design design, Frame frame) {
        double[] values = new double[frame.words().length];
        if (design.quantised().isPresent()) {
            float[] planes = design.quantised().get().dequantise(frame).planes();
            for (int i = 0; i < values.length; i++) {
                values[i] = planes[i];
            }
        } else {
            int[] planes = frame.planes();
            for (int i = 0; i < values.length; i++) {
                values[i] = design.integer().outputFormat().decode(planes[i]);
            }
        }
        return values;
    }
}
