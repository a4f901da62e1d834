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
    final boolean first; // of its network
    final boolean linear; // its response
    final boolean tellsSlopes; // whether its inputs tell those of the layer before
    final EngineClock forward;
    final StageClock response = new StageClock(RESPONSE_STAGES);
    final FrameClock inputs;
    final StageClock errors = new StageClock(ERROR_STAGES);
    final Optional<EngineClock> back;
    final GradientClock gradient;
    final UpdateClock update;

    LayerClock(MachineLayer layer, boolean judges, boolean first, boolean tellsSlopes, int frames) {
        this.judges = judges;
        this.first = first;
        this.tellsSlopes = tellsSlopes;
        linear = layer.layer().response() instanceof Response.Linear;
        forward = new EngineClock(layer.forward());
        inputs = new FrameClock(layer.kept(), tellsSlopes ? 2 : 1);
        back = layer.error().map(EngineClock::new);
        gradient = new GradientClock(layer.gradient(), frames);
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
        return forward.ready() && inputs.ready();
    }

    /** Whether the errors of its sums go to its gradient engine. */
    boolean learns(SequencerClock sequencer) {
        return !judges || !sequencer.deceiving();
    }

    /** Whether they go to its error engine. */
    boolean goesBack(SequencerClock sequencer) {
        return back.isPresent() && (!judges || !first || sequencer.deceiving());
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
        int wanted = judges ? sequencer.wantedOfDiscriminator() : sequencer.wantedOfGenerator();
        return !gradient.works() && gradient.framesBegun() >= wanted;
    }

    /** Whether anything goes on without a handshake between layers. */
    boolean works() {
        return gradient.works() || gradient.valid() || forward.valid() && response.ready(false);
    }

    /** Its handshakes, for whom a step stands still. */
    String where(SequencerClock sequencer) {
        return "inputs " + inputs + (forward.ready() ? ", engine takes" : ", engine waits")
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
                inputs.traffic(), forward.counts(), back.map(EngineClock::counts), gradient.counts(cycles));
    }
}
