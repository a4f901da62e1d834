package org.emat.rtl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emat.train.gan.LossUnit;
import org.emat.train.gan.Response.Curve;
import org.emat.train.gan.Response.Tabled;
import org.emat.train.machine.MachineLayer;
import org.emat.train.machine.MachinePlan;

/** Tables that a machine loads: one hex file each. Parameters and momenta reach it through its ports. */
public final class TrainerImages {
    private static final int WORD_DIGITS = 4;
    private static final int LOSS_DIGITS = 8;

    private TrainerImages() {}

    /** Prefix of a layer's images. */
    static String prefix(MachinePlan plan, MachineLayer layer) {
        return "/" + plan.name() + "_" + layer.id();
    }

    /** Writes all images into a folder. */
    public static void write(MachinePlan plan, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (MachineLayer layer : plan.layers()) {
            if (layer.layer().response() instanceof Tabled tabled) {
                int[] table = tabled.curve().table(plan.gan().format().imageExponent());
                int mask = (1 << plan.gan().format().activationBits()) - 1;
                MemoryImages.hex(
                        Path.of(folder + prefix(plan, layer) + "_table.hex"),
                        table.length,
                        WORD_DIGITS,
                        i -> table[i] & mask);
            }
        }
        int[] sigmoid = Curve.SIGMOID.table(
                plan.gan().loss().errorExponent(plan.gan().format().errorBits()));
        int[] softplus = LossUnit.softplus();
        Path place = Path.of(folder + "/" + plan.name());
        MemoryImages.hex(Path.of(place + "_sigmoid.hex"), sigmoid.length, WORD_DIGITS, i -> sigmoid[i]);
        MemoryImages.hex(Path.of(place + "_softplus.hex"), softplus.length, LOSS_DIGITS, i -> softplus[i]);
    }
}
