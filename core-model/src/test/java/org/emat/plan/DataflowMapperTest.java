package org.emat.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Budget;
import org.emat.integer.IntegerNetwork;
import org.emat.reference.DrawnDesign;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;
import org.junit.jupiter.api.Test;

class DataflowMapperTest {
    /** Every combination of copies and sharing is tried; none within the budget is faster. */
    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void findsWhatAnExhaustiveSearchFinds(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DrawnDesign design = DrawnDesign.draw(random);
        List<List<EnginePlan>> ways = ways(design);
        Budget budget = budget(random, ways);
        Dataflow found = new DataflowMapper(design.architecture().with(budget)).map("found", design.network());
        assertThat(found.crossbars()).isLessThanOrEqualTo(budget.crossbars());
        assertThat(found.converters()).isLessThanOrEqualTo(budget.converters());
        assertThat(found.pace())
                .isEqualTo(fastest(
                        ways,
                        List.of(),
                        budget.crossbars(),
                        budget.converters(),
                        design.plan().streamBits()));
        assertThat(found.bound().orElseThrow().cycles()).isLessThanOrEqualTo(found.pace() + 1e-6);
    }

    /** The pace is what a full pipeline needs at least, as the stepped handshakes show. */
    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void noPipelineIsFasterThanItsPace(@ForAll long seed) {
        DrawnDesign design = DrawnDesign.draw(new SplittableRandom(seed));
        Plan plan = design.plan();
        long pace = new Dataflow(plan, Budget.unlimited(), Optional.empty()).pace();
        assertThat(cycles(plan, 12) - cycles(plan, 4)).isGreaterThanOrEqualTo(8 * pace);
    }

    @Test
    void saysWhatIsMissing() {
        DrawnDesign design = DrawnDesign.draw(new SplittableRandom(3));
        EnginePlan first = ways(design).get(0).get(0);
        assertThat(first.crossbars()).isGreaterThan(1);
        assertThatThrownBy(() -> map(design, new Budget(1, Budget.UNLIMITED)))
                .hasMessageStartingWith("budget/crossbars is 1, but the layers need ");
        assertThatThrownBy(() -> map(design, new Budget(Budget.UNLIMITED, 1)))
                .hasMessageStartingWith("budget/converters is 1, but the layers need ");
        assertThatThrownBy(() -> new Budget(0, 1)).hasMessageContaining("budget/crossbars");
    }

    private static Dataflow map(DrawnDesign design, Budget budget) {
        return new DataflowMapper(design.architecture().with(budget)).map("found", design.network());
    }

    private static long cycles(Plan plan, int frames) {
        return new Scheduler().count(plan, frames, StallScript.none()).cycles();
    }

    /** Per layer, all engines that may be chosen. */
    private static List<List<EnginePlan>> ways(DrawnDesign design) {
        Architecture architecture = design.architecture();
        IntegerNetwork network = design.network();
        Mapper mapper = new Mapper(architecture);
        List<List<EnginePlan>> ways = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            List<EnginePlan> engines = new ArrayList<>();
            boolean last = i == network.layers().size() - 1;
            EnginePlan once = mapper.engine(network.layers().get(i), last, new Placement(1, 1));
            int lines = once.array().weightsPerCrossbar() * once.array().linesPerWeight();
            int fastest = architecture.adc().columnsPerAdc();
            for (int copies = 1;
                    copies <= (once.canBeCopied() ? once.window().horizontal().steps() : 1);
                    copies++) {
                for (int share = fastest; share <= Math.max(fastest, lines); share++) {
                    engines.add(mapper.engine(network.layers().get(i), last, new Placement(copies, share)));
                }
            }
            ways.add(engines);
        }
        return ways;
    }

    /** Between what is needed and three times what one copy takes. */
    private static Budget budget(SplittableRandom random, List<List<EnginePlan>> ways) {
        int crossbars = 0;
        long least = 0;
        long most = 0;
        for (List<EnginePlan> engines : ways) {
            crossbars += engines.get(0).crossbars();
            least += engines.stream().mapToLong(EnginePlan::converters).min().orElseThrow();
            most += 3 * engines.get(0).converters();
        }
        return new Budget(Math.max(1, crossbars + random.nextInt(2 * crossbars + 1)), (int)
                Math.max(1, least + random.nextLong(most - least + 1)));
    }

    private static long fastest(
            List<List<EnginePlan>> ways, List<EnginePlan> chosen, long crossbars, long converters, int streamBits) {
        if (chosen.size() == ways.size()) {
            return new Dataflow(new Plan("p", chosen, streamBits), Budget.unlimited(), Optional.empty()).pace();
        }
        long fastest = Long.MAX_VALUE;
        for (EnginePlan engine : ways.get(chosen.size())) {
            long left = crossbars - engine.crossbars();
            long leftConverters = converters - engine.converters();
            if (left >= 0 && leftConverters >= 0) {
                List<EnginePlan> more = new ArrayList<>(chosen);
                more.add(engine);
                fastest = Math.min(fastest, fastest(ways, more, left, leftConverters, streamBits));
            }
        }
        return fastest;
    }
}
