package org.emat.tb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.emat.plan.EnginePlan;

/**
 * Who waited for whom when a run ended.
 *
 * @param cycle the last cycle
 * @param sent beats that the design took
 * @param received beats that it gave
 * @param valid one bit per link, link 0 being the input
 * @param ready one bit per link
 * @param ports bits 0 to 3: input valid, input ready, output valid, output ready
 */
record Handshakes(long cycle, long sent, long received, long valid, long ready, int ports) {
    static Handshakes decode(ByteBuffer in) {
        return new Handshakes(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getInt());
    }

    /** The state of every handshake of a run that did not end. */
    String sentence(SimulationRequest request) {
        List<String> states = new ArrayList<>();
        states.add("input stream " + state(ports & 1, ports >> 1 & 1));
        List<EnginePlan> engines = request.plan().engines();
        for (int link = 0; link <= engines.size(); link++) {
            String name = link == 0
                    ? "input pixels"
                    : "pixels of layer '" + engines.get(link - 1).name() + "'";
            states.add(name + " " + state(valid >> link & 1, ready >> link & 1));
        }
        states.add("output stream " + state(ports >> 2 & 1, ports >> 3 & 1));
        return "the design hangs: after " + cycle + " cycles " + sent + " of " + request.inputBeats()
                + " input beats and " + received + " of " + request.outputBeats()
                + " output beats have passed; handshakes: " + String.join(", ", states);
    }

    private static String state(long valid, long ready) {
        return (valid == 1 ? "valid" : "not valid") + " and " + (ready == 1 ? "ready" : "not ready");
    }
}
