package org.emat.measure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emat.suite.Row;

/** A row under a mapping, as something that can be predicted and simulated. */
public sealed interface Subject permits ChainSubject, GradientSubject {
    /** The row. */
    Row row();

    /** The mapping. */
    Variant variant();

    /** What is the same for all mappings of the row. */
    Setting setting();

    /** Steps of a frame, over all layers. */
    long steps();

    /** Everything of its own that a result depends on: hardware, plans, Verilog. */
    List<String> texts();

    /** Files in the order of their names, each with its name. */
    static List<String> inOrder(Map<String, String> files) {
        return new TreeMap<>(files)
                .entrySet().stream()
                        .map(file -> file.getKey() + "\n" + file.getValue())
                        .toList();
    }
}
