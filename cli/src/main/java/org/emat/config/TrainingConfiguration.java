package org.emat.config;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.emat.train.gan.GanPlan;
import org.emat.train.machine.MachineOptions;

/**
 * A training.
 *
 * @param name its name
 * @param images the data set
 * @param brightest sample of a data set that stands for 1
 * @param plan networks and arithmetic
 * @param steps number of steps, at least 1
 * @param machine how the machine in Verilog runs a step
 * @param threads threads; all processors when empty
 */
public record TrainingConfiguration(
        String name,
        Path images,
        int brightest,
        GanPlan plan,
        long steps,
        MachineOptions machine,
        OptionalInt threads) {}
