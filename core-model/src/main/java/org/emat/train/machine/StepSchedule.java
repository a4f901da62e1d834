package org.emat.train.machine;

import java.util.List;
import java.util.Optional;

/**
 * What every engine of a machine does in which cycles of a training step, and how full its buffers are. It depends on no
 * data, so that all steps have the same.
 *
 * @param cycles what is counted of the step
 * @param engines by layer, the generator's first; of a layer in the order of {@link Role}
 * @param buffers by layer, that of the generated images last, if they are kept
 */
public record StepSchedule(StepCycles cycles, List<Engine> engines, List<Buffer> buffers) {
    public StepSchedule {
        engines = List.copyOf(engines);
        buffers = List.copyOf(buffers);
    }

    /** Cycle in which the last parameter of a network is taken for its update. */
    public long lastUpdate(boolean judges) {
        return engines.stream()
                .filter(engine -> engine.judges == judges && engine.role == Role.UPDATE)
                .flatMap(engine -> engine.stints.stream())
                .mapToLong(Stint::last)
                .max()
                .orElseThrow();
    }

    /** What an engine is for. */
    public enum Role {
        /** Sums of a layer. */
        FORWARD,
        /** Errors of its inputs. */
        ERROR,
        /** Gradients of its parameters. */
        GRADIENT,
        /** New parameters. */
        UPDATE
    }

    /** What an image is to the networks when an engine works on it. */
    public enum Kind {
        /** A real one, to be judged. */
        REAL,
        /** A generated one, being made or judged. */
        GENERATED,
        /** A generated one that shall pass for real, from which the generator learns. */
        DECEIVING
    }

    /**
     * An image.
     *
     * @param kind what it is
     * @param number among those of its kind in a batch, from 0
     */
    public record Image(Kind kind, int number) {}

    /**
     * Work of an engine on one image, or its update.
     *
     * @param image the image; empty for an update
     * @param first first cycle of the work: the first read of the arrays, product or parameter
     * @param last last cycle of it
     * @param busy cycles from the first to the last in which it works
     */
    public record Stint(Optional<Image> image, long first, long last, long busy) {}

    /**
     * An engine.
     *
     * @param layer identifier of its layer
     * @param judges whether it is the discriminator's
     * @param role what it is for
     * @param stints its work in the order of time; no two share a cycle
     */
    public record Engine(String layer, boolean judges, Role role, List<Stint> stints) {
        public Engine {
            stints = List.copyOf(stints);
        }

        /** Cycles in which it works. */
        public long busy() {
            return stints.stream().mapToLong(Stint::busy).sum();
        }
    }

    /**
     * How long an image stays in a buffer.
     *
     * @param image the image
     * @param written cycle in which its first pixel is written
     * @param read cycle in which its last pixel is read for the last time
     */
    public record Life(Image image, long written, long read) {}

    /** What a buffer holds. */
    public enum Content {
        /** Images for the second judgement of a step. */
        IMAGES,
        /** Inputs of a layer. */
        INPUTS,
        /** Whether each input of a layer is above 0. */
        SIGNS
    }

    /**
     * A buffer of images or of a layer's inputs.
     *
     * @param name identifier of its layer, or "images"
     * @param content what it holds
     * @param pixelBits bits of a pixel
     * @param capacity pixels that it can hold: one more than {@code most}, or fewer where it makes others wait
     * @param most most pixels that it holds at a time
     * @param traffic pixels through it
     * @param lives of all images, in the order in which they are written
     * @param span cycles of an entry of {@code held}
     * @param held [span of cycles] most pixels held in it
     */
    public record Buffer(
            String name,
            Content content,
            int pixelBits,
            int capacity,
            int most,
            StepCycles.Traffic traffic,
            List<Life> lives,
            long span,
            List<Integer> held) {
        public Buffer {
            lives = List.copyOf(lives);
            held = List.copyOf(held);
        }
    }
}
