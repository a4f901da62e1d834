package org.emat.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.emat.golden.GoldenRun;
import org.emat.network.RealFrame;
import org.emat.quant.SignalToNoise;
import org.emat.schedule.CycleCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Computes a design without Verilog. */
@Command(
        name = "golden",
        header = "Computes every word, event and cycle of a design.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./emat golden examples/dcgan_mnist_generator.onnx --frames 16",
            "  ./emat golden model.onnx --mode integer --input x.npy --output y.npy"
        })
final class GoldenCommand implements Callable<Integer> {
    @Mixin
    DesignArguments arguments = new DesignArguments();

    @Mixin
    FrameOutput frames = new FrameOutput();

    @Override
    public Integer call() {
        arguments.output.check();
        frames.checkPlaces();
        try (Progress progress = arguments.output.progress()) {
            Design design = new DesignLoader(arguments.configuration(), progress).load();
            frames.check(design);
            design.configuration().options().reference().ifPresent(new Quality(design)::reference);
            GoldenRun run = Golden.run(design, progress);
            CycleCount cycles = Golden.predict(design, progress);
            Quality quality = new Quality(design);
            List<Quality.Figure> figures = List.of();
            if (quality.showsImages()) {
                List<RealFrame> hardware = run.results().stream()
                        .map(design.quantised().orElseThrow()::dequantise)
                        .toList();
                figures = quality.figures(hardware, quality.real());
            }
            List<SignalToNoise> noise = Golden.signalToNoise(design, progress);
            progress.end();
            frames.write(design, run.results());
            ObjectNode json = ResultJson.golden(design, run, cycles);
            ResultJson.quality(json, noise, figures);
            arguments.output.write(json);
            ResultText text = new ResultText(design);
            arguments.output.print(text.golden(run, cycles));
            arguments.output.print(text.quality(noise, figures));
            Warnings.of(design).forEach(arguments.output::note);
        }
        return 0;
    }
}
