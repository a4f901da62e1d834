package org.emat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emat.cost.Component;
import org.emat.cost.StepCost;
import org.emat.cost.WriteEnergy;
import org.emat.train.machine.MachineLayer;
import org.emat.train.machine.StepCycles;
import org.emat.train.machine.StepSchedule;
import org.emat.train.machine.StepSchedule.Buffer;
import org.emat.train.machine.StepSchedule.Engine;

/** What a machine that trains consists of, and what a step takes of it. */
final class MachineTables {
    private final TrainingMachine machine;
    private final StepSchedule schedule;
    private final StepCycles cycles;

    MachineTables(TrainingMachine machine) {
        this.machine = machine;
        schedule = machine.schedule();
        cycles = schedule.cycles();
    }

    // ---- units ----

    Element units() {
        return Lists.section(
                        "units",
                        "Units",
                        "Engines of each layer, crossbars of 128 × 128 cells, and the part of a step's cycles in which each"
                                + " engine works. Layers g0, g1, … are the generator's, d0, d1, … the discriminator's, and those of its"
                                + " second copy, if it has one, are e0, e1, ….")
                .add(Lists.definitions(facts()))
                .add(Lists.table(
                        "Units by layer",
                        List.of(
                                Lists.wordsHeading("Layer"),
                                Lists.wordsHeading("Shapes"),
                                Lists.heading("Crossbars forward"),
                                Lists.heading("back"),
                                Lists.heading("Parameters"),
                                Lists.heading("Forward works"),
                                Lists.heading("Error works"),
                                Lists.heading("Gradient works"),
                                Lists.heading("Update works")),
                        machine.plan().layers().stream().map(this::unit).toList()));
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        boolean pipelined = machine.plan().options().pipelined();
        facts.add(new Fact(
                "Images", pipelined ? "pipelined" : "one at a time", pipelined ? "as handshakes let them" : ""));
        facts.add(new Fact(
                "Gradient engines",
                Figures.count(machine.plan().options().lanes(), "lane"),
                "products per cycle, of each layer"));
        facts.add(new Fact("Mapping", Figures.name(machine.plan().options().mapping()), "of layers with a stride"));
        if (machine.plan().options().spatialParallelism()) {
            facts.add(new Fact("Discriminator", "2 copies", "for real and for generated images"));
        }
        facts.addAll(parts());
        return facts;
    }

    private List<Fact> parts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "Step",
                Figures.count(cycles.cycles(), "cycle"),
                milliseconds(machine.cost().latency())));
        facts.add(new Fact(
                "Judging",
                Figures.count(cycles.judging(), "cycle"),
                "until the discriminator's gradients are complete"));
        if (machine.plan().shares()) {
            facts.add(new Fact("Deceiving", "while judging", "generated images are judged once"));
        } else {
            facts.add(new Fact(
                    "Deceiving",
                    Figures.count(cycles.deceiving(), "cycle"),
                    "from its update until the generator's are complete"));
        }
        facts.add(new Fact(
                "Updates",
                Figures.count(cycles.cycles() - cycles.judging() - cycles.deceiving(), "cycle"),
                "of both networks"));
        facts.add(new Fact("Energy of a step", EnergyBars.joules(machine.cost().energy()), "without writing cells"));
        return facts;
    }

    private static String milliseconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f ms at the clock of the arrays", seconds * 1e3);
    }

    private Element unit(MachineLayer layer) {
        Element row = Element.of("tr")
                .add(Lists.head(layer.id()))
                .add(Lists.words(Figures.shape(layer.layer().geometry().input()) + " → "
                        + Figures.shape(layer.layer().geometry().output())))
                .add(Lists.number(layer.forward().crossbars()))
                .add(layer.error()
                        .map(engine -> Lists.number(engine.crossbars()))
                        .orElseGet(() -> Element.of("td").text("–")))
                .add(Lists.number(layer.layer().parameterCount()));
        for (StepSchedule.Role role : StepSchedule.Role.values()) {
            row.add(schedule.engines().stream()
                    .filter(engine -> engine.layer().equals(layer.id()) && engine.role() == role)
                    .findFirst()
                    .map(this::share)
                    .orElseGet(() -> Element.of("td").text("–")));
        }
        return row;
    }

    private Element share(Engine engine) {
        return Lists.share(engine.busy(), cycles.cycles());
    }

    // ---- traffic ----

    Element traffic() {
        List<Element> rows = new ArrayList<>();
        long bits = 0;
        for (Buffer buffer : schedule.buffers()) {
            bits += buffer.pixelBits()
                    * (buffer.traffic().written() + buffer.traffic().read());
            rows.add(traffic(buffer));
        }
        long words = bits / machine.plan().gan().format().activationBits();
        return Lists.section(
                        "traffic",
                        "Buffers and their traffic",
                        "Pixels through each buffer in a step: " + Figures.count(words)
                                + " words written and read in all. An image lives from the cycle in which its first pixel"
                                + " is written to that in which its last one is read for the last time.")
                .add(Lists.table(
                        "Traffic of buffers",
                        List.of(
                                Lists.wordsHeading("Buffer"),
                                Lists.heading("Bits of a pixel"),
                                Lists.heading("Pixels written"),
                                Lists.heading("read"),
                                Lists.heading("Most held"),
                                Lists.heading("Room for"),
                                Lists.heading("Mean life of an image, cycles")),
                        rows));
    }

    private static Element traffic(Buffer buffer) {
        double life = buffer.lives().stream()
                .mapToLong(image -> image.read() - image.written())
                .average()
                .orElse(0);
        return Element.of("tr")
                .add(Lists.head(ScheduleChart.title(buffer)))
                .add(Lists.number(buffer.pixelBits()))
                .add(Lists.number(buffer.traffic().written()))
                .add(Lists.number(buffer.traffic().read()))
                .add(Lists.number(buffer.most()))
                .add(Lists.number(buffer.capacity()))
                .add(Lists.number(Math.round(life)));
    }

    // ---- energy ----

    Element energy() {
        StepCost cost = machine.cost();
        double total = cost.energy();
        List<Element> parts = List.of(
                part("forward engines", StepCost.energy(cost.forward()), total),
                part("error engines", StepCost.energy(cost.error()), total),
                part("gradient engines", StepCost.energy(cost.gradient()), total),
                part("buffers of images and inputs", cost.buffers(), total),
                part("updates", cost.updates(), total));
        List<Element> components = new ArrayList<>();
        for (Component component : Component.values()) {
            if (cost.energy(component) > 0) {
                components.add(part(component.toString(), cost.energy(component), total));
            }
        }
        WriteEnergy writing = cost.rewriting();
        return Lists.section(
                        "energy",
                        "Energy of a step",
                        "Events × constants (" + cost.constants()
                                + "); word lines driven are estimated, all other events are counted (docs/cost.md). Cells"
                                + " that the updates write take "
                                + EnergyBars.joules(writing.low()) + " to " + EnergyBars.joules(writing.high())
                                + " more, by which source is asked.")
                .add(Lists.table("Energy by part", headings("Part"), parts))
                .add(Element.of("h3").text("Engines, by component"))
                .add(Lists.table("Energy by component", headings("Component"), components));
    }

    private static List<Element> headings(String first) {
        return List.of(Lists.wordsHeading(first), Lists.heading("Energy"), Lists.heading("Share of the step"));
    }

    private static Element part(String name, double energy, double total) {
        return Element.of("tr")
                .add(Lists.head(name))
                .add(Element.of("td").text(EnergyBars.joules(energy)))
                .add(Lists.share(energy, total));
    }
}
