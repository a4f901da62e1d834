package org.emat.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.TrainingStep;

/** Steps of training, put together from the passes of a table. */
final class TrainingSteps {
    private final List<TrainingStep> steps;

    TrainingSteps(BenchmarkTable table) {
        steps = TrainingStep.of(table);
    }

    /** The section; empty where no GAN has all its passes in the table. */
    Optional<Element> section() {
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Lists.section(
                        "steps",
                        "Training steps",
                        "A step by one real and one generated image, pass after pass at one clock: "
                                + TrainingStep.COMPOSITION
                                + " What is paid once a batch, the read-out of gradients and the update, is not in it."
                                + " The second factor is that of the passes on arrays alone, as if gradients took no"
                                + " time: a faster clock of the gradient engines lies between the two.")
                .add(Lists.table(
                        "Training steps",
                        List.of(
                                Lists.wordsHeading("GAN"),
                                Lists.heading("Cycles"),
                                Lists.heading("with inserted zeros"),
                                Lists.heading("Faster"),
                                Lists.heading("gradients taking no time"),
                                Lists.heading("Energy"),
                                Lists.heading("with inserted zeros"),
                                Lists.heading("Less energy")),
                        steps.stream().map(TrainingSteps::row).toList())));
    }

    private static Element row(TrainingStep step) {
        return Element.of("tr")
                .add(Lists.head(step.network()))
                .add(cell(Figures.decimal(step.cycles())))
                .add(cell(Figures.decimal(step.zeroInsertedCycles())))
                .add(cell(factor(step.speedUp())))
                .add(cell(factor(step.arraySpeedUp())))
                .add(cell(EnergyBars.joules(step.energy())))
                .add(cell(EnergyBars.joules(step.zeroInsertedEnergy())))
                .add(cell(factor(step.energyRatio())));
    }

    private static String factor(double value) {
        return String.format(Locale.ROOT, "%.2f×", value);
    }

    private static Element cell(String text) {
        return Element.of("td").text(text);
    }
}
