package org.emat.plan;

import java.util.List;

/**
 * The single source of truth of a design: the golden model and the generator both read it, and never each other. It
 * holds no weights, scales, tables or device maps; those are loaded data.
 *
 * @param name identifier of the design in Verilog
 * @param engines one per layer, in stream order
 * @param streamBits width of the external data streams
 */
public record Plan(String name, List<EnginePlan> engines, int streamBits) {
    public Plan {
        engines = List.copyOf(engines);
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("a plan has at least one engine");
        }
    }

    /** The input stream. */
    public StreamPlan inputStream() {
        EnginePlan first = engines.get(0);
        return new StreamPlan(first.geometry().input(), first.input(), 1, streamBits);
    }

    /** Cycles in which a frame crosses the slower of the external streams, one beat a cycle. */
    public int streamCycles() {
        return Math.max(inputStream().beatsPerFrame(), outputStream().beatsPerFrame());
    }

    /** The output stream. */
    public StreamPlan outputStream() {
        EnginePlan last = engines.get(engines.size() - 1);
        return new StreamPlan(last.geometry().output(), last.output(), last.lanes(), streamBits);
    }
}
