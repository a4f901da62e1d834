package org.emat.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emat.config.NetworkSource;
import org.emat.config.RunOptions;
import org.emat.files.Images;
import org.emat.network.InputException;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;
import org.emat.onnx.OnnxOracle;
import org.emat.quant.FloatModel;

/** How near the images of the hardware come to those of real numbers, and to a reference. */
final class Quality {
    private static final int SMALLEST_IMAGE = 64;

    private final Design design;

    Quality(Design design) {
        this.design = design;
    }

    /**
     * A figure.
     *
     * @param key its name in JSON
     * @param label its name for people
     * @param decibels the figure
     * @param note what it is made of
     */
    record Figure(String key, String label, double decibels, String note) {}

    /** Whether the output frames are images: one or three channels, at least 64 pixels. */
    boolean showsImages() {
        TensorShape shape = design.integer().output();
        return design.quantised().isPresent()
                && (shape.channels() == 1 || shape.channels() == 3)
                && shape.pixels() >= SMALLEST_IMAGE;
    }

    /** The output frames in real numbers: by ONNX Runtime, or by plain loops where no ONNX file is given. */
    List<RealFrame> real() {
        if (design.configuration().network() instanceof NetworkSource.OnnxFile onnx) {
            try (OnnxOracle oracle = new OnnxOracle(onnx.file())) {
                return oracle.run(design.model(), design.real());
            }
        }
        FloatModel model = new FloatModel(design.model().network());
        return design.real().stream().map(model::run).toList();
    }

    /** The images to compare with, one per frame. */
    List<RealFrame> reference(RunOptions.Reference reference) {
        if (!showsImages()) {
            throw new InputException("'reference' needs a quantised network whose output has 1 or 3 channels and at"
                    + " least 64 pixels; this one gives " + design.integer().output() + ".");
        }
        List<Path> files = Images.list(reference.image());
        if (files.size() != design.frames().size()) {
            throw new InputException("'" + reference.image() + "' gives " + files.size() + " reference images for "
                    + design.frames().size() + " frames; one per frame is needed.");
        }
        TensorShape shape = design.integer().output();
        if (2 * reference.border() >= Math.min(shape.height(), shape.width())) {
            throw new InputException("referenceBorder is " + reference.border() + ", which leaves nothing of "
                    + shape.height() + "x" + shape.width() + " pixels.");
        }
        return files.stream()
                .map(file -> Images.read(
                        file, shape, design.configuration().options().pixelRange()))
                .toList();
    }

    /** Figures of the output; none where it is no image. */
    List<Figure> figures(List<RealFrame> hardware, List<RealFrame> real) {
        List<Figure> figures = new ArrayList<>();
        if (!showsImages()) {
            return figures;
        }
        figures.add(new Figure(
                "psnrAgainstFloat",
                "PSNR against float",
                mean(hardware, real, 0),
                "mean of " + hardware.size() + (hardware.size() == 1 ? " image" : " images")
                        + ", values clipped to the pixel range"));
        design.configuration().options().reference().ifPresent(reference -> {
            List<RealFrame> wanted = reference(reference);
            String note = reference.image().getFileName()
                    + (reference.border() == 0 ? "" : ", " + reference.border() + " border pixels left out");
            figures.add(new Figure(
                    "psnrAgainstReference",
                    "PSNR of the hardware against the reference",
                    mean(hardware, wanted, reference.border()),
                    note));
            figures.add(new Figure(
                    "floatPsnrAgainstReference",
                    "PSNR of the float network against the reference",
                    mean(real, wanted, reference.border()),
                    note));
        });
        return figures;
    }

    /** Mean peak signal-to-noise ratio over frames, in decibels. */
    private double mean(List<RealFrame> found, List<RealFrame> wanted, int border) {
        double sum = 0;
        for (int i = 0; i < found.size(); i++) {
            sum += psnr(found.get(i), wanted.get(i), border);
        }
        return sum / found.size();
    }

    private double psnr(RealFrame found, RealFrame wanted, int border) {
        Images.Range range = design.configuration().options().pixelRange();
        TensorShape shape = found.shape();
        double squares = 0;
        long count = 0;
        for (int y = border; y < shape.height() - border; y++) {
            for (int x = border; x < shape.width() - border; x++) {
                for (int channel = 0; channel < shape.channels(); channel++) {
                    double difference = clip(found.at(y, x, channel), range) - clip(wanted.at(y, x, channel), range);
                    squares += difference * difference;
                    count++;
                }
            }
        }
        double peak = range.high() - range.low();
        return 10 * Math.log10(peak * peak * count / squares);
    }

    private static double clip(double value, Images.Range range) {
        return Math.max(range.low(), Math.min(range.high(), value));
    }
}
