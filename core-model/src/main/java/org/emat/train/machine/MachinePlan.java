package org.emat.train.machine;

import java.util.List;
import java.util.stream.Stream;
import org.emat.train.gan.GanPlan;

/**
 * A machine that trains a generative adversarial network: engines and buffers of every layer of both networks. The golden
 * clock and the generator both read it.
 *
 * @param name identifier of the design in Verilog
 * @param gan networks and training
 * @param options how a step runs
 * @param generator layers of the generator
 * @param discriminator layers of the discriminator
 * @param keptImages pixels that the buffer of generated images holds
 */
public record MachinePlan(
        String name,
        GanPlan gan,
        MachineOptions options,
        List<MachineLayer> generator,
        List<MachineLayer> discriminator,
        int keptImages) {
    public MachinePlan {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("the name of a design must be of lower-case letters, digits and"
                    + " underscores, a letter first, not '" + name + "'");
        }
        generator = List.copyOf(generator);
        discriminator = List.copyOf(discriminator);
    }

    /** The layers of the generator, then those of the discriminator. */
    public List<MachineLayer> layers() {
        return Stream.concat(generator.stream(), discriminator.stream()).toList();
    }

    /** Whether a layer, by its number among {@link #layers}, is the discriminator's. */
    public boolean judges(int layer) {
        return layer >= generator.size();
    }
}
