package org.emat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emat.tb.CycleComparison;
import org.emat.tb.MachineComparison;
import org.emat.tb.MachineDifference;
import org.emat.tb.MachineSimulation;
import org.emat.tb.SimulatorBuild;
import org.emat.tb.VerilatorToolchain;
import org.emat.train.gan.GanStep;
import org.emat.train.gan.GanTrainer;
import org.emat.train.gan.GanTraining;
import org.emat.train.gan.ImageSet;
import org.emat.train.gan.TrainingBatch;
import org.emat.train.machine.MachineClock;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.StepCycles;

/** Trains in Verilog beside the golden trainer, from the same state, and compares both after every step. */
final class VerifiedTrainer implements GanTraining, AutoCloseable {
    private static final double SECOND = 1e9;

    private final GanTrainer golden;
    private final MachinePlan plan;
    private final StepCycles predicted;
    private final MachineSimulation machine;
    private Optional<MachineSimulation.Result> before = Optional.empty();
    private long steps;
    private long goldenTime;
    private long verilogTime;

    VerifiedTrainer(GanTrainer golden, MachinePlan plan) {
        this.golden = golden;
        this.plan = plan;
        predicted = MachineClock.count(plan);
        machine =
                new MachineSimulation(plan, new SimulatorBuild(VerilatorToolchain.find(), SimulatorBuild.userCache()));
        machine.load(golden.state().generator(), golden.state().discriminator());
    }

    /** A step in Verilog that is not the golden one. */
    static final class DifferenceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long step;
        private final transient MachineDifference first;

        DifferenceException(long step, List<MachineDifference> differences) {
            super("Step " + step + " in Verilog differs from the golden one: "
                    + differences.stream().map(MachineDifference::toString).collect(Collectors.joining("; ")) + ".");
            this.step = step;
            first = differences.get(0);
        }

        /** Number of the step, from 0. */
        long step() {
            return step;
        }

        /** The first difference. */
        MachineDifference first() {
            return first;
        }
    }

    @Override
    public long next() {
        return golden.next();
    }

    @Override
    public GanStep step() {
        TrainingBatch batch = golden.batch();
        long number = golden.next();
        long begun = System.nanoTime();
        GanStep expected = golden.step();
        long between = System.nanoTime();
        MachineSimulation.Result result = machine.step(batch, number);
        long end = System.nanoTime();
        List<MachineDifference> differences =
                new ArrayList<>(MachineComparison.of(expected, golden.state(), result.step(), machine.learnt()));
        differences.addAll(CycleComparison.of(predicted, plan, before, result));
        if (!differences.isEmpty()) {
            throw new DifferenceException(number, differences);
        }
        before = Optional.of(result);
        steps++;
        goldenTime += between - begun;
        verilogTime += end - between;
        return expected;
    }

    @Override
    public ImageSet samples(int count, long seed) {
        return golden.samples(count, seed);
    }

    /** What has been compared. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "Verilog: %d steps, every bit equal and every cycle as predicted, %d a step; %.2f steps a second, the"
                        + " golden trainer %.2f.",
                steps,
                predicted.cycles(),
                steps / Math.max(1 / SECOND, verilogTime / SECOND),
                steps / Math.max(1 / SECOND, goldenTime / SECOND));
    }

    @Override
    public void close() {
        machine.close();
    }
}
