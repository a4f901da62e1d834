package org.emat.train.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.emat.train.machine.StepSchedule.Engine;
import org.emat.train.machine.StepSchedule.Image;
import org.emat.train.machine.StepSchedule.Role;
import org.emat.train.machine.StepSchedule.Stint;

/** Notes when an engine works on which image: each image takes the same number of cycles of work, one after another. */
final class EngineWatch {
    private final String layer;
    private final boolean judges;
    private final Role role;
    private final BooleanSupplier working;
    private final long cyclesOfImage;
    private final List<Image> images; // in order; none for updates
    private final List<Stint> stints = new ArrayList<>();
    private long first;
    private long last;
    private long busy; // of the stint under way

    /**
     * A watch over an engine.
     *
     * @param working whether it works in this cycle
     * @param cyclesOfImage cycles of work on an image
     * @param images in the order in which it works on them; none for updates
     */
    EngineWatch(
            MachineLayer layer,
            boolean judges,
            Role role,
            BooleanSupplier working,
            long cyclesOfImage,
            List<Image> images) {
        this.layer = layer.id();
        this.judges = judges;
        this.role = role;
        this.working = working;
        this.cyclesOfImage = cyclesOfImage;
        this.images = images;
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
        return images.isEmpty() ? Optional.empty() : Optional.of(images.get(stints.size()));
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
