package org.emat.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.emat.config.TrainingConfiguration;
import org.emat.config.TrainingReader;
import org.emat.files.Checkpoint;
import org.emat.files.TrainingFolder;
import org.emat.network.InputException;
import org.emat.train.gan.GanState;
import org.emat.train.gan.GanStep;
import org.emat.train.gan.GanTrainer;
import org.emat.train.gan.ImageSet;
import org.emat.train.gan.TrainingCounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a generative adversarial network as the arrays would. */
@Command(
        name = "train",
        header = "Trains a generative adversarial network in fixed point, to the last bit as the arrays would.",
        description = "Every step is a function of the configuration alone: no thread, pause or machine changes a bit.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./emat train examples/digits_gan.json",
            "  ./emat train examples/digits_gan.json -o digits --steps 20000 --resume"
        })
final class TrainCommand implements Callable<Integer> {
    private static final int PER_MILLE = 1000;

    @Parameters(paramLabel = "FILE", description = "The configuration of a training in JSON.")
    Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            defaultValue = "emat-out",
            description = "The folder for checkpoint and images. Default: ${DEFAULT-VALUE}.")
    Path target;

    @Option(names = "--resume", description = "Continues the training in the folder from its checkpoint.")
    boolean resume;

    @Option(names = "--steps", paramLabel = "N", description = "Steps in all, in place of the configuration's.")
    Long steps;

    @Option(
            names = "--every",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Steps from one checkpoint and grid of images to the next. Default: ${DEFAULT-VALUE}.")
    long every;

    @Mixin
    OutputArguments output = new OutputArguments();

    @Override
    public Integer call() {
        output.check();
        positive("--steps", steps == null ? 1 : steps);
        positive("--every", every);
        TrainingConfiguration training = TrainingReader.read(file);
        if (!resume) {
            TrainingFolder.check(target);
        }
        ImageSet images = TrainingImages.read(training);
        byte[] identity = TrainingImages.identity(training.plan(), images);
        TrainingFolder folder = resume
                ? TrainingFolder.resume(target)
                : TrainingFolder.begin(target, Checkpoint.bytes(GanTrainer.first(training.plan()), identity));
        GanState state = folder.state(identity);
        long last = steps == null ? training.steps() : steps;
        if (state.step() > last) {
            throw new InputException("the training in '" + target + "' has done " + state.step()
                    + " steps already; --steps asks for " + last + " in all.");
        }
        int threads = training.threads().orElse(Runtime.getRuntime().availableProcessors());
        GanTrainer trainer = new GanTrainer(training.plan(), images, state, threads);
        Losses losses = train(trainer, new Goal(training, folder, identity, last));
        report(training, images, trainer.state(), losses);
        return 0;
    }

    private static void positive(String option, long value) {
        if (value < 1) {
            throw new InputException(option + " must be at least 1, not " + value + ".");
        }
    }

    private record Goal(TrainingConfiguration training, TrainingFolder folder, byte[] identity, long last) {}

    /** Running means of the losses: the newest step counts 1 %. */
    private record Losses(double discriminator, double generator, long steps, double seconds) {
        Losses with(GanStep step, int batch, double seconds) {
            double share = Math.max(0.01, 1.0 / (steps + 1));
            return new Losses(
                    discriminator + share * (step.discriminator(batch) - discriminator),
                    generator + share * (step.generator(batch) - generator),
                    steps + 1,
                    seconds);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "losses %.3f and %.3f", discriminator, generator);
        }
    }

    private Losses train(GanTrainer trainer, Goal goal) {
        Losses losses = new Losses(0, 0, 0, 0);
        int batch = goal.training.plan().batch();
        long begun = System.nanoTime();
        try (Progress progress = output.progress()) {
            progress.begin("training");
            long step = trainer.state().step();
            while (step < goal.last) {
                losses = losses.with(trainer.step(), batch, (System.nanoTime() - begun) * 1e-9);
                step++;
                progress.at(step * PER_MILLE / goal.last, losses.toString());
                if (step % every == 0 || step == goal.last) {
                    save(trainer, goal);
                }
            }
        }
        return losses;
    }

    /** The grid first: a training that is resumed draws it again if it was ended in between. */
    private static void save(GanTrainer trainer, Goal goal) {
        GanState state = trainer.state();
        byte[] grid = TrainingImages.grid(trainer, goal.training.plan());
        goal.folder.write(String.format("samples%08d.png", state.step()), grid);
        goal.folder.checkpoint(Checkpoint.bytes(state, goal.identity));
    }

    private void report(TrainingConfiguration training, ImageSet images, GanState state, Losses losses) {
        TrainingCounts counts = state.counts();
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("name", training.name());
        json.put("images", images.images().size());
        json.put("steps", state.step());
        json.put("stepsNow", losses.steps);
        json.put("batch", training.plan().batch());
        json.put("discriminatorLoss", losses.discriminator);
        json.put("generatorLoss", losses.generator);
        json.put("saturatedActivations", counts.saturatedActivations());
        json.put("saturatedErrors", counts.saturatedErrors());
        json.put("saturatedMomenta", counts.saturatedMomenta());
        json.put("saturatedWeights", counts.saturatedWeights());
        json.put("cellWrites", counts.cellWrites());
        json.put("skippedCells", counts.skippedCells());
        json.put("checksum", TrainingImages.checksum(state));
        output.write(json);
        for (String line : lines(json, losses)) {
            output.println(line);
        }
    }

    private List<String> lines(ObjectNode json, Losses losses) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "'%s': %d steps of %d real and as many generated images, %d of them in %.1f s; %s of"
                                + " discriminator and generator.",
                        json.get("name").asText(),
                        json.get("steps").asLong(),
                        json.get("batch").asInt(),
                        losses.steps,
                        losses.seconds,
                        losses),
                String.format(
                        "Saturated: %d activations, %d errors, %d momenta, %d weights. Cells: %d written, %d skipped"
                                + " since their code stayed.",
                        json.get("saturatedActivations").asLong(),
                        json.get("saturatedErrors").asLong(),
                        json.get("saturatedMomenta").asLong(),
                        json.get("saturatedWeights").asLong(),
                        json.get("cellWrites").asLong(),
                        json.get("skippedCells").asLong()),
                "Weights, momenta, scales and registers have the checksum "
                        + json.get("checksum").asText() + "; images are in " + target + ".");
    }
}
