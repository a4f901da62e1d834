package org.emat.report;

import org.emat.cost.StepCost;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.StepSchedule;

/**
 * The machine of a training.
 *
 * @param plan its plan
 * @param schedule of a step, as the golden clock predicts it
 * @param cost of a step
 */
public record TrainingMachine(MachinePlan plan, StepSchedule schedule, StepCost cost) {}
