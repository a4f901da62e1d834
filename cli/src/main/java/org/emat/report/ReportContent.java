package org.emat.report;

import java.util.List;
import org.emat.arch.Architecture;
import org.emat.plan.Plan;
import org.emat.quant.SignalToNoise;
import org.emat.schedule.CycleCount;
import org.emat.tb.Comparison;
import org.emat.tb.SimulationResult;

/**
 * Everything a report shows.
 *
 * @param title heading of the report
 * @param source file the network came from
 * @param architecture the hardware
 * @param plan the design
 * @param comparison golden model against Verilog
 * @param simulation what the Verilog gave
 * @param predicted cycles of the same frames and stalls
 * @param signalToNoise per layer; empty in integer mode
 * @param galleries pictures; may be empty
 * @param facts figures such as the mean PSNR; may be empty
 * @param warnings sentences the reader must know, such as that conversions can clip; may be empty
 * @param provenance versions, seeds and times
 */
public record ReportContent(
        String title,
        String source,
        Architecture architecture,
        Plan plan,
        Comparison comparison,
        SimulationResult simulation,
        CycleCount predicted,
        List<SignalToNoise> signalToNoise,
        List<Gallery> galleries,
        List<Fact> facts,
        List<String> warnings,
        Provenance provenance) {
    public ReportContent {
        signalToNoise = List.copyOf(signalToNoise);
        galleries = List.copyOf(galleries);
        facts = List.copyOf(facts);
        warnings = List.copyOf(warnings);
        int engines = plan.engines().size();
        if (comparison.engines().size() != engines
                || simulation.counters().size() != engines
                || predicted.engines().size() != engines) {
            throw new IllegalArgumentException("the plan has " + engines + " engines, but the comparison has "
                    + comparison.engines().size() + ", the simulation "
                    + simulation.counters().size() + " and the prediction "
                    + predicted.engines().size());
        }
    }

    /** Frames of the run. */
    int frames() {
        return simulation.outputs().size();
    }
}
