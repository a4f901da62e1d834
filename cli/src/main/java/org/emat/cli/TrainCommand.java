package org.emat.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.emat.config.TrainingConfiguration;
import org.emat.config.TrainingReader;
import org.emat.files.Checkpoint;
import org.emat.files.OutputFile;
import org.emat.files.TrainingFolder;
import org.emat.network.InputException;
import org.emat.network.Network;
import org.emat.onnx.OnnxExport;
import org.emat.report.TrainingContent;
import org.emat.report.TrainingPage;
import org.emat.tb.VerilatorToolchain;
import org.emat.train.gan.FloatGanTrainer;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.GanState;
import org.emat.train.gan.GanStep;
import org.emat.train.gan.GanTrainer;
import org.emat.train.gan.GanTraining;
import org.emat.train.gan.ImageSet;
import org.emat.train.gan.RealGenerator;
import org.emat.train.gan.TrainingCounts;
import org.emat.train.quality.LabelledImages;
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
            "  ./emat train examples/digits_gan.json -o digits --steps 20000 --resume",
            "  ./emat train examples/digits_gan.json --rtl --steps 10",
            "  ./emat train examples/digits_gan.json -o digits --resume --quality --onnx digits.onnx"
        })
final class TrainCommand implements Callable<Integer> {
    private static final int PER_MILLE = 1000;

