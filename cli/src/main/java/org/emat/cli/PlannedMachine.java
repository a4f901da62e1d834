package org.emat.cli;

import java.util.Optional;
import org.emat.config.TrainingConfiguration;
import org.emat.network.InputException;
import org.emat.rtl.Identifier;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.MachinePlanner;

/**
 * The machine of a training, if it is asked for and can be made.
 *
 * @param plan the machine
 * @param why why there is none, a sentence; empty where there is one or nobody asks
 */
record PlannedMachine(Optional<MachinePlan> plan, String why) {
    /** Nobody asks for it. */
    static PlannedMachine none() {
        return new PlannedMachine(Optional.empty(), "");
    }

    /** The machine, or why there is none. */
    static PlannedMachine tried(TrainingConfiguration training) {
        try {
            return needed(training);
        } catch (InputException | IllegalArgumentException e) {
            return new PlannedMachine(Optional.empty(), "No machine is shown: " + e.getMessage() + ".");
        }
    }

    /**
     * The machine.
     *
     * @throws InputException or IllegalArgumentException if it cannot be made
     */
    static PlannedMachine needed(TrainingConfiguration training) {
        String name = Identifier.of(training.name());
        return new PlannedMachine(Optional.of(new MachinePlanner(training.machine()).plan(name, training.plan())), "");
    }
}
