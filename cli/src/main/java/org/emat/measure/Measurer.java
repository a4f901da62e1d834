package org.emat.measure;

import org.emat.tb.Cosimulation;
import org.emat.tb.SimulatorBuild;

/** Measures a row in Verilog, a run of one frame and a streaming one, and compares every word and count. */
public final class Measurer {
    private final Cosimulation cosimulation;
    private final SimulatorBuild build;

    /**
     * A measurer.
     *
     * @param cosimulation simulates chains of layers
     * @param build builds the simulators of gradient engines
     */
    public Measurer(Cosimulation cosimulation, SimulatorBuild build) {
        this.cosimulation = cosimulation;
        this.build = build;
    }

    /**
     * What the subject does.
     *
     * @throws org.emat.tb.ToolException if a tool is missing or fails, or if the design hangs
     */
    public Measurement measure(Subject subject, Listener listener) {
        return subject instanceof ChainSubject chain
                ? new ChainMeasurer(cosimulation).measure(chain, listener)
                : new GradientMeasurer(build, (GradientSubject) subject).measure(listener);
    }
}
