package org.emat.measure;

import java.util.List;
import org.emat.arch.Architecture;
import org.emat.integer.Frame;
import org.emat.integer.IntegerNetwork;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.suite.Row;
import org.emat.suite.SeededRow;

/**
 * A row as a design of one mapping, with its drawn data.
 *
 * @param row the row
 * @param variant the mapping
 * @param setting what is the same for all mappings of the row
 * @param network weights and scales
 * @param architecture the hardware
 * @param plan the design
 */
public record Subject(
        Row row, Variant variant, Setting setting, IntegerNetwork network, Architecture architecture, Plan plan) {
    /** All designs have this name, so that rows of equal layers share a simulator. */
    private static final String DESIGN = "bench";

    /**
     * The design of a row.
     *
     * @param network the row's network, drawn once for all mappings
     */
    public static Subject of(Row row, IntegerNetwork network, Variant variant) {
        Setting setting = Setting.of(row);
        Architecture architecture = setting.architecture(variant);
        return new Subject(row, variant, setting, network, architecture, new Mapper(architecture).map(DESIGN, network));
    }

    /** The first input frames. */
    List<Frame> frames(int count) {
        return new SeededRow(row).frames(count);
    }

    /** Steps of a frame, over all layers. */
    public long steps() {
        return plan.engines().stream()
                .mapToLong(engine -> engine.window().steps())
                .sum();
    }

    @Override
    public String toString() {
        return row.name() + ", " + variant;
    }
}
