package org.emat.cli;

import java.util.List;
import java.util.Optional;
import org.emat.arch.Architecture;
import org.emat.config.Configuration;
import org.emat.integer.Frame;
import org.emat.integer.IntegerNetwork;
import org.emat.network.RealFrame;
import org.emat.onnx.OnnxModel;
import org.emat.plan.OperationScheduler.Pass;
import org.emat.plan.Plan;
import org.emat.quant.Quantised;

/**
 * A network on its hardware, with the frames to run.
 *
 * @param configuration what was asked for
 * @param model the network and the shapes of its file
 * @param architecture the hardware, converters made lossless in integer mode
 * @param integer the integer network
 * @param quantised what its words mean; empty in integer mode
 * @param passes the mapping: what is on the crossbars at once, in order
 * @param real input frames in real numbers; empty in integer mode
 * @param frames input frames in integers
 */
record Design(
        Configuration configuration,
        OnnxModel model,
        Architecture architecture,
        IntegerNetwork integer,
        Optional<Quantised> quantised,
        List<Pass> passes,
        List<RealFrame> real,
        List<Frame> frames) {
    /** The mapping of the first pass, which is all of the network but where the budget forces several. */
    Plan plan() {
        return passes.get(0).dataflow().plan();
    }
}
