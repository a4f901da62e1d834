package org.emat.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.emat.network.InputException;
import org.emat.train.gan.CellWear;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.GanState;

/**
 * The folder of a training that is under way: its checkpoint and images. Each file is whole or absent at any time. Until it is
 * closed no other run writes into it.
 */
public final class TrainingFolder implements AutoCloseable {
    private static final String CHECKPOINT = "checkpoint";
    private static final String WEAR = "writes";

    private final Path place;
    private final FolderLock lock;

    private TrainingFolder(Path place, FolderLock lock) {
        this.place = place;
        this.lock = lock;
    }

    /** Refuses a place where a training must not or cannot be begun, before long work. */
    public static void check(Path place) {
        if (Files.exists(place.resolve(CHECKPOINT))) {
            FolderLock.take(place).close();
            throw new InputException(
                    "The folder '" + place + "' holds a training; continue it with --resume, or name another folder.");
        }
        OutputFolder.check(place);
    }

    /** Refuses to write another result over what a training in a folder goes on from. */
    public static void refuseIn(Path place, Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (place.toAbsolutePath().normalize().equals(folder) && name.matches(CHECKPOINT + "|" + WEAR + "\\d+")) {
            throw new InputException("'" + file + "' is a file of the training itself; name another file.");
        }
    }

    /** Begins a training with its first checkpoint. */
    public static TrainingFolder begin(Path place, byte[] checkpoint) {
        check(place);
        try (OutputFolder folder = OutputFolder.begin(place)) {
            folder.write(CHECKPOINT, checkpoint);
            folder.finish();
        }
        return new TrainingFolder(place, FolderLock.take(place));
    }

    /** Refuses a place where no reference can be put: one that is neither a training's nor new. */
    public static void checkBeside(Path place) {
        if (Files.exists(place.resolve(CHECKPOINT))) {
            FolderLock.take(place).close();
            OutputFile.probe(place, place);
        } else {
            OutputFolder.check(place);
        }
    }

    /** Opens a folder for a reference, beside a training if there is one. */
    public static TrainingFolder beside(Path place) {
        if (!Files.exists(place.resolve(CHECKPOINT))) {
            try (OutputFolder folder = OutputFolder.begin(place)) {
                folder.finish();
            }
        }
        return new TrainingFolder(place, FolderLock.take(place));
    }

    /** Opens the folder of a training that was begun, and clears away what it left unfinished when it was ended. */
    public static TrainingFolder resume(Path place) {
        if (!Files.exists(place.resolve(CHECKPOINT))) {
            throw new InputException("The folder '" + place + "' holds no training that could be resumed.");
        }
        OutputFile.probe(place, place);
        TrainingFolder folder = new TrainingFolder(place, FolderLock.take(place));
        try {
            folder.clear(TrainingFolder::isUnfinished);
            return folder;
        } catch (InputException e) {
            folder.close();
            throw e;
        }
    }

    private static boolean isUnfinished(Path file) {
        return Beside.isOne(file) && !file.endsWith(OutputFolder.MARKER) && !file.endsWith(FolderLock.NAME);
    }

    private void clear(Predicate<Path> unwanted) {
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.filter(unwanted).toList()) {
                PathUtils.delete(file);
            }
        } catch (IOException e) {
            throw Reason.unwritten(place, e);
        }
    }

    /**
     * The state in the checkpoint.
     *
     * @param identity of the training that wants to continue
     */
    public GanState state(byte[] identity) {
        return Checkpoint.read(place.resolve(CHECKPOINT), identity);
    }

    /** Replaces the checkpoint. */
    public void checkpoint(byte[] checkpoint) {
        write(CHECKPOINT, checkpoint);
    }

    /** The writes of cells that belong to the checkpoint of a step; none before the first one. */
    public CellWear wear(GanPlan plan, long step) {
        Path file = place.resolve(wearName(step));
        if (step > 0 && !Files.exists(file)) {
            throw new InputException("The training in '" + place + "' cannot be resumed: it lacks '" + wearName(step)
                    + "', the writes of its cells up to the checkpoint.");
        }
        return step == 0 ? CellWear.none(plan) : WearFile.read(file, plan);
    }

    /** Writes the cells of a step, before its checkpoint: one of them always has the checkpoint's step. */
    public void wear(long step, CellWear wear) {
        write(wearName(step), WearFile.bytes(wear));
    }

    /** Clears away the cells of steps other than the checkpoint's. */
    public void clearWear(long step) {
        clear(file -> isOldWear(file, step));
    }

    private static boolean isOldWear(Path file, long step) {
        String name = file.getFileName().toString();
        return name.matches(WEAR + "\\d+") && !name.equals(wearName(step));
    }

    private static String wearName(long step) {
        return WEAR + step;
    }

    /** Writes a file. */
    public void write(String name, byte[] bytes) {
        OutputFile.write(place.resolve(name), bytes);
    }

    @Override
    public void close() {
        lock.close();
    }
}
