package org.emat.tb;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.emat.train.gan.GanState;
import org.emat.train.gan.GanStep;
import org.emat.train.gan.NetworkState;
import org.emat.train.gan.TrainingCounts;

/** Compares what a step gave in Verilog with what it gave in the golden trainer, bit for bit. */
public final class MachineComparison {
    private final List<MachineDifference> differences = new ArrayList<>();

    private MachineComparison() {}

    /**
     * All differences, the first of each array; none if both are equal.
     *
     * @param result what the golden step gave
     * @param after the golden state after it
     * @param verilog what the step gave in Verilog
     * @param learnt what the Verilog has learnt
     */
    public static List<MachineDifference> of(
            GanStep result, GanState after, GanStep verilog, MachineSimulation.Learnt learnt) {
        MachineComparison comparison = new MachineComparison();
        comparison.compare(verilog, result);
        comparison.compare("generator", learnt.generator(), after.generator());
        comparison.compare("discriminator", learnt.discriminator(), after.discriminator());
        return comparison.differences;
    }

    private void compare(GanStep found, GanStep expected) {
        compare("loss of real images", found.realLoss(), expected.realLoss());
        compare("loss of generated images", found.fakeLoss(), expected.fakeLoss());
        compare("loss of the generator", found.generatorLoss(), expected.generatorLoss());
        TrainingCounts counts = found.counts();
        TrainingCounts golden = expected.counts();
        compare("saturated activations", counts.saturatedActivations(), golden.saturatedActivations());
        compare("saturated errors", counts.saturatedErrors(), golden.saturatedErrors());
        compare("saturated momenta", counts.saturatedMomenta(), golden.saturatedMomenta());
        compare("saturated weights", counts.saturatedWeights(), golden.saturatedWeights());
        compare("written cells", counts.cellWrites(), golden.cellWrites());
        compare("skipped cells", counts.skippedCells(), golden.skippedCells());
    }

    private void compare(String what, long found, long expected) {
        if (found != expected) {
            differences.add(new MachineDifference(what, expected, found));
        }
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
            differences.add(new MachineDifference(what + " " + first, expected[first], found[first], wrong.length - 1));
        }
    }
}
