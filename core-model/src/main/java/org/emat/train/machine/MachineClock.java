package org.emat.train.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.emat.train.gan.Response;

/**
 * Predicts every cycle of a training step by stepping the handshakes of a machine. It knows no data: only steps, windows
 * and buffers decide. Latents and real images are always there.
 */
public final class MachineClock {
    private static final int LOSS_STAGES = 2;
    private static final int IMAGE_READERS = 3;
    private static final long IDLE_LIMIT = 1L << 16;

    private final int batch;
    private final int latentPixels;
    private final int imagePixels;
    private final List<LayerClock> layers = new ArrayList<>();
    private final int generator; // layers of it
    private final FrameClock images;
    private final StageClock loss = new StageClock(LOSS_STAGES);
    private final SequencerClock sequencer;
    private long cycle;
    private long lastMove; // cycle in which anything was handed on
    private long judging;
    private long deceiving;
    private long latentsTaken; // pixels
    private long imagesGenerated; // pixels
    private long imagesTaken; // pixels, by the discriminator

    private MachineClock(MachinePlan plan) {
        batch = plan.gan().batch();
        latentPixels = plan.gan().latent().pixels();
        imagePixels = plan.gan().image().pixels();
        generator = plan.generator().size();
        sequencer = new SequencerClock(plan.options().pipelined(), batch);
        images = new FrameClock(plan.keptImages(), IMAGE_READERS);
        List<MachineLayer> all = plan.layers();
        for (int i = 0; i < all.size(); i++) {
            boolean first = i == 0 || i == generator;
            boolean tells = !first && !(all.get(i - 1).layer().response() instanceof Response.Linear);
            layers.add(new LayerClock(all.get(i), plan.judges(i), first, tells, plan.judges(i) ? 2 * batch : batch));
        }
    }

    /**
     * Cycles of a step.
     *
     * @throws IllegalStateException if the step does not end
     */
    public static StepCycles count(MachinePlan plan) {
        return new MachineClock(plan).run(plan.name(), nobody -> {});
    }

    /**
     * The schedule of a step.
     *
     * @throws IllegalStateException if the step does not end
     */
    public static StepSchedule schedule(MachinePlan plan) {
        MachineClock clock = new MachineClock(plan);
        ScheduleRecorder recorder = new ScheduleRecorder(plan, clock.layers, clock.images, clock.sequencer);
        return recorder.schedule(clock.run(plan.name(), recorder::see));
    }

    /**
     * Steps through a training step.
     *
     * @param watcher told of each cycle before the clock edge that ends it, and of the end
     */
    private StepCycles run(String name, LongConsumer watcher) {
        while (sequencer.busy()) {
            watcher.accept(cycle);
            tick();
            if (cycle - lastMove > IDLE_LIMIT) {
                throw new IllegalStateException(
                        "a training step of '" + name + "' stands still after cycle " + lastMove + ": " + where());
            }
        }
        watcher.accept(cycle);
        return new StepCycles(
                cycle,
                judging,
                deceiving,
                images.traffic(),
                layers.stream().map(layer -> layer.counts(cycle)).toList());
    }

    // ---- what a cycle sees, from the state before its edge ----

    private boolean isLast(int layer) {
        return layer == generator - 1 || layer == layers.size() - 1;
    }

    /** Whether what a response offers is taken. */
    private boolean outputReady(int layer) {
        if (layer == layers.size() - 1) {
            return loss.ready(errorsReady(layer));
        }
        return layer == generator - 1 ? images.ready() : layers.get(layer + 1).inputReady();
    }

    /** Whether an output word that tells a slope is there, or none is needed. */
    private boolean wordValid(int layer) {
        if (layers.get(layer).linear) {
            return true;
        }
        return layer == layers.size() - 1
                ? loss.valid()
                : layer == generator - 1
                        ? images.valid(IMAGE_READERS - 1)
                        : layers.get(layer + 1).inputs.valid(1);
    }

    private boolean sourceValid(int layer) {
        return layer == layers.size() - 1
                ? loss.valid()
                : layers.get(layer + 1).back.orElseThrow().valid();
    }

    private boolean advances(int layer) {
        return layers.get(layer).errors.ready(layers.get(layer).errorReady(sequencer));
    }

    /** Whether a sum of errors would be taken. */
    private boolean errorsReady(int layer) {
        return advances(layer) && wordValid(layer);
    }

    private boolean wordTaken(int layer) {
        return advances(layer) && sourceValid(layer) && !layers.get(layer).linear;
    }

    private boolean latentTaken() {
        boolean open = latentsTaken / latentPixels < sequencer.latentsAllowed();
        return open
                && latentsTaken < (long) batch * latentPixels
                && layers.get(0).inputReady();
    }

    /** What the discriminator takes: real images, generated ones, these again. */
    private int source() {
        return (int) (imagesTaken / ((long) batch * imagePixels));
    }

