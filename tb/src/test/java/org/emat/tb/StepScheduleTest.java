package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.emat.arch.Architecture.Mapping;
import org.emat.train.machine.MachineClock;
import org.emat.train.machine.MachineLayer;
import org.emat.train.machine.MachineOptions;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.MachinePlanner;
import org.emat.train.machine.StepCycles;
import org.emat.train.machine.StepSchedule;
import org.emat.train.machine.StepSchedule.Buffer;
import org.emat.train.machine.StepSchedule.Engine;
import org.emat.train.machine.StepSchedule.Image;
import org.emat.train.machine.StepSchedule.Kind;
import org.emat.train.machine.StepSchedule.Life;
import org.emat.train.machine.StepSchedule.Role;
import org.emat.train.machine.StepSchedule.Stint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Schedules of drawn machines against what engines count, which {@link MachineTest} holds equal to the Verilog, and against
 * what no machine can do: read what has not been computed.
 */
class StepScheduleTest {
    /** From the last parameter to the end: five stages of the update unit, its sign, and three states of the sequencer. */
    private static final int AFTER_LAST_PARAMETER = 9;

    private MachinePlan plan;
    private StepSchedule schedule;

    @ParameterizedTest
    @CsvSource({"true, PHASE", "false, PHASE", "true, ZERO_INSERTION", "false, ZERO_INSERTION"})
    void saysWhatEnginesDoWhen(boolean pipelined, Mapping mapping) {
        long seed = Long.getLong("emat.seed", 20261125L);
        System.out.println("seed " + seed
                + "; repeat with: mvn -pl tb -am test -Dtest=StepScheduleTest -DargLine=-Demat.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20; i++) {
            MachineOptions options = new MachineOptions(pipelined, 1 + random.nextInt(4), mapping);
            plan = new MachinePlanner(options).plan("drawn", TinyGan.draw(random, false));
            schedule = MachineClock.schedule(plan);
            assertThat(schedule.cycles()).isEqualTo(MachineClock.count(plan));
            countsAgree();
            schedule.engines().forEach(this::doesOneAfterAnother);
            imagesComeInOrder();
            nothingIsReadBeforeItIsThere();
            schedule.buffers().forEach(this::holdsWhatLives);
        }
    }

    private Engine engine(MachineLayer layer, Role role) {
        return schedule.engines().stream()
                .filter(engine -> engine.layer().equals(layer.id()) && engine.role() == role)
                .findFirst()
                .orElseThrow();
    }

    private void countsAgree() {
        for (int i = 0; i < plan.layers().size(); i++) {
            MachineLayer layer = plan.layers().get(i);
            StepCycles.Layer counts = schedule.cycles().layers().get(i);
            Engine forward = engine(layer, Role.FORWARD);
            assertThat(forward.busy()).isEqualTo(counts.forward().busy());
            assertThat(first(forward)).isEqualTo(counts.forward().firstRead());
            assertThat(last(forward)).isEqualTo(counts.forward().lastRead());
            counts.error().ifPresent(error -> {
                Engine back = engine(layer, Role.ERROR);
                assertThat(back.busy()).isEqualTo(error.busy());
                assertThat(first(back)).isEqualTo(error.firstRead());
                assertThat(last(back)).isEqualTo(error.lastRead());
            });
            assertThat(engine(layer, Role.GRADIENT).busy())
                    .isEqualTo(counts.gradient().busy());
            assertThat(engine(layer, Role.UPDATE).busy())
                    .isEqualTo(layer.layer().parameterCount());
        }
        long last = plan.generator().stream()
                .mapToLong(layer -> last(engine(layer, Role.UPDATE)))
                .max()
                .orElseThrow();
        assertThat(schedule.cycles().cycles()).isEqualTo(last + AFTER_LAST_PARAMETER);
    }

    private void doesOneAfterAnother(Engine engine) {
        long free = 0;
        for (Stint stint : engine.stints()) {
            assertThat(stint.first()).as("%s", engine).isGreaterThanOrEqualTo(free);
            assertThat(stint.last()).isLessThan(schedule.cycles().cycles());
            assertThat(stint.busy()).isBetween(1L, stint.last() - stint.first() + 1);
            free = stint.last() + 1;
        }
    }

    private static long first(Engine engine) {
        return engine.stints().get(0).first();
    }

    private static long last(Engine engine) {
        return engine.stints().get(engine.stints().size() - 1).last();
    }

    private List<Image> batch(Kind kind) {
        return IntStream.range(0, plan.gan().batch())
                .mapToObj(number -> new Image(kind, number))
                .toList();
    }

