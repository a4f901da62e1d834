package org.emat.report;

import java.util.List;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Adc;
import org.emat.arch.Architecture.Device;

/** The architecture, and how to repeat the run. */
final class Hardware {
    private Hardware() {}

    static Element architecture(Architecture hardware) {
        int lines = Architecture.linesPerWeight(hardware.weightBits(), hardware.cellBits(), hardware.encoding());
        Adc adc = hardware.adc();
        return Lists.section("architecture", "Architecture", "")
                .add(Lists.definitions(List.of(
                        new Fact(
                                "Crossbar",
                                hardware.crossbar().rows() + " × "
                                        + hardware.crossbar().columns(),
                                "word lines × bit lines"),
                        new Fact("Cell", bits(hardware.cellBits()), device(hardware.device())),
                        new Fact(
                                "Weights",
                                bits(hardware.weightBits()),
                                Figures.name(hardware.encoding()) + ", " + Figures.count(lines, "bit line")
                                        + " per weight"),
                        new Fact("Inputs", bits(hardware.inputBits()), "bit-serial, one bit a read"),
                        new Fact(
                                "ADC",
                                bits(adc.bits()),
                                Figures.count(adc.columnsPerAdc(), "bit line") + " each"
                                        + (adc.lsb() == 0 ? "" : ", sums shifted right by " + adc.lsb())
                                        + offsets(adc)),
                        new Fact("Activations", bits(hardware.activationBits()), "input of slopes and tables"),
                        new Fact("Mapping", Figures.name(hardware.mapping()), "of transposed convolutions"),
                        new Fact("One-pixel inputs", Figures.name(hardware.onePixel()), ""),
                        new Fact("Groups", Figures.name(hardware.groups()), "arrays of channel groups"),
                        new Fact("Streams", bits(hardware.streamBits()), "a beat"))));
    }

    static Element provenance(Provenance provenance) {
        Element section = Lists.section("provenance", "Provenance", "");
        add(section, "Tools", provenance.tools());
        add(section, "Inputs", provenance.inputs());
        add(section, "Times", provenance.times());
        return section;
    }

    private static void add(Element section, String title, List<Fact> facts) {
        if (!facts.isEmpty()) {
            section.add(Element.of("h3").text(title)).add(Lists.definitions(facts));
        }
    }

    private static String bits(int bits) {
        return Figures.count(bits, "bit");
    }

    private static String offsets(Adc adc) {
        return adc.offsetSpread() == 0 ? "" : ", offsets up to ±" + adc.offsetSpread() + " codes";
    }

    private static String device(Device device) {
        if (device.isIdeal()) {
            return "ideal device";
        }
        return Figures.percent(device.stuckAtZero(), 1) + " stuck at 0, " + Figures.percent(device.stuckAtOne(), 1)
                + " at 1, deviation up to ±" + device.deviationSpread() + " / " + (1 << device.fractionBits())
                + ", seed " + device.seed();
    }
}
