package org.emat.train.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.emat.plan.EnginePlan;
import org.emat.train.GradientWork;
import org.emat.train.machine.StepSchedule.Content;
import org.emat.train.machine.StepSchedule.Image;
import org.emat.train.machine.StepSchedule.Kind;
import org.emat.train.machine.StepSchedule.Role;

/** Watches the engines and buffers of a machine through a step; it reads their clocks and changes nothing. */
final class ScheduleRecorder {
    private final MachinePlan plan;
    private final List<EngineWatch> engines = new ArrayList<>();
    private final List<BufferWatch> buffers = new ArrayList<>();

    ScheduleRecorder(MachinePlan plan, List<LayerClock> layers, FrameClock images, SequencerClock sequencer) {
        this.plan = plan;
        int wordBits = plan.gan().format().activationBits();
        for (int i = 0; i < layers.size(); i++) {
            MachineLayer layer = plan.layers().get(i);
            watch(i, layers, sequencer);
            buffers.add(new BufferWatch(
                    layer.id(),
                    Content.INPUTS,
                    layer.layer().geometry().input().channels() * wordBits,
                    layer.kept(),
                    layer.inputPixels(),
                    layers.get(i).inputs,
                    seen(i)));
            int number = i;
            layers.get(i)
                    .signs
                    .ifPresent(signs -> buffers.add(new BufferWatch(
                            layer.id(),
                            Content.SIGNS,
                            layer.layer().geometry().input().channels(),
                            layer.keptSigns(),
                            layer.inputPixels(),
                            signs,
                            seen(number))));
        }
        if (plan.keptImages() > 0) {
            buffers.add(new BufferWatch(
                    "images",
                    Content.IMAGES,
                    plan.gan().image().channels() * wordBits,
                    plan.keptImages(),
                    plan.gan().image().pixels(),
                    images,
                    batch(Kind.GENERATED)));
        }
    }

    private List<Image> batch(Kind kind) {
        return IntStream.range(0, plan.gan().batch())
                .mapToObj(number -> new Image(kind, number))
                .toList();
    }

    /** Images whose gradients a layer's engine forms. */
    private List<Image> learnt(int layer) {
        if (!plan.judges(layer)) {
            return batch(Kind.DECEIVING);
        }
        List<Image> images = new ArrayList<>();
        if (plan.realImages(plan.copy(layer)) > 0) {
            images.addAll(batch(Kind.REAL));
        }
        if (plan.copy(layer) == plan.copyOfGenerated()) {
            images.addAll(batch(Kind.GENERATED));
        }
        return images;
    }

    /** Images that pass a layer forward. */
    private List<Image> seen(int layer) {
        if (!plan.judges(layer)) {
            return batch(Kind.GENERATED);
        }
        List<Image> images = new ArrayList<>(learnt(layer));
        if (!plan.shares() && plan.copy(layer) == plan.copyOfGenerated()) {
            images.addAll(batch(Kind.DECEIVING));
        }
        return images;
    }

    /** Images whose errors pass a layer back. */
    private List<Image> back(int layer) {
        if (!plan.judges(layer) || plan.isFirst(layer)) {
            return batch(Kind.DECEIVING);
        }
        List<Image> images = new ArrayList<>();
        for (Image image : seen(layer)) {
            images.add(image);
            if (plan.shares() && image.kind() == Kind.GENERATED) {
                images.add(new Image(Kind.DECEIVING, image.number()));
            }
        }
        return images;
    }

    private void watch(int index, List<LayerClock> layers, SequencerClock sequencer) {
        MachineLayer layer = plan.layers().get(index);
        LayerClock clock = layers.get(index);
        add(index, Role.FORWARD, clock.forward::reads, cycles(layer.forward()), seen(index));
        layer.error()
                .ifPresent(
                        error -> add(index, Role.ERROR, clock.back.orElseThrow()::reads, cycles(error), back(index)));
        long products = new GradientWork(layer.gradient()).cycles();
        add(index, Role.GRADIENT, clock.gradient::multiplies, products, learnt(index));
        if (plan.owner(index) == index) {
            List<LayerClock> copies =
                    plan.copies(index).stream().map(layers::get).toList();
            BooleanSupplier updates = () -> copies.stream().allMatch(copy -> copy.takesGradient(sequencer));
            add(index, Role.UPDATE, updates, layer.layer().parameterCount(), List.of());
        }
    }

    private void add(int index, Role role, BooleanSupplier working, long cyclesOfImage, List<Image> images) {
        MachineLayer layer = plan.layers().get(index);
        engines.add(new EngineWatch(layer, plan.judges(index), role, working, cyclesOfImage, images));
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
