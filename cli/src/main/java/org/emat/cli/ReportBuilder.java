package org.emat.cli;

import java.awt.image.BufferedImage;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emat.config.NetworkSource;
import org.emat.config.RunOptions;
import org.emat.files.Images;
import org.emat.network.RealFrame;
import org.emat.report.Fact;
import org.emat.report.Gallery;
import org.emat.report.Provenance;
import org.emat.report.ReportContent;
import org.emat.schedule.StallScript;

/** Gathers what a report shows from a proof. */
final class ReportBuilder {
    private final Proof proof;
    private final Design design;
    private final RunOptions options;

    ReportBuilder(Proof proof) {
        this.proof = proof;
        this.design = proof.design();
        this.options = design.configuration().options();
    }

    /** The content of a report. */
    ReportContent content(String title) {
        return new ReportContent(
                title,
                source(),
                design.architecture(),
                design.plan(),
                proof.outcome().comparison(),
                proof.outcome().simulation(),
                proof.predicted(),
                proof.noise(),
                galleries(),
                facts(),
                Warnings.of(design),
                new Provenance(tools(), inputs(), times()));
    }

    private String source() {
        return design.configuration().network() instanceof NetworkSource.OnnxFile onnx
                ? onnx.file().getFileName().toString()
                : design.configuration().file().getFileName().toString();
    }

    private List<Gallery> galleries() {
        if (proof.hardware().isEmpty()) {
            return List.of();
        }
        List<RealFrame> golden = proof.golden().results().stream()
                .map(design.quantised().orElseThrow()::dequantise)
                .toList();
        List<Gallery.Row> rows = new ArrayList<>();
        rows.add(new Gallery.Row("float", images(proof.real())));
        rows.add(new Gallery.Row("golden model", images(golden)));
        rows.add(new Gallery.Row("Verilog", images(proof.hardware())));
        options.reference()
                .ifPresent(reference ->
                        rows.add(new Gallery.Row("reference", images(new Quality(design).reference(reference)))));
        return List.of(new Gallery(
                "Output images", "The same frames through the float network, the golden model and the Verilog.", rows));
    }

    private List<BufferedImage> images(List<RealFrame> frames) {
        return frames.stream()
                .map(frame -> Images.of(frame, options.pixelRange()))
                .toList();
    }

    private List<Fact> facts() {
        return proof.figures().stream()
                .map(figure -> new Fact(figure.label(), ResultText.decibels(figure.decibels()), figure.note()))
                .toList();
    }

    private List<Fact> tools() {
        return List.of(
                new Fact("emat", Main.VERSION, ""),
                new Fact("Java", System.getProperty("java.version"), ""),
                new Fact("simulator", proof.tools().version(), ""),
                new Fact("compiler", proof.tools().compiler(), ""));
    }

    private List<Fact> inputs() {
        List<Fact> inputs = new ArrayList<>();
        inputs.add(new Fact("arithmetic", options.mode().name().toLowerCase(Locale.ROOT), ""));
        inputs.add(options.input()
                .map(path -> new Fact("input", path.getFileName().toString(), ""))
                .orElse(new Fact("input", "random", "seed " + options.seed())));
        StallScript stalls = options.stalls();
        if (!stalls.equals(StallScript.none())) {
            inputs.add(new Fact(
                    "stalls",
                    stalls.inputRate() + " and " + stalls.outputRate() + " cycles in 256",
                    "input and output, seed " + stalls.seed()));
        }
        return inputs;
    }

    private List<Fact> times() {
        return List.of(
                new Fact("written", LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")), ""),
                new Fact("everything", seconds(proof.seconds()), ""),
                new Fact(
                        "simulation",
                        seconds(proof.outcome().seconds()),
                        proof.outcome().rebuilt() ? "simulator built" : "simulator already built"));
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f s", value);
    }
}
