package org.emat.train.machine;

import java.util.Optional;
import org.emat.schedule.EngineClock;
import org.emat.train.GradientClock;
import org.emat.train.gan.Response;

/** Engines, buffer and update unit of a layer. */
final class LayerClock {
    private static final int RESPONSE_STAGES = 3;
    private static final int ERROR_STAGES = 2;

    final boolean judges;
    final boolean linear; // its response
    final EngineClock forward;
    final StageClock response = new StageClock(RESPONSE_STAGES);
    final FrameClock inputs;
    final Optional<FrameClock> signs; // of inputs
    final StageClock errors = new StageClock(ERROR_STAGES);
    final Optional<EngineClock> back;
    final GradientClock gradient;
    final UpdateClock update; // still where another copy has the parameters
    private final boolean first; // of its network
    private final boolean shares;
    private final boolean turns; // whether two errors of each generated image come
    private final int copy; // of the discriminator
    private final int readers; // of its inputs
    private final int realImages; // that come before generated ones
    private final int inputPixels;
    private final int outputPixels;
    private long inputsTaken; // pixels
    private long sumsTaken; // pixels of sums of errors
    private long errorsTaken; // pixels

    LayerClock(MachinePlan plan, int index) {
        MachineLayer layer = plan.layers().get(index);
        judges = plan.judges(index);
        first = plan.isFirst(index);
        shares = plan.shares();
        turns = plan.takesTurns(index);
        copy = plan.copy(index);
        readers = plan.readers(index);
        realImages = plan.realImages(copy);
        inputPixels = layer.inputPixels();
        outputPixels = layer.outputPixels();
        linear = layer.layer().response() instanceof Response.Linear;
        forward = new EngineClock(layer.forward());
        inputs = new FrameClock(layer.kept(), plan.keepsSigns(index) ? 1 : readers);
        signs = plan.keepsSigns(index) ? Optional.of(new FrameClock(layer.keptSigns(), readers - 1)) : Optional.empty();
        back = layer.error().map(EngineClock::new);
        gradient = new GradientClock(layer.gradient(), plan.frames(index));
        update = new UpdateClock(
                layer.layer().geometry().weightCount(),
                layer.layer().parameterCount(),
                layer.gradient().lanes());
        while (gradient.works()) {
            gradient.tick(0, false, false, false);
        }
    }

    /** Whether an input is taken: by the engine and the buffer at once. */
    boolean inputReady() {
        return forward.ready() && inputs.ready() && signs.map(FrameClock::ready).orElse(true);
    }

    /** Whether what is so many pixels of errors after the first is the second error of a generated image. */
    private boolean isSecond(long pixels) {
        long frame = pixels / outputPixels - realImages;
        return turns && frame >= 0 && frame % 2 == 1;
    }

    /** Whether the next sum is of the second error of a generated image. */
    boolean sumIsSecond() {
        return isSecond(sumsTaken);
    }

    /** Whether the error that is offered is to teach the generator. */
    private boolean deceives(SequencerClock sequencer) {
        return judges && (shares ? isSecond(errorsTaken) : sequencer.deceiving());
    }

    /** Whether a reader of its inputs, or of their signs, offers what tells slopes. */
    boolean slopeValid(int reader) {
        return signs.map(buffer -> buffer.valid(reader - 1)).orElseGet(() -> inputs.valid(reader));
    }

    /** Whether the errors of its sums go to its gradient engine. */
    boolean learns(SequencerClock sequencer) {
        return !deceives(sequencer);
    }

    /** Whether they go to its error engine. */
    boolean goesBack(SequencerClock sequencer) {
        return back.isPresent() && (!judges || !first || deceives(sequencer));
    }

    /** Readers of its inputs that read what is written, one bit each. */
    private int enabled(SequencerClock sequencer) {
        int all = (1 << readers) - 1;
        if (!judges || !shares) {
            return judges && sequencer.deceiving() ? all & ~1 : all;
        }
        boolean real = inputsTaken / inputPixels < realImages;
        return real ? all & (first ? 1 : 3) : all;
    }

