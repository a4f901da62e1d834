package org.emat.tb;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.emat.train.gan.GanState;
import org.emat.train.gan.GanStep;
import org.emat.train.gan.NetworkState;

/** Compares what a step gave in Verilog with what it gave in the golden trainer, bit for bit. */
public final class MachineComparison {
    private final List<String> differences = new ArrayList<>();

    private MachineComparison() {}

    /**
     * All differences, the first of each array; none if both are equal.
     *
     * @param result what the golden step gave
     * @param after the golden state after it
     * @param verilog what the step gave in Verilog
     * @param generator what the generator of the Verilog has learnt
     * @param discriminator what its discriminator has learnt
     */
    public static List<String> of(
            GanStep result, GanState after, GanStep verilog, NetworkState generator, NetworkState discriminator) {
        MachineComparison comparison = new MachineComparison();
        if (!result.equals(verilog)) {
            comparison.differences.add("step: " + verilog + " instead of " + result);
        }
        comparison.compare("generator", generator, after.generator());
        comparison.compare("discriminator", discriminator, after.discriminator());
        return comparison.differences;
    }

    private void compare(String network, NetworkState found, NetworkState expected) {
        for (int i = 0; i < expected.parameters().length; i++) {
            String layer = network + ", layer " + i + ", ";
            compare(layer + "parameter", found.parameters()[i], expected.parameters()[i]);
            compare(layer + "momentum", found.momenta()[i], expected.momenta()[i]);
        }
        compare(network + ", maximum of sums", found.activationMaxima(), expected.activationMaxima());
        compare(network + ", maximum of errors", found.errorMaxima(), expected.errorMaxima());
        compare(network + ", shift register", found.rounding(), expected.rounding());
    }

    private void compare(String what, int[] found, int[] expected) {
        compare(
                what,
                IntStream.of(found).asLongStream().toArray(),
                IntStream.of(expected).asLongStream().toArray());
    }

    private void compare(String what, long[] found, long[] expected) {
        int[] wrong = IntStream.range(0, expected.length)
                .filter(i -> found[i] != expected[i])
                .toArray();
        if (wrong.length > 0) {
            int first = wrong[0];
            differences.add(what + " " + first + ": " + found[first] + " instead of " + expected[first]
                    + (wrong.length == 1 ? "" : ", and " + (wrong.length - 1) + " more"));
        }
    }
}
