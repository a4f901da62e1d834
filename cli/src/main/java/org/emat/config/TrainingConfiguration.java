package org.emat.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.emat.train.gan.GanPlan;
import org.emat.train.machine.MachineOptions;

/**
 * A training.
 *
 * @param name its name
 * @param images the data set
 * @param labels file of its labels, where it is not in the data set
 * @param brightest sample of a data set that stands for 1
 * @param plan networks and arithmetic
 * @param steps number of steps, at least 1
 * @param machine how the machine in Verilog runs a step
 * @param endurance writes that a cell endures; any number when empty
 * @param threads threads; all processors when empty
 */
public record TrainingConfiguration(
        String name,
        Path images,
        Optional<Path> labels,
        int brightest,
        GanPlan plan,
        long steps,
        MachineOptions machine,
        OptionalLong endurance,
        OptionalInt threads) {}
