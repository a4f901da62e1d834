package org.emat.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emat.files.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Simulates a design and compares it. */
@Command(
        name = "cosim",
        header = "Simulates a design in Verilator and compares every word and count with the golden model.",
        description =
                "The simulator is built once for each Verilog text and kept; weights, frames and stalls are data.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./emat cosim examples/fsrcnn.json --report report.html",
            "  ./emat cosim model.onnx --mode integer --input x.npy --output y.npy --json r.json",
            "  ./emat cosim design.json --stalls 7:60:90 --trace waves"
        })
final class CosimCommand implements Callable<Integer> {
    @Mixin
    DesignArguments arguments = new DesignArguments();

    @Mixin
    FrameOutput frames = new FrameOutput();

    @Option(names = "--report", paramLabel = "FILE", description = "Writes a report as one HTML file.")
    Path report;

    @Option(
            names = "--trace",
            paramLabel = "FOLDER",
            description =
                    "Where words differ, writes a wave (FST) of the failing window and a GTKWave save file there.")
    Path trace;

    @Override
    public Integer call() {
        arguments.output.check();
        frames.checkPlaces();
        if (report != null) {
            OutputFile.check(report);
        }
        try (Progress progress = arguments.output.progress()) {
            Design design = new DesignLoader(arguments.configuration(), progress).load();
            frames.check(design);
            Proof proof = new Prover(design, progress).prove(Optional.ofNullable(trace));
            progress.end();
            frames.write(design, proof.outcome().simulation().outputs());
            arguments.output.write(proof.json());
            if (report != null) {
                OutputFile.write(report, proof.page("emat: " + design.plan().name()));
            }
            ResultText text = new ResultText(design);
            arguments.output.print(text.comparison(proof.outcome().comparison()));
            proof.outcome().diagnosis().ifPresent(found -> {
                arguments.output.println("cause: " + found);
                arguments.output.println("wave: gtkwave " + found.view());
            });
            arguments.output.print(text.quality(proof.noise(), proof.figures()));
            arguments.output.println(proof.timing());
            Warnings.of(design).forEach(arguments.output::note);
            return proof.outcome().comparison().equal() ? 0 : Main.DIFFERENT;
        }
    }
}