    /** From one checkpoint to the next, where grids of images are further apart. */
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    @Parameters(paramLabel = "FILE", description = "The configuration of a training in JSON.")
    Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            defaultValue = "emat-training",
            description = "The folder for checkpoint and images. Default: ${DEFAULT-VALUE}.")
    Path target;

    @Option(names = "--resume", description = "Continues the training in the folder from its checkpoint.")
    boolean resume;

    @Option(
            names = "--float",
            description = "Trains the same networks in floating point, as reference: images only, no checkpoint.")
    boolean floating;

    @Option(
            names = "--rtl",
            description = "Does every step in Verilog too, and compares all that is learnt, counted and timed.")
    boolean rtl;

    @Option(names = "--steps", paramLabel = "N", description = "Steps in all, in place of the configuration's.")
    Long steps;

    @Option(
            names = "--every",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Steps from one grid of images to the next, with a checkpoint; there is one each minute too."
                    + " Default: ${DEFAULT-VALUE}.")
    long every;

    @Option(
            names = "--quality",
            description = "Tells at each grid of images how good they are, by what a classifier sees in them that has"
                    + " learnt the real ones with their labels: class score and Fréchet distance.")
    boolean quality;

    @Option(
            names = "--onnx",
            paramLabel = "FILE",
            description = "Writes the trained generator as an ONNX file, which 'cosim' and the other commands take.")
    Path onnx;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Writes a page as one HTML file: losses and images, and the machine with the schedule of a step,"
                            + " its buffers and its energy.")
    Path report;

    @Mixin
    OutputArguments output = new OutputArguments();

    private final LossCurve curve = new LossCurve();

    @Override
    public Integer call() {
        output.check();
        output.checkApart(List.of(file));
        positive("--steps", steps == null ? 1 : steps);
        positive("--every", every);
        if (floating && rtl) {
            throw new InputException("--float trains in floating point, which --rtl has nothing to compare with.");
        }
        if (floating && resume) {
            throw new InputException("--float has no checkpoint, so that --resume cannot go with it.");
        }
        if (floating && onnx != null) {
            throw new InputException(
                    "--onnx writes what was trained in fixed point, so that --float cannot go with it.");
        }
        if (floating && report != null) {
            throw new InputException("--report tells of a training in fixed point, so that --float cannot go with it.");
        }
        Stream.of(onnx, report).filter(Objects::nonNull).forEach(OutputFile::check);
        TrainingConfiguration training = TrainingReader.read(file);
        checkApart(training);
        return floating ? inFloat(training) : inFixedPoint(training);
    }

    /** Refuses results that would overwrite the data, or the training itself. */
    private void checkApart(TrainingConfiguration training) {
        List<Path> inputs = new ArrayList<>(List.of(file, training.images()));
        training.labels().ifPresent(inputs::add);
        output.checkApart(inputs);
        Stream.of(onnx, report, output.json)
                .filter(Objects::nonNull)
                .forEach(result -> TrainingFolder.refuseIn(target, result));
    }

    private int inFloat(TrainingConfiguration training) {
        TrainingFolder.checkBeside(target);
        LabelledImages all = TrainingImages.read(training);
        ImageSet images = all.learnt().set();
        Optional<TrainingQuality> figures = quality(training, all);
        FloatGanTrainer trainer = new FloatGanTrainer(training.plan(), images);
        long last = steps == null ? training.steps() : steps;
        try (TrainingFolder folder = TrainingFolder.beside(target)) {
            Runnable mark = () -> {
                byte[] grid = TrainingImages.grid(trainer, training.plan());
                folder.write(String.format("float%08d.png", trainer.next()), grid);
            };
            Losses losses = train(trainer, training.plan(), last, figures, mark, () -> {});
            ObjectNode json = json(training, all, trainer.next(), losses);
            output.println(line(json, losses));
            report(json, figures);
            return 0;
        }
    }

    private Optional<TrainingQuality> quality(TrainingConfiguration training, LabelledImages images) {
        if (!quality) {
            return Optional.empty();
        }
        try (Progress progress = output.progress()) {
            progress.begin("learning the classes");
            return Optional.of(
                    new TrainingQuality(images, training.plan().format().imageExponent()));
        } catch (InputException e) {
            throw new InputException("'" + training.images() + "': " + e.getMessage(), e);
        }
    }

    private void report(ObjectNode json, Optional<TrainingQuality> figures) {
        figures.ifPresent(some -> {
            json.set("quality", some.json());
            some.lines().forEach(output::println);
        });
        output.write(json);
    }

    private int inFixedPoint(TrainingConfiguration training) {
        if (!resume) {
            TrainingFolder.check(target);
        }
        PlannedMachine machine =
                rtl ? machine(training) : report == null ? PlannedMachine.none() : PlannedMachine.tried(training);
        LabelledImages all = TrainingImages.read(training);
        ImageSet images = all.learnt().set();
        Optional<TrainingQuality> figures = quality(training, all);
        byte[] identity = TrainingImages.identity(training.plan(), images);
        try (TrainingFolder folder = resume
                ? TrainingFolder.resume(target)
                : TrainingFolder.begin(target, Checkpoint.bytes(GanTrainer.first(training.plan()), identity))) {
            return inFixedPoint(training, all, machine, figures, folder, identity);
        }
    }

    private int inFixedPoint(
            TrainingConfiguration training,
            LabelledImages all,
            PlannedMachine machine,
            Optional<TrainingQuality> figures,
            TrainingFolder folder,
            byte[] identity) {
        GanState state = folder.state(identity);
        long last = steps == null ? training.steps() : steps;
        if (state.step() > last) {
            throw new InputException("the training in '" + target + "' has done " + state.step()
                    + " steps already; --steps asks for " + last + " in all.");
        }
        int threads = training.threads().orElse(Runtime.getRuntime().availableProcessors());
        GanTrainer trainer = new GanTrainer(training.plan(), all.learnt().set(), state, threads)
                .with(folder.wear(training.plan(), state.step()));
        Run run = new Run(training, all, trainer, figures, machine);
        try (Checkpoints checkpoints = new Checkpoints(file, training, trainer, folder, identity, BETWEEN, output)) {
            if (rtl && state.step() < last) {
                return inVerilog(run, last, checkpoints);
            }
            Losses losses = train(trainer, training.plan(), last, figures, checkpoints::mark, checkpoints::pass);
            finish(run, losses, TrainingReport.Compared.nothing());
            if (rtl) {
                output.println("Verilog: no step was left to do, so that nothing was compared.");
            }
            return 0;
        }
    }

    private int inVerilog(Run run, long last, Checkpoints checkpoints) {
        try (VerifiedTrainer both = verified(run)) {
            Losses losses = train(both, run.training.plan(), last, run.quality, checkpoints::mark, checkpoints::pass);
            finish(run, losses, new TrainingReport.Compared(TrainingContent.Outcome.EQUAL, both.summary()));
            output.println(both.summary());
            return 0;
        } catch (VerifiedTrainer.DifferenceException e) {
            output.println(e.getMessage());
            output.write(different(run.training, run.images, e));
            page(run, run.figures(), new TrainingReport.Compared(TrainingContent.Outcome.DIFFERENT, e.getMessage()));
            return Main.DIFFERENT;
        }
    }

    private VerifiedTrainer verified(Run run) {
        try (Progress progress = output.progress()) {
            progress.begin("building the simulator");
            return new VerifiedTrainer(run.trainer, run.machine.plan().orElseThrow());
        }
    }

    /** A training in fixed point. */
    private record Run(
            TrainingConfiguration training,
            LabelledImages images,
            GanTrainer trainer,
            Optional<TrainingQuality> quality,
            PlannedMachine machine) {
        /** What its machine is and takes; steps the golden clock through a step. */
        Optional<MachineFigures> figures() {
            return machine.plan().map(plan -> MachineFigures.of(plan, trainer.state()));
        }
    }

    /** Writes the page, if one is asked for. */
    private void page(Run run, Optional<MachineFigures> machine, TrainingReport.Compared compared) {
        if (report != null) {
            TrainingContent content = new TrainingReport(
                            run.training, file.getFileName().toString(), run.images, run.trainer, curve)
                    .content(compared, machine.map(MachineFigures::machine), run.machine.why(), run.quality);
            OutputFile.write(report, TrainingPage.render(content));
        }
    }

    /** Writes and tells what a training has come to. */
    private void finish(Run run, Losses losses, TrainingReport.Compared compared) {
        GanTrainer trainer = run.trainer;
        TrainingConfiguration training = run.training;
        if (onnx != null) {
            Network generator = RealGenerator.of(training.name(), training.plan(), trainer.state());
            OutputFile.write(onnx, OnnxExport.bytes(generator, "latent", "image"));
        }
        ObjectNode json = json(training, run.images, trainer.next(), losses);
        json.put("mostWrittenCell", trainer.wear().most());
        Optional<MachineFigures> machine = run.figures();
        machine.ifPresent(figures -> json.set("machine", figures.json()));
        tell(json, trainer.state(), losses);
        report(json, run.quality);
        page(run, machine, compared);
    }

    /** The machine in Verilog; refused, before anything is written, where it cannot be made. */
    private PlannedMachine machine(TrainingConfiguration training) {
        VerilatorToolchain.find();
        try {
            return PlannedMachine.needed(training);
        } catch (InputException | IllegalArgumentException e) {
            throw new InputException("'" + file + "': " + e.getMessage() + ".", e);
        }
    }

    private static void positive(String option, long value) {
        if (value < 1) {
            throw new InputException(option + " must be at least 1, not " + value + ".");
        }
    }

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

    private Losses train(
            GanTraining trainer,
            GanPlan plan,
            long last,
            Optional<TrainingQuality> figures,
            Runnable mark,
            Runnable pass) {
        Losses losses = new Losses(0, 0, 0, 0);
        long begun = System.nanoTime();
        try (Progress progress = output.progress()) {
            progress.begin("training");
            while (trainer.next() < last) {
                losses = losses.with(trainer.step(), plan.batch(), (System.nanoTime() - begun) * 1e-9);
                long step = trainer.next();
                curve.add(step, losses.discriminator, losses.generator);
                progress.at(
                        step * PER_MILLE / last,
                        losses + figures.map(TrainingQuality::newest).orElse(""));
                if (step % every == 0 || step == last) {
                    mark.run();
                    figures.ifPresent(some -> some.measure(trainer));
                } else {
                    pass.run();
                }
            }
            figures.ifPresent(some -> some.measure(trainer));
        }
        return losses;
    }

    private static ObjectNode json(TrainingConfiguration training, LabelledImages all, long steps) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("name", training.name());
        json.put("images", all.learnt().images().size());
        json.put("heldOut", all.heldOut().images().size());
        json.put("steps", steps);
        json.put("batch", training.plan().batch());
        return json;
    }

    private static ObjectNode json(TrainingConfiguration training, LabelledImages all, long steps, Losses losses) {
        ObjectNode json = json(training, all, steps);
        json.put("stepsNow", losses.steps);
        if (losses.steps > 0) {
            json.put("discriminatorLoss", losses.discriminator);
            json.put("generatorLoss", losses.generator);
        }
        return json;
    }

    /** What a training has come to whose Verilog differs: the steps before are equal. */
    static ObjectNode different(
            TrainingConfiguration training, LabelledImages all, VerifiedTrainer.DifferenceException difference) {
        ObjectNode json = json(training, all, difference.step());
        ObjectNode first = json.putObject("difference");
        first.put("step", difference.step());
        first.put("quantity", difference.first().quantity());
        first.put("expected", difference.first().expected());
        first.put("found", difference.first().found());
        return json;
    }

    private void tell(ObjectNode json, GanState state, Losses losses) {
        TrainingCounts counts = state.counts();
        json.put("saturatedActivations", counts.saturatedActivations());
        json.put("saturatedErrors", counts.saturatedErrors());
        json.put("saturatedMomenta", counts.saturatedMomenta());
        json.put("saturatedWeights", counts.saturatedWeights());
        json.put("cellWrites", counts.cellWrites());
        json.put("skippedCells", counts.skippedCells());
        json.put("checksum", TrainingImages.checksum(state));
        output.println(line(json, losses));
        output.println(String.format(
                "Saturated: %d activations, %d errors, %d momenta, %d weights. Cells: %d written, %d skipped since their"
                        + " code stayed, none written more than %d times.",
                counts.saturatedActivations(),
                counts.saturatedErrors(),
                counts.saturatedMomenta(),
                counts.saturatedWeights(),
                counts.cellWrites(),
                counts.skippedCells(),
                json.get("mostWrittenCell").asInt()));
        output.println("Weights, momenta, scales and registers have the checksum "
                + json.get("checksum").asText() + "; images are in '" + target + "'.");
    }

    private static String line(ObjectNode json, Losses losses) {
        String all = String.format(
                "'%s': %d steps of %d real and as many generated images",
                json.get("name").asText(),
                json.get("steps").asLong(),
                json.get("batch").asInt());
        if (losses.steps == 0) {
            return all + ", none of them now.";
        }
        return String.format(
                Locale.ROOT,
                "%s, %d of them in %.1f s with mean %s of discriminator and generator.",
                all,
                losses.steps,
                losses.seconds,
                losses);
    }
}
