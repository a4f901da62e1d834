package org.emat.train.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.emat.train.machine.StepSchedule.Engine;
import org.emat.train.machine.StepSchedule.Image;
import org.emat.train.machine.StepSchedule.Kind;
import org.emat.train.machine.StepSchedule.Role;
import org.emat.train.machine.StepSchedule.Stint;

/** Notes when an engine works on which image: each image takes the same number of cycles of work, one after another. */
final class EngineWatch {
    private final String layer;
    private final boolean judges;
    private final Role role;
    private final BooleanSupplier working;
    private final long cyclesOfImage;
    private final List<Kind> kinds; // of batch after batch; none for updates
    private final int batch;
    private final List<Stint> stints = new ArrayList<>();
    private long first;
    private long last;
    private long busy; // of the stint under way

    /**
     * A watch over an engine.
     *
     * @param working whether it works in this cycle
     * @param cyclesOfImage cycles of work on an image
     * @param kinds what the images are, a batch of each
     */
    EngineWatch(
            MachineLayer layer,
            boolean judges,
            Role role,
            BooleanSupplier working,
            long cyclesOfImage,
            List<Kind> kinds,
            int batch) {
        this.layer = layer.id();
        this.judges = judges;
        this.role = role;
        this.working = working;
        this.cyclesOfImage = cyclesOfImage;
        this.kinds = kinds;
        this.batch = batch;
    }

    /** Sees a cycle, before the clock edge that ends it. */
    void see(long cycle) {
        if (!working.getAsBoolean()) {
            return;
        }
        first = busy == 0 ? cycle : first;
        last = cycle;
        if (++busy == cyclesOfImage) {
            stints.add(new Stint(image(), first, last, busy));
            busy = 0;
        }
    }

    private Optional<Image> image() {
        int number = stints.size();
        return kinds.isEmpty() ? Optional.empty() : Optional.of(new Image(kinds.get(number / batch), number % batch));
    }

    /**
     * What it has seen.
     *
     * @throws IllegalStateException if the engine is in the midst of an image
     */
    Engine engine() {
        if (busy > 0) {
            throw new IllegalStateException("engine " + role + " of layer " + layer + " ends in the midst of its work "
                    + stints.size() + ", in cycle " + last);
        }
        return new Engine(layer, judges, role, stints);
    }
}
