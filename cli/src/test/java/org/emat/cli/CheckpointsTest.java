package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.emat.config.TrainingConfiguration;
import org.emat.config.TrainingReader;
import org.emat.files.Checkpoint;
import org.emat.files.TrainingFolder;
import org.emat.train.gan.GanTrainer;
import org.emat.train.gan.ImageSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints between those with a grid of images. */
class CheckpointsTest {
    private static final Path DIGITS = Path.of("..", "examples", "digits_gan.json");

    @TempDir
    Path folder;

    /** A training that is ended after any step goes on from there, and comes to the same. */
    @Test
    void stepsInBetweenAreKeptWhenItIsTime() throws Exception {
        assertThat(trained(Duration.ofHours(1), "late")).isZero();
        assertThat(trained(Duration.ZERO, "kept")).isEqualTo(3);
        assertThat(folder.resolve("kept/samples00000003.png")).doesNotExist();
        for (String name : new String[] {"late", "kept"}) {
            Console console = Console.run("train", DIGITS, "-o", folder.resolve(name), "--steps", 5, "--resume");
            assertThat(console.code()).as(console.error()).isZero();
        }
        assertThat(Files.readAllBytes(folder.resolve("kept/checkpoint")))
                .isEqualTo(Files.readAllBytes(folder.resolve("late/checkpoint")));
    }

    /** Three steps without a mark; the step of the checkpoint after them. */
    private long trained(Duration between, String name) {
        TrainingConfiguration training = TrainingReader.read(DIGITS);
        ImageSet images = TrainingImages.read(training).learnt().set();
        byte[] identity = TrainingImages.identity(training.plan(), images);
        GanTrainer trainer = new GanTrainer(training.plan(), images, GanTrainer.first(training.plan()), 1);
        byte[] first = Checkpoint.bytes(trainer.state(), identity);
        try (TrainingFolder place = TrainingFolder.begin(folder.resolve(name), first);
                Checkpoints checkpoints =
                        new Checkpoints(DIGITS, training, trainer, place, identity, between, new OutputArguments())) {
            for (int step = 0; step < 3; step++) {
                trainer.step();
                checkpoints.pass();
            }
            return place.state(identity).step();
        }
    }
}
