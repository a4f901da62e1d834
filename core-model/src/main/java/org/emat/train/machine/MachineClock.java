package org.emat.train.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.emat.train.machine.JudgeClock.Source;

/**
 * Predicts every cycle of a training step by stepping the handshakes of a machine. It knows no data: only steps, windows
 * and buffers decide. Latents and real images are always there.
 */
public final class MachineClock {
    private static final int IMAGE_READERS = 3;
    private static final long IDLE_LIMIT = 1L << 16;

    private final MachinePlan plan;
    private final int batch;
    private final int latentPixels;
    private final int imagePixels;
    private final List<LayerClock> layers = new ArrayList<>();
    private final List<Optional<Integer>> next = new ArrayList<>(); // layers that keep the outputs of each
    private final List<List<Integer>> copies = new ArrayList<>(); // of each layer that has parameters
    private final List<JudgeClock> judges = new ArrayList<>();
    private final int generator; // layers of it
    private final FrameClock images;
    private final SequencerClock sequencer;
    private long cycle;
    private long lastMove; // cycle in which anything was handed on
    private long judging;
    private long deceiving;
    private long latentsTaken; // pixels
    private long imagesGenerated; // pixels

    private MachineClock(MachinePlan plan) {
        this.plan = plan;
        batch = plan.gan().batch();
        latentPixels = plan.gan().latent().pixels();
        imagePixels = plan.gan().image().pixels();
        generator = plan.generator().size();
        sequencer = new SequencerClock(plan);
        images = new FrameClock(plan.keptImages(), IMAGE_READERS);
        for (int i = 0; i < plan.layers().size(); i++) {
            layers.add(new LayerClock(plan, i));
            next.add(plan.next(i));
        }
        for (int i = 0; i < plan.learners().size(); i++) {
            copies.add(plan.copies(i));
        }
        for (int i = 0; i < plan.discriminators().size(); i++) {
            judges.add(new JudgeClock(plan, i));
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

    /** The copy of the discriminator whose last layer this is. */
    private Optional<JudgeClock> judge(int last) {
        return judges.stream().filter(judge -> judge.last == last).findFirst();
    }

    private JudgeClock judgeOfGenerated() {
        return judges.get(judges.size() - 1);
    }

    /** Whether what a response offers is taken. */
    private boolean outputReady(int layer) {
        Optional<JudgeClock> judge = judge(layer);
        if (judge.isPresent()) {
            return judge.get().loss.ready(sumReady(layer));
        }
        if (layer == generator - 1) {
            return plan.shares()
                    ? judgeOfGenerated().source() == Source.GENERATED && entryReady(judgeOfGenerated())
                    : images.ready();
        }
        return layers.get(layer + 1).inputReady();
    }

    /** The reader of the next layer's inputs that tells the slopes of the next sum of errors. */
    private int reader(int layer) {
        return layers.get(layer).sumIsSecond() ? 2 : 1;
    }

    /** Whether an output word that tells a slope is there, or none is needed. */
    private boolean wordValid(int layer) {
        if (layers.get(layer).linear) {
            return true;
        }
        if (next.get(layer).isPresent()) {
            return layers.get(next.get(layer).get()).slopeValid(reader(layer));
        }
        return layer == generator - 1 ? images.valid(IMAGE_READERS - 1) : sumValid(layer);
    }

    /** The layer whose error engine gives the sums of a layer's errors; none where they come from the losses. */
    private Optional<Integer> source(int layer) {
        return layer == generator - 1 ? Optional.of(judgeOfGenerated().first) : next.get(layer);
    }

    /** Whether a sum of errors is offered. */
    private boolean sumValid(int layer) {
        return source(layer)
                .map(from -> layers.get(from).back.orElseThrow().valid())
                .orElseGet(() -> judge(layer).orElseThrow().loss.valid());
    }

    private boolean advances(int layer) {
        return layers.get(layer).errors.ready(layers.get(layer).errorReady(sequencer));
    }

    /** Whether a sum of errors would be taken. */
    private boolean sumReady(int layer) {
        return advances(layer) && wordValid(layer);
    }

    private boolean wordTaken(int layer) {
        return advances(layer) && sumValid(layer) && !layers.get(layer).linear;
    }

    private boolean latentTaken() {
        boolean open = latentsTaken / latentPixels < sequencer.latentsAllowed();
        return open
                && latentsTaken < (long) batch * latentPixels
                && layers.get(0).inputReady();
    }

    private boolean entryReady(JudgeClock judge) {
        return judge.open(sequencer.imagesAllowed()) && layers.get(judge.first).inputReady();
    }

    private boolean entryValid(JudgeClock judge) {
        return switch (judge.source()) {
            case REAL -> true;
            case GENERATED -> plan.shares() ? layers.get(generator - 1).response.valid() : images.valid(0);
            case AGAIN -> images.valid(1);
        };
    }

    private boolean inputTaken(int layer) {
        if (layer == 0) {
            return latentTaken();
        }
        if (plan.isFirst(layer)) {
            JudgeClock judge = judges.get(plan.copy(layer));
            return entryReady(judge) && entryValid(judge);
        }
        return layers.get(layer - 1).response.valid() && layers.get(layer).inputReady();
    }

    private boolean all(Predicate<LayerClock> what, boolean judges) {
        return layers.stream().filter(layer -> layer.judges == judges).allMatch(what);
    }

    /** Whether the parameters of a layer have been updated; a second copy has those of the first. */
    private boolean updated(boolean judges) {
        return IntStream.range(0, copies.size())
                .filter(layer -> plan.judges(layer) == judges)
                .allMatch(layer -> layers.get(layer).update.updated());
    }

    /** Whether all copies of a layer offer gradients, and they may be taken. */
    private boolean gradientsMeet(int owner) {
        return copies.get(owner).stream().allMatch(copy -> layers.get(copy).takesGradient(sequencer));
    }

    // ---- the clock edge that ends a cycle ----

    private void tick() {
        List<LayerClock.Edge> edges =
                IntStream.range(0, layers.size()).mapToObj(this::edge).toList();
        boolean[] meet = new boolean[copies.size()];
        for (int i = 0; i < meet.length; i++) {
            meet[i] = gradientsMeet(i);
        }
        boolean generated = layers.get(generator - 1).response.valid() && outputReady(generator - 1);
        SequencerClock.Seen seen = new SequencerClock.Seen(
                (int) (imagesGenerated / imagePixels),
                all(layer -> layer.gradient.valid(), false),
                all(layer -> layer.gradient.valid(), true),
                updated(false),
                updated(true));
        boolean quiet = layers.stream().allMatch(layer -> layer.isThrough(sequencer));
        boolean works = layers.stream().anyMatch(LayerClock::works);
        tickEnds(edges, generated);
        for (int i = 0; i < layers.size(); i++) {
            works |= edges.get(i).inputTaken() || edges.get(i).sumTaken();
            layers.get(i).tick(cycle, sequencer, edges.get(i));
        }
        for (int i = 0; i < meet.length; i++) {
            layers.get(i).update.tick(meet[i]);
        }
        lastMove = works || generated ? cycle : lastMove;
        judging += sequencer.judging() ? 1 : 0;
        deceiving += sequencer.deceiving() ? 1 : 0;
        sequencer.tick(seen, quiet);
        cycle++;
    }

    private LayerClock.Edge edge(int layer) {
        int owner = plan.owner(layer);
        boolean sumReady = sumReady(layer);
        int slopes = 0;
        boolean backReady = false;
        for (int i = 0; i < layers.size(); i++) {
            boolean gives = source(i).equals(Optional.of(layer));
            backReady |= gives && sumReady(i);
            slopes |= next.get(i).equals(Optional.of(layer)) && wordTaken(i) ? 1 << reader(i) : 0;
        }
        return new LayerClock.Edge(
                inputTaken(layer),
                outputReady(layer),
                sumReady && sumValid(layer),
                layers.get(layer).errorReady(sequencer),
                slopes,
                gradientsMeet(owner) && layers.get(owner).update.ready(),
                backReady);
    }

    /** The edge of what is before and behind the layers: losses, images, latents. */
    private void tickEnds(List<LayerClock.Edge> edges, boolean generated) {
        JudgeClock judge = judgeOfGenerated();
        boolean entryReady = entryReady(judge);
        int readers = (entryReady && judge.source() == Source.GENERATED ? 1 : 0)
                | (entryReady && judge.source() == Source.AGAIN ? 2 : 0)
                | (wordTaken(generator - 1) ? 4 : 0);
        boolean[] sumReady = new boolean[judges.size()];
        for (int i = 0; i < sumReady.length; i++) {
            sumReady[i] = sumReady(judges.get(i).last);
        }
        if (!plan.shares()) {
            images.tick(generated, (1 << IMAGE_READERS) - 1, readers);
        }
        for (int i = 0; i < sumReady.length; i++) {
            JudgeClock one = judges.get(i);
            one.loss.tick(layers.get(one.last).response.valid(), sumReady[i]);
            one.tick(edges.get(one.first).inputTaken());
        }
        latentsTaken += edges.get(0).inputTaken() ? 1 : 0;
        imagesGenerated += generated ? 1 : 0;
    }

    /** What every layer waits for. */
    private String where() {
        return layers.stream().map(layer -> layer.where(sequencer)).toList() + ", images " + images + ", errors "
                + judges.stream().map(judge -> judge.loss.valid()).toList();
    }
}
