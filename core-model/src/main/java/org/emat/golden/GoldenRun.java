package org.emat.golden;

import java.util.List;
import org.emat.integer.Frame;

/**
 * What the golden model computed.
 *
 * @param outputs output frames, per engine and frame
 * @param events events per engine, summed over the frames
 */
public record GoldenRun(List<List<Frame>> outputs, List<Events> events) {
    /** Frames of the last engine. */
    public List<Frame> results() {
        return outputs.get(outputs.size() - 1);
    }
}