    private void imagesComeInOrder() {
        for (Engine engine : schedule.engines()) {
            List<Image> images = engine.stints().stream()
                    .map(Stint::image)
                    .flatMap(Optional::stream)
                    .toList();
            boolean entry = engine.layer().equals("d0");
            List<Kind> kinds = switch (engine.role()) {
                case FORWARD -> engine.judges() ? List.of(Kind.values()) : List.of(Kind.GENERATED);
                case ERROR -> engine.judges() && !entry ? List.of(Kind.values()) : List.of(Kind.DECEIVING);
                case GRADIENT -> engine.judges() ? List.of(Kind.REAL, Kind.GENERATED) : List.of(Kind.DECEIVING);
                case UPDATE -> List.of();
            };
            assertThat(images)
                    .as("%s", engine)
                    .isEqualTo(
                            kinds.stream().flatMap(kind -> batch(kind).stream()).toList());
        }
    }

    private Stint at(MachineLayer layer, Role role, Image image) {
        return engine(layer, role).stints().stream()
                .filter(stint -> stint.image().equals(Optional.of(image)))
                .findFirst()
                .orElseThrow();
    }

    private void nothingIsReadBeforeItIsThere() {
        List<MachineLayer> judge = plan.discriminator();
        for (Kind kind : Kind.values()) {
            for (Image image : batch(kind)) {
                follow(judge, Role.FORWARD, image);
            }
        }
        batch(Kind.GENERATED).forEach(image -> follow(plan.generator(), Role.FORWARD, image));
        long judged = last(engine(judge.get(judge.size() - 1), Role.GRADIENT));
        for (MachineLayer layer : judge) {
            assertThat(first(engine(layer, Role.UPDATE))).isGreaterThan(judged);
            batch(Kind.DECEIVING)
                    .forEach(image -> assertThat(at(layer, Role.FORWARD, image).first())
                            .isGreaterThan(last(engine(layer, Role.UPDATE))));
        }
        for (Image image : batch(Kind.DECEIVING)) {
            long scored = at(judge.get(judge.size() - 1), Role.FORWARD, image).last();
            assertThat(at(judge.get(judge.size() - 1), Role.ERROR, image).first())
                    .isGreaterThan(scored);
            long back = at(judge.get(0), Role.ERROR, image).first();
            for (MachineLayer layer : plan.generator()) {
                assertThat(at(layer, Role.GRADIENT, image).first()).isGreaterThan(back);
            }
        }
        for (MachineLayer layer : plan.generator()) {
            assertThat(first(engine(layer, Role.UPDATE))).isGreaterThan(last(engine(layer, Role.GRADIENT)));
        }
    }

    /** A layer reads its first window after the layer before has, and its last one too. */
    private void follow(List<MachineLayer> layers, Role role, Image image) {
        for (int i = 1; i < layers.size(); i++) {
            Stint before = at(layers.get(i - 1), role, image);
            Stint stint = at(layers.get(i), role, image);
            assertThat(stint.first()).isGreaterThan(before.first());
            assertThat(stint.last()).isGreaterThan(before.last());
        }
    }

    private void holdsWhatLives(Buffer buffer) {
        boolean images = buffer.name().equals("images");
        int pixels = images ? plan.gan().image().pixels() : layer(buffer).inputPixels();
        StepCycles.Traffic traffic = images
                ? schedule.cycles().images()
                : schedule.cycles()
                        .layers()
                        .get(plan.layers().indexOf(layer(buffer)))
                        .inputs();
        assertThat((long) buffer.lives().size() * pixels).isEqualTo(traffic.written());
        assertThat((long) buffer.most()).isEqualTo(traffic.peak()).isLessThanOrEqualTo(buffer.capacity());
        for (int i = 0; i < buffer.held().size(); i++) {
            long from = i * buffer.span() - 1; // a write in a cycle is held in the next one
            long to = (i + 1) * buffer.span();
            long alive = buffer.lives().stream()
                    .filter(life -> life.written() < to && life.read() >= from)
                    .count();
            assertThat((long) buffer.held().get(i)).as("%s", buffer).isBetween(0L, alive * pixels);
        }
        if (!images) {
            buffer.lives().forEach(life -> isReadByItsEngines(layer(buffer), life));
        }
    }

    private MachineLayer layer(Buffer buffer) {
        return plan.layers().stream()
                .filter(layer -> layer.id().equals(buffer.name()))
                .findFirst()
                .orElseThrow();
    }

    /** Inputs are written as the engine takes them, and read before gradients and slopes of their image are through. */
    private void isReadByItsEngines(MachineLayer layer, Life life) {
        assertThat(life.written())
                .isLessThan(at(layer, Role.FORWARD, life.image()).first());
        Image image = plan.generator().contains(layer)
                ? new Image(Kind.DECEIVING, life.image().number())
                : life.image();
        int index = plan.layers().indexOf(layer);
        List<String> users = plan.layers().subList(Math.max(0, index - 1), index + 1).stream()
                .map(MachineLayer::id)
                .toList();
        long through = schedule.engines().stream()
                .filter(engine -> users.contains(engine.layer()))
                .filter(engine -> engine.role() == Role.ERROR || engine.role() == Role.GRADIENT)
                .flatMap(engine -> engine.stints().stream())
                .filter(stint -> stint.image().equals(Optional.of(image)))
                .mapToLong(Stint::last)
                .max()
                .orElseThrow();
        assertThat(life.read()).isBetween(life.written(), through);
    }
}
