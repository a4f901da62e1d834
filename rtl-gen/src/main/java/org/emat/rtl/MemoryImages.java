package org.emat.rtl;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntToLongFunction;
import org.emat.arch.Architecture;
import org.emat.device.DeviceMap;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;

/** Everything that is loaded into a design: cells, converter offsets, scales, tables. One hex file per memory. */
public final class MemoryImages {
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();
    private static final long BIAS_MASK = (1L << 48) - 1;

    private MemoryImages() {}

    /** Writes the images of all engines into a folder. */
    public static void write(Plan plan, IntegerNetwork network, Architecture architecture, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < plan.engines().size(); i++) {
            EngineImages images = of(plan.engines().get(i), i, network.layers().get(i), architecture);
            String prefix = folder + TopContext.imagePrefix(plan, i);
            hex(Path.of(prefix + "_cells.hex"), images.cells().length, 16, k -> images.cells()[k]);
            if (plan.engines().get(i).array().adcOffsets()) {
                hex(Path.of(prefix + "_offsets.hex"), images.offsets().length, 4, k -> images.offsets()[k]);
            }
            hex(Path.of(prefix + "_scales.hex"), images.scales().length, 16, k -> images.scales()[k]);
            hex(Path.of(prefix + "_shifts.hex"), images.shifts().length, 16, k -> images.shifts()[k]);
            hex(Path.of(prefix + "_bounds.hex"), images.bounds().length, 16, k -> images.bounds()[k]);
            if (images.table().length > 0) {
                int digits = (plan.engines().get(i).output().bits() + 3) / 4;
                hex(Path.of(prefix + "_table.hex"), images.table().length, digits, k -> images.table()[k]);
            }
        }
    }

    /**
     * Memory contents of one engine.
     *
     * @param cells words of 64 cells' value bit, in the order of {@link DeviceMap#image}
     * @param offsets converter offsets; all 0 without offsets
     * @param scales bias in the upper 48 bits, multiplier in the lower 16
     * @param shifts slope factor in bits 21 to 6, shift in bits 5 to 0
     * @param table words of the table, two to the power of the requantised width; empty without a table
     * @param bounds low, high, slope shift and positive slope, 0
     */
    public record EngineImages(
            long[] cells, int[] offsets, long[] scales, long[] shifts, long[] table, long[] bounds) {}

    /** The memory contents of an engine. */
    public static EngineImages of(EnginePlan engine, int index, IntegerLayer layer, Architecture architecture) {
        DeviceMap device = new DeviceMap(engine, index, layer, architecture);
        Requantiser requantiser = layer.requantiser();
        int entries = requantiser.bias().length;
        long[] scales = new long[entries];
        long[] shifts = new long[entries];
        long[] bounds = {requantiser.low(), requantiser.high(), 0, 0};
        for (int i = 0; i < entries; i++) {
            scales[i] = (requantiser.bias()[i] & BIAS_MASK) << 16 | requantiser.multiplier()[i];
            shifts[i] = requantiser.shift()[i];
        }
        long[] table = {};
        if (layer.activation() instanceof IntegerActivation.Sloped sloped) {
            bounds[2] = (long) sloped.shift() << 16 | sloped.positive();
            for (int i = 0; i < entries; i++) {
                shifts[i] |= (sloped.negative()[i] & 0xFFFFL) << 6;
            }
        } else if (layer.activation() instanceof IntegerActivation.Tabled tabled) {
            table = new long[1 << engine.scale().requantised().bits()];
            long mask = (1L << engine.output().bits()) - 1;
            for (int i = 0; i < tabled.entries().length; i++) {
                table[i] = tabled.entries()[i] & mask;
            }
        }
        return new EngineImages(device.image(), device.offsets(), scales, shifts, table, bounds);
    }

    static void hex(Path file, int count, int digits, IntToLongFunction word) throws IOException {
        char[] line = new char[digits + 1];
        line[digits] = '\n';
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            for (int i = 0; i < count; i++) {
                long value = word.applyAsLong(i);
                for (int d = digits - 1; d >= 0; d--) {
                    line[d] = DIGITS[(int) (value & 15)];
                    value >>>= 4;
                }
                out.write(line);
            }
        }
    }
}
