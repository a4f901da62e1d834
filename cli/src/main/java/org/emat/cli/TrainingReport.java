package org.emat.cli;

import java.awt.image.BufferedImage;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emat.config.TrainingConfiguration;
import org.emat.report.Fact;
import org.emat.report.Gallery;
import org.emat.report.Provenance;
import org.emat.report.TrainingContent;
import org.emat.report.TrainingContent.Outcome;
import org.emat.report.TrainingMachine;
import org.emat.tb.VerilatorToolchain;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.GanState;
import org.emat.train.gan.GanTrainer;
import org.emat.train.quality.LabelledImages;

/** Gathers what the report of a training tells. */
final class TrainingReport {
    /** Images of a picture. */
    private static final int SHOWN = 64;

    private final TrainingConfiguration training;
    private final String source;
    private final LabelledImages images;
    private final GanTrainer trainer;
    private final LossCurve curve;

    /**
     * A report of a training.
     *
     * @param source name of its configuration's file
     * @param images the data set
     * @param trainer the trainer at the end
     */
    TrainingReport(
            TrainingConfiguration training, String source, LabelledImages images, GanTrainer trainer, LossCurve curve) {
        this.training = training;
        this.source = source;
        this.images = images;
        this.trainer = trainer;
        this.curve = curve;
    }

    /**
     * Whether and how the Verilog was compared.
     *
     * @param outcome what came of it
     * @param claim that in a sentence
     */
    record Compared(Outcome outcome, String claim) {
        /** Nothing was. */
        static Compared nothing() {
            return new Compared(
                    Outcome.PREDICTED,
                    "The golden trainer computed every bit of the training, and the golden clock predicts every cycle of"
                            + " the machine. With --rtl the same steps are done in Verilog and compared.");
        }
    }

    /**
     * The content of the page.
     *
     * @param withoutMachine why there is no machine; empty where there is one
     */
    TrainingContent content(
            Compared compared,
            Optional<TrainingMachine> machine,
            String withoutMachine,
            Optional<TrainingQuality> quality) {
        return new TrainingContent(
                training.name(),
                source,
                compared.outcome(),
                compared.claim(),
                facts(),
                curve.points(),
                List.of(pictures()),
                quality.map(TrainingQuality::table).orElse(List.of()),
                machine,
                withoutMachine,
                provenance(compared.outcome() != Outcome.PREDICTED));
    }

    private List<Fact> facts() {
        GanPlan plan = training.plan();
        GanState state = trainer.state();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Steps", count(state.step()), count(curve.steps()) + " of them now"));
        facts.add(new Fact("Batch", plan.batch() + " and " + plan.batch(), "real and generated images of a step"));
        facts.add(new Fact(
                "Images",
                count(images.learnt().images().size()) + " of " + plan.image(),
                count(images.heldOut().images().size()) + " more held out"));
        facts.add(new Fact(
                "Networks",
                plan.generator().size() + " and " + plan.discriminator().size() + " layers",
                "generator and discriminator"));
        facts.add(new Fact("Loss", plan.loss().name().toLowerCase(Locale.ROOT).replace('_', ' '), ""));
        facts.add(new Fact(
                "Words",
                plan.format().activationBits() + " and " + plan.format().errorBits() + " bits",
                "activations and errors; weights have 16"));
        facts.add(new Fact(
                "Saturated",
                count(state.counts().saturatedActivations()) + " and "
                        + count(state.counts().saturatedErrors()),
                "activations and errors, in all steps"));
        facts.add(new Fact(
                "Cells written",
                count(state.counts().cellWrites()),
                "none more than " + count(trainer.wear().most()) + " times"));
        facts.add(new Fact("Checksum", TrainingImages.checksum(state), "of weights, momenta, scales and registers"));
        return facts;
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private Gallery pictures() {
        List<Gallery.Row> rows = new ArrayList<>();
        rows.add(new Gallery.Row(
                "generated",
                shown(trainer.samples(SHOWN, TrainingImages.GRID_SEED).images())));
        List<int[]> learnt = images.learnt().images();
        rows.add(new Gallery.Row("learnt from", shown(learnt.subList(0, Math.min(SHOWN, learnt.size())))));
        return new Gallery(
                "Images",
                "What the generator makes of " + SHOWN
                        + " latents after the last step, and the first images it learnt from.",
                rows);
    }

    private List<BufferedImage> shown(List<int[]> words) {
        return words.stream()
                .map(image -> TrainingImages.image(image, training.plan()))
                .toList();
    }

    private Provenance provenance(boolean simulated) {
        List<Fact> tools = new ArrayList<>(
                List.of(new Fact("emat", Main.VERSION, ""), new Fact("Java", System.getProperty("java.version"), "")));
        if (simulated) {
            VerilatorToolchain found = VerilatorToolchain.find();
            tools.add(new Fact("simulator", found.version(), ""));
            tools.add(new Fact("compiler", found.compiler(), ""));
        }
        return new Provenance(
                tools,
                List.of(
                        new Fact("seed", Long.toString(training.plan().seed()), ""),
                        new Fact("images", training.images().getFileName().toString(), "")),
                List.of(
                        new Fact(
                                "written",
                                LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")),
                                ""),
                        new Fact("training", String.format(Locale.ROOT, "%.1f s", curve.seconds()), "")));
    }
}
