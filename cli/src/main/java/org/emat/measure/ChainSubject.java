package org.emat.measure;

import java.util.ArrayList;
import java.util.List;
import org.emat.arch.Architecture;
import org.emat.integer.Frame;
import org.emat.integer.IntegerNetwork;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.plan.PlanJson;
import org.emat.rtl.RtlGenerator;
import org.emat.suite.Row;
import org.emat.suite.SeededRow;

/**
 * A forward or error row as a design of one mapping, with its drawn data.
 *
 * @param row the row
 * @param variant the mapping
 * @param setting what is the same for all mappings of the row
 * @param network weights and scales
 * @param architecture the hardware
 * @param plan the design
 */
public record ChainSubject(
        Row row, Variant variant, Setting setting, IntegerNetwork network, Architecture architecture, Plan plan)
        implements Subject {
    /** All designs have this name, so that rows of equal layers share a simulator. */
    private static final String DESIGN = "bench";

    /**
     * The design of a row.
     *
     * @param network the row's network, drawn once for all mappings
     */
    public static ChainSubject of(Row row, IntegerNetwork network, Variant variant) {
        Setting setting = Setting.of(row);
        Architecture architecture = setting.architecture(variant);
        return new ChainSubject(
                row, variant, setting, network, architecture, new Mapper(architecture).map(DESIGN, network));
    }

    /** The first input frames. */
    List<Frame> frames(int count) {
        return new SeededRow(row).frames(count);
    }

    @Override
    public long steps() {
        return plan.engines().stream()
                .mapToLong(engine -> engine.window().steps())
                .sum();
    }

    @Override
    public List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(architecture.toString(), PlanJson.write(plan)));
        RtlGenerator generator = new RtlGenerator();
        texts.addAll(Subject.inOrder(generator.generate(plan)));
        texts.addAll(Subject.inOrder(generator.harness(List.of(plan))));
        return texts;
    }

    @Override
    public String toString() {
        return row.name() + ", " + variant;
    }
}
