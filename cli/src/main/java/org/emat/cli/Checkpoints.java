package org.emat.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.emat.config.TrainingConfiguration;
import org.emat.files.Checkpoint;
import org.emat.files.TrainingFolder;
import org.emat.network.InputException;
import org.emat.train.gan.GanTrainer;

/**
 * Keeps a training in its folder: at its marks with a grid of images, and now and then in between, since steps may take
 * minutes in Verilog. Until it is closed, who ends the program is told where the training goes on.
 */
final class Checkpoints implements AutoCloseable {
    private final Path file;
    private final TrainingConfiguration training;
    private final GanTrainer trainer;
    private final TrainingFolder folder;
    private final byte[] identity;
    private final Duration between;
    private final Thread atExit;
    private long written = System.nanoTime();
    private volatile long kept;

    /**
     * The checkpoints of a training that goes on from the one in its folder.
     *
     * @param file its configuration
     * @param identity what its checkpoints must agree in
     * @param between after this time without a mark there is a checkpoint too
     */
    Checkpoints(
            Path file,
            TrainingConfiguration training,
            GanTrainer trainer,
            TrainingFolder folder,
            byte[] identity,
            Duration between,
            OutputArguments output) {
        this.file = file;
        this.training = training;
        this.trainer = trainer;
        this.folder = folder;
        this.identity = identity;
        this.between = between;
        kept = trainer.next();
        checkEndurance();
        atExit = new Thread(() -> output.note("the training was ended; --resume goes on from step " + kept + "."));
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Name of the layer with the most worn cell, if that has been written more often than it endures. */
    private Optional<String> worn() {
        return training.endurance().isPresent()
                ? trainer.wear().worn(training.endurance().getAsLong())
                : Optional.empty();
    }

    /** Ends a training whose cells have been written more often than they endure. */
    private void checkEndurance() {
        worn().ifPresent(layer -> {
            throw new InputException("'" + file + "': /endurance: cells endure "
                    + training.endurance().getAsLong() + " writes, but after " + trainer.next()
                    + " steps one of layer '" + layer + "' has been written "
                    + trainer.wear().most() + " times; the training ends.");
        });
    }

    /** Writes a grid of images and a checkpoint. The grid first: who resumes draws it again if it was ended in between. */
    void mark() {
        checkEndurance();
        folder.write(String.format("samples%08d.png", trainer.next()), TrainingImages.grid(trainer, training.plan()));
        keep();
    }

    /** Writes a checkpoint if it is time; not with cells that a mark would refuse, so that marks alone end a training. */
    void pass() {
        // The time first: to look at every cell takes longer.
        if (System.nanoTime() - written >= between.toNanos() && worn().isEmpty()) {
            keep();
        }
    }

    private void keep() {
        folder.wear(trainer.next(), trainer.wear());
        folder.checkpoint(Checkpoint.bytes(trainer.state(), identity));
        folder.clearWear(trainer.next());
        kept = trainer.next();
        written = System.nanoTime();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program ends: the hook runs already.
        }
    }
}