    private boolean entryReady() {
        boolean open = imagesTaken / imagePixels < sequencer.imagesAllowed();
        return open && layers.get(generator).inputReady();
    }

    private boolean entryValid() {
        return switch (source()) {
            case 0 -> true;
            case 1 -> images.valid(0);
            default -> images.valid(1);
        };
    }

    private boolean all(Predicate<LayerClock> what, boolean judges) {
        return layers.stream().filter(layer -> layer.judges == judges).allMatch(what);
    }

    // ---- the clock edge that ends a cycle ----

    private void tick() {
        int count = layers.size();
        boolean[] inputTaken = new boolean[count];
        boolean[] outputReady = new boolean[count];
        boolean[] sourceReady = new boolean[count];
        boolean[] sourceTaken = new boolean[count];
        boolean[] wordTaken = new boolean[count];
        boolean[] errorReady = new boolean[count];
        boolean entryReady = entryReady();
        for (int i = 0; i < count; i++) {
            outputReady[i] = outputReady(i);
            sourceReady[i] = errorsReady(i);
            sourceTaken[i] = sourceReady[i] && sourceValid(i);
            wordTaken[i] = wordTaken(i);
            errorReady[i] = layers.get(i).errorReady(sequencer);
            inputTaken[i] = i == 0
                    ? latentTaken()
                    : i == generator
                            ? entryReady && entryValid()
                            : layers.get(i - 1).response.valid()
                                    && layers.get(i).inputReady();
        }
        boolean score = layers.get(count - 1).response.valid();
        boolean generated = layers.get(generator - 1).response.valid() && images.ready();
        SequencerClock.Seen seen = new SequencerClock.Seen(
                (int) (imagesGenerated / imagePixels),
                all(layer -> layer.gradient.valid(), false),
                all(layer -> layer.gradient.valid(), true),
                all(layer -> layer.update.updated(), false),
                all(layer -> layer.update.updated(), true));
        boolean quiet = layers.stream().allMatch(layer -> layer.isThrough(sequencer));
        int readers = (entryReady && source() == 1 ? 1 : 0)
                | (entryReady && source() == 2 ? 2 : 0)
                | (wordTaken[generator - 1] ? 4 : 0);
        for (int i = 0; i < count; i++) {
            boolean slopes = i > 0 && wordTaken[i - 1];
            tick(i, inputTaken[i], outputReady[i], sourceTaken[i], errorReady[i], slopes, backReady(i, sourceReady));
        }
        if (score
                || generated
                || any(inputTaken)
                || any(sourceTaken)
                || layers.stream().anyMatch(LayerClock::works)) {
            lastMove = cycle;
        }
        loss.tick(score, sourceReady[count - 1]);
        images.tick(generated, (1 << IMAGE_READERS) - 1, readers);
        latentsTaken += inputTaken[0] ? 1 : 0;
        imagesGenerated += generated ? 1 : 0;
        imagesTaken += inputTaken[generator] ? 1 : 0;
        judging += sequencer.judging() ? 1 : 0;
        deceiving += sequencer.deceiving() ? 1 : 0;
        sequencer.tick(seen, quiet);
        cycle++;
    }

    private static boolean any(boolean[] some) {
        for (boolean one : some) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    /** What every layer waits for. */
    private String where() {
        return layers.stream().map(layer -> layer.where(sequencer)).toList() + ", images " + images + ", score "
                + layers.get(layers.size() - 1).response.valid() + ", error " + loss.valid();
    }

    /** Whether what an error engine offers is taken by the responses of the layer before. */
    private static boolean backReady(int layer, boolean[] sourceReady) {
        return layer > 0 && sourceReady[layer - 1];
    }

    private void tick(
            int index,
            boolean inputTaken,
            boolean outputReady,
            boolean sourceTaken,
            boolean errorReady,
            boolean slopesTaken,
            boolean backReady) {
        LayerClock layer = layers.get(index);
        boolean error = layer.errors.valid() && errorReady;
        boolean toGradient = error && layer.learns(sequencer);
        boolean toBack = error && layer.goesBack(sequencer);
        boolean windowReady = layer.gradient.windowReady();
        boolean windowTaken = windowReady && layer.inputs.valid(0);
        boolean responseReady = layer.response.ready(outputReady);
        boolean updates = layer.takesGradient(sequencer);
        boolean beatReady = layer.updates(sequencer) && layer.update.ready();
        int enabled = (layer.learns(sequencer) ? 1 : 0) | (layer.tellsSlopes ? 2 : 0);
        layer.response.tick(layer.forward.valid(), outputReady);
        layer.forward.tick(cycle, inputTaken, responseReady);
        layer.inputs.tick(inputTaken, enabled, (windowReady ? 1 : 0) | (slopesTaken ? 2 : 0));
        layer.gradient.tick(cycle, windowTaken, toGradient, beatReady);
        layer.update.tick(updates);
        layer.errors.tick(sourceTaken, errorReady);
        layer.back.ifPresent(engine -> engine.tick(cycle, toBack, backReady));
    }
}
