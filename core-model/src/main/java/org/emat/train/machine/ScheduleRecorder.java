package org.emat.train.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.emat.plan.EnginePlan;
import org.emat.train.GradientWork;
import org.emat.train.machine.StepSchedule.Kind;
import org.emat.train.machine.StepSchedule.Role;

/** Watches the engines and buffers of a machine through a step; it reads their clocks and changes nothing. */
final class ScheduleRecorder {
    private static final List<Kind> MADE = List.of(Kind.GENERATED);
    private static final List<Kind> LEARNT_FROM = List.of(Kind.DECEIVING);
    private static final List<Kind> JUDGED = List.of(Kind.REAL, Kind.GENERATED);
    private static final List<Kind> SEEN = List.of(Kind.REAL, Kind.GENERATED, Kind.DECEIVING);

    private final int batch;
    private final List<EngineWatch> engines = new ArrayList<>();
    private final List<BufferWatch> buffers = new ArrayList<>();

    ScheduleRecorder(MachinePlan plan, List<LayerClock> layers, FrameClock images, SequencerClock sequencer) {
        batch = plan.gan().batch();
        int wordBits = plan.gan().format().activationBits();
        for (int i = 0; i < layers.size(); i++) {
            MachineLayer layer = plan.layers().get(i);
            watch(layer, layers.get(i), sequencer);
            buffers.add(new BufferWatch(
                    layer.id(),
                    layer.layer().geometry().input().channels() * wordBits,
                    layer.kept(),
                    layer.inputPixels(),
                    layers.get(i).inputs,
                    plan.judges(i) ? SEEN : MADE,
                    batch));
        }
        buffers.add(new BufferWatch(
                "images",
                plan.gan().image().channels() * wordBits,
                plan.keptImages(),
                plan.gan().image().pixels(),
                images,
                MADE,
                batch));
    }

    private void watch(MachineLayer layer, LayerClock clock, SequencerClock sequencer) {
        boolean judges = clock.judges;
        add(layer, judges, Role.FORWARD, clock.forward::reads, cycles(layer.forward()), judges ? SEEN : MADE);
        layer.error()
                .ifPresent(error -> add(
                        layer,
                        judges,
                        Role.ERROR,
                        clock.back.orElseThrow()::reads,
                        cycles(error),
                        judges && !clock.first ? SEEN : LEARNT_FROM));
        long products = new GradientWork(layer.gradient()).cycles();
        add(layer, judges, Role.GRADIENT, clock.gradient::multiplies, products, judges ? JUDGED : LEARNT_FROM);
        add(
                layer,
                judges,
                Role.UPDATE,
                () -> clock.takesGradient(sequencer),
                layer.layer().parameterCount(),
                List.of());
    }

    private void add(
            MachineLayer layer,
            boolean judges,
            Role role,
            BooleanSupplier working,
            long cyclesOfImage,
            List<Kind> kinds) {
        engines.add(new EngineWatch(layer, judges, role, working, cyclesOfImage, kinds, batch));
    }

    private static long cycles(EnginePlan engine) {
        return Math.multiplyExact((long) engine.interval(), engine.window().steps());
    }

    /** Sees a cycle, before the clock edge that ends it. */
    void see(long cycle) {
        engines.forEach(engine -> engine.see(cycle));
        buffers.forEach(buffer -> buffer.see(cycle));
    }

    /** What has been seen of a step. */
    StepSchedule schedule(StepCycles cycles) {
        return new StepSchedule(
                cycles,
                engines.stream().map(EngineWatch::engine).toList(),
                buffers.stream().map(BufferWatch::buffer).toList());
    }
}
