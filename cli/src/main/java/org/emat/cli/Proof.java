package org.emat.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.emat.golden.GoldenRun;
import org.emat.network.RealFrame;
import org.emat.quant.SignalToNoise;
import org.emat.report.ReportPage;
import org.emat.schedule.CycleCount;
import org.emat.tb.Cosimulation;
import org.emat.tb.VerilatorToolchain;

/**
 * A simulated and compared design with its quality.
 *
 * @param design the design
 * @param golden words and events of the golden model
 * @param predicted its cycles
 * @param outcome the simulation and the comparison
 * @param tools what built the simulator
 * @param real output frames in real numbers; empty where the output is no image
 * @param hardware output frames of the Verilog in real numbers; empty where the output is no image
 * @param noise per layer; empty in integer mode
 * @param figures of the output images; empty where it is none
 * @param seconds wall time of everything
 */
record Proof(
        Design design,
        GoldenRun golden,
        CycleCount predicted,
        Cosimulation.Outcome outcome,
        VerilatorToolchain tools,
        List<RealFrame> real,
        List<RealFrame> hardware,
        List<SignalToNoise> noise,
        List<Quality.Figure> figures,
        double seconds) {

    /** One line on times. */
    String timing() {
        return String.format(
                Locale.ROOT,
                "%.1f s in all, %.1f s of them simulation (%.1f frames/s); the simulator was %s.",
                seconds,
                outcome.seconds(),
                design.frames().size() / Math.max(1e-9, outcome.seconds()),
                outcome.rebuilt() ? "built" : "already built");
    }

    /** The result as data. */
    ObjectNode json() {
        ObjectNode json = ResultJson.comparison(design, outcome.comparison());
        ResultJson.quality(json, noise, figures);
        json.put("rebuilt", outcome.rebuilt());
        json.put("simulationSeconds", outcome.seconds());
        json.put("seconds", seconds);
        return json;
    }

    /** The report, an HTML page. */
    String page(String title) {
        return ReportPage.render(new ReportBuilder(this).content(title));
    }
}
