package org.emat.report;

import java.util.List;

/**
 * What is needed to repeat a run.
 *
 * @param tools versions of emat, Java, simulator and compiler
 * @param inputs the command, seeds and files
 * @param times when it ran and what took how long
 */
public record Provenance(List<Fact> tools, List<Fact> inputs, List<Fact> times) {
    public Provenance {
        tools = List.copyOf(tools);
        inputs = List.copyOf(inputs);
        times = List.copyOf(times);
    }

    boolean isEmpty() {
        return tools.isEmpty() && inputs.isEmpty() && times.isEmpty();
    }
}