    /** Whether an error of its sums is taken by all that want it. */
    boolean errorReady(SequencerClock sequencer) {
        return (!learns(sequencer) || gradient.blockReady())
                && (!goesBack(sequencer) || back.orElseThrow().ready());
    }

    /** Whether its update unit may take gradients. */
    boolean updates(SequencerClock sequencer) {
        return judges ? sequencer.updatesDiscriminator() : sequencer.updatesGenerator();
    }

    /** Whether it takes the gradient of a parameter. */
    boolean takesGradient(SequencerClock sequencer) {
        return updates(sequencer) && gradient.valid();
    }

    /** Whether its gradient engine is through with the first so many frames. */
    boolean isThrough(SequencerClock sequencer) {
        int wanted = judges ? sequencer.wantedOfDiscriminator(copy) : sequencer.wantedOfGenerator();
        return !gradient.works() && gradient.framesBegun() >= wanted;
    }

    /**
     * The clock edge that ends a cycle, without the update unit.
     *
     * @param edge what is handed on in the cycle
     */
    void tick(long cycle, SequencerClock sequencer, Edge edge) {
        boolean error = errors.valid() && edge.errorReady;
        boolean toGradient = error && learns(sequencer);
        boolean toBack = error && goesBack(sequencer);
        boolean windowReady = gradient.windowReady();
        boolean windowTaken = windowReady && inputs.valid(0);
        boolean responseReady = response.ready(edge.outputReady);
        int enabled = enabled(sequencer);
        response.tick(forward.valid(), edge.outputReady);
        forward.tick(cycle, edge.inputTaken, responseReady);
        int ofInputs = signs.isPresent() ? 1 : -1; // readers, one bit each
        inputs.tick(edge.inputTaken, enabled & ofInputs, (windowReady ? 1 : 0) | edge.slopes & ofInputs);
        signs.ifPresent(buffer -> buffer.tick(edge.inputTaken, enabled >> 1, edge.slopes >> 1));
        gradient.tick(cycle, windowTaken, toGradient, edge.beatReady);
        errors.tick(edge.sumTaken, edge.errorReady);
        back.ifPresent(engine -> engine.tick(cycle, toBack, edge.backReady));
        inputsTaken += edge.inputTaken ? 1 : 0;
        sumsTaken += edge.sumTaken ? 1 : 0;
        errorsTaken += error ? 1 : 0;
    }

    /**
     * What a cycle hands on.
     *
     * @param inputTaken whether an input is taken
     * @param outputReady whether an output would be taken
     * @param sumTaken whether a sum of errors is taken
     * @param errorReady whether an error would be taken
     * @param slopes readers of its inputs whose words would be taken, one bit each
     * @param beatReady whether gradients would be taken
     * @param backReady whether what its error engine offers would be taken
     */
    record Edge(
            boolean inputTaken,
            boolean outputReady,
            boolean sumTaken,
            boolean errorReady,
            int slopes,
            boolean beatReady,
            boolean backReady) {}

    /** Whether anything goes on without a handshake between layers. */
    boolean works() {
        return gradient.works() || gradient.valid() || forward.valid() && response.ready(false);
    }

    /** Its handshakes, for whom a step stands still. */
    String where(SequencerClock sequencer) {
        return "inputs " + inputs + signs.map(buffer -> ", signs " + buffer).orElse("")
                + (forward.ready() ? ", engine takes" : ", engine waits")
                + (response.valid() ? ", output offered" : "")
                + (errors.valid() ? ", error offered" : "")
                + (errorReady(sequencer) ? ", errors taken" : ", errors wait")
                + (gradient.windowReady() ? ", gradient takes inputs" : "")
                + (gradient.blockReady() ? ", gradient takes errors" : "")
                + ", " + gradient.framesBegun() + " frames"
                + (back.isPresent() && back.get().valid() ? ", error sums offered" : "");
    }

    StepCycles.Layer counts(long cycles) {
        return new StepCycles.Layer(
                inputs.traffic(),
                signs.map(FrameClock::traffic),
                forward.counts(),
                back.map(EngineClock::counts),
                gradient.counts(cycles));
    }
}
