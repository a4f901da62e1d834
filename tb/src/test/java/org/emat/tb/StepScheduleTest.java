package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
import org.emat.train.machine.StepSchedule.Content;
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
    @CsvSource({
        "true, false, false, PHASE",
        "false, false, false, PHASE",
        "true, false, false, ZERO_INSERTION",
        "false, false, false, ZERO_INSERTION",
        "true, true, false, PHASE",
        "false, true, false, PHASE",
        "true, false, true, PHASE",
        "false, false, true, PHASE",
        "true, true, true, PHASE",
        "false, true, true, ZERO_INSERTION"
    })
    void saysWhatEnginesDoWhen(boolean pipelined, boolean spatial, boolean sharing, Mapping mapping) {
        long seed = Long.getLong("emat.seed", 20261125L);
        System.out.println("seed " + seed
                + "; repeat with: mvn -pl tb -am test -Dtest=StepScheduleTest -DargLine=-Demat.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20; i++) {
            MachineOptions options = new MachineOptions(pipelined, spatial, 1 + random.nextInt(4), mapping);
            plan = new MachinePlanner(options).plan("drawn", TinyGan.draw(random, sharing));
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
        }
        for (MachineLayer layer : plan.learners()) {
            assertThat(engine(layer, Role.UPDATE).busy())
                    .isEqualTo(layer.layer().parameterCount());
        }
        assertThat(schedule.engines().stream()
                        .filter(engine -> engine.role() == Role.UPDATE)
                        .count())
                .isEqualTo(plan.learners().size());
        long last = (plan.gan().computationSharing() ? plan.learners() : plan.generator())
                .stream()
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

    /** The images of a network's copy: real ones, generated ones, these again; in turns where both errors come at once. */
    private List<Image> judged(String copy, boolean again, boolean turns) {
        boolean spatial = plan.options().spatialParallelism();
        List<Image> images = new ArrayList<>();
        if (!spatial || copy.equals("d")) {
            images.addAll(batch(Kind.REAL));
        }
        if (spatial && copy.equals("d")) {
            return images;
        }
        if (turns) {
            for (Image image : batch(Kind.GENERATED)) {
                images.addAll(List.of(image, new Image(Kind.DECEIVING, image.number())));
            }
            return images;
        }
        images.addAll(batch(Kind.GENERATED));
        images.addAll(again ? batch(Kind.DECEIVING) : List.of());
        return images;
    }

    private void imagesComeInOrder() {
        boolean shares = plan.gan().computationSharing();
        for (Engine engine : schedule.engines()) {
            List<Image> images = engine.stints().stream()
                    .map(Stint::image)
                    .flatMap(Optional::stream)
                    .toList();
            String copy = engine.layer().substring(0, 1);
            boolean deceives = !engine.judges() || engine.layer().endsWith("0");
            List<Image> expected = switch (engine.role()) {
                case FORWARD -> engine.judges() ? judged(copy, !shares, false) : batch(Kind.GENERATED);
                case ERROR -> deceives ? batch(Kind.DECEIVING) : judged(copy, !shares, shares);
                case GRADIENT -> engine.judges() ? judged(copy, false, false) : batch(Kind.DECEIVING);
                case UPDATE -> List.of();
            };
            assertThat(images).as("%s", engine).isEqualTo(expected);
        }
    }

    private Stint at(MachineLayer layer, Role role, Image image) {
        return engine(layer, role).stints().stream()
                .filter(stint -> stint.image().equals(Optional.of(image)))
                .findFirst()
                .orElseThrow();
    }

    private void nothingIsReadBeforeItIsThere() {
        boolean shares = plan.gan().computationSharing();
        for (List<MachineLayer> copy : plan.discriminators()) {
            judged(copy.get(0).id().substring(0, 1), !shares, false)
                    .forEach(image -> follow(copy, Role.FORWARD, image));
        }
        batch(Kind.GENERATED).forEach(image -> follow(plan.generator(), Role.FORWARD, image));
        for (MachineLayer layer : plan.learners()) {
            boolean judges = layer.id().startsWith("d");
            long learnt = schedule.engines().stream()
                    .filter(engine -> engine.role() == Role.GRADIENT && (shares || engine.judges() == judges))
                    .mapToLong(StepScheduleTest::last)
                    .max()
                    .orElseThrow();
            assertThat(first(engine(layer, Role.UPDATE))).isGreaterThan(learnt);
        }
        List<MachineLayer> judge =
                plan.discriminators().get(plan.discriminators().size() - 1);
        MachineLayer score = judge.get(judge.size() - 1);
        for (Image image : batch(Kind.DECEIVING)) {
            Image seen = shares ? new Image(Kind.GENERATED, image.number()) : image;
            assertThat(at(score, Role.ERROR, image).first())
                    .isGreaterThan(at(score, Role.FORWARD, seen).last());
            long back = at(judge.get(0), Role.ERROR, image).first();
            for (MachineLayer layer : plan.generator()) {
                assertThat(at(layer, Role.GRADIENT, image).first()).isGreaterThan(back);
            }
        }
        if (!shares) {
            deceivesWithNewParameters(judge);
        }
    }

    private void deceivesWithNewParameters(List<MachineLayer> judge) {
        long updated = schedule.lastUpdate(true);
        for (MachineLayer layer : judge) {
            batch(Kind.DECEIVING)
                    .forEach(image ->
                            assertThat(at(layer, Role.FORWARD, image).first()).isGreaterThan(updated));
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
        boolean images = buffer.content() == Content.IMAGES;
        assertThat(images && plan.gan().computationSharing()).isFalse();
        int pixels = images ? plan.gan().image().pixels() : layer(buffer).inputPixels();
        StepCycles.Traffic traffic = images ? schedule.cycles().images() : counted(buffer);
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

    private StepCycles.Traffic counted(Buffer buffer) {
        StepCycles.Layer counts = schedule.cycles().layers().get(plan.layers().indexOf(layer(buffer)));
        return buffer.content() == Content.SIGNS ? counts.signs().orElseThrow() : counts.inputs();
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
        boolean again = plan.generator().contains(layer)
                || plan.gan().computationSharing() && life.image().kind() == Kind.GENERATED;
        Image second = new Image(Kind.DECEIVING, life.image().number());
        int index = plan.layers().indexOf(layer);
        List<String> users = plan.layers().stream()
                .filter(user ->
                        user == layer || plan.next(plan.layers().indexOf(user)).equals(Optional.of(index)))
                .map(MachineLayer::id)
                .toList();
        long through = schedule.engines().stream()
                .filter(engine -> users.contains(engine.layer()))
                .filter(engine -> engine.role() == Role.ERROR || engine.role() == Role.GRADIENT)
                .flatMap(engine -> engine.stints().stream())
                .filter(stint -> stint.image().equals(Optional.of(life.image()))
                        || again && stint.image().equals(Optional.of(second)))
                .mapToLong(Stint::last)
                .max()
                .orElseThrow();
        assertThat(life.read()).isBetween(life.written(), through);
    }
}
