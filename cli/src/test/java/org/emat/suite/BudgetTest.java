package org.emat.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Budget;
import org.emat.integer.IntegerNetwork;
import org.emat.plan.Dataflow;
import org.emat.plan.DataflowMapper;
import org.emat.plan.Plan;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;
import org.junit.jupiter.api.Test;

/** Whole generators on twice the crossbars that they need. */
class BudgetTest {
    /** The pace that the stepped handshakes show, not the mapper's own estimate, against the bound. */
    @Test
    void generatorsComeWithinATenthOfTheBound() {
        Architecture architecture = Architecture.standard();
        List<Row> rows = BenchmarkSet.named("gan").rows();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(5);
        for (Row row : rows) {
            IntegerNetwork network = new SeededRow(row).network();
            Budget unlimited = architecture.budget();
            Dataflow once = new DataflowMapper(architecture).map("once", network);
            Budget twice = new Budget((int) (2 * once.crossbars()), unlimited.converters());
            Dataflow found = new DataflowMapper(architecture.with(twice)).map("twice", network);
            double bound = found.bound().orElseThrow().cycles();
            long frame = cycles(found.plan(), 3) - cycles(found.plan(), 2);
            System.out.printf(
                    "%s: %d of %d crossbars, %d cycles a frame, %d with one copy, bound %.0f by %s, %.1f %%%n",
                    row.name(),
                    found.crossbars(),
                    twice.crossbars(),
                    frame,
                    cycles(once.plan(), 3) - cycles(once.plan(), 2),
                    bound,
                    found.bound().orElseThrow().limit(),
                    100 * bound / frame);
            assertThat(frame).as(row.name()).isLessThanOrEqualTo((long) (1.1 * bound));
        }
    }

    private static long cycles(Plan plan, int frames) {
        return new Scheduler().count(plan, frames, StallScript.none()).cycles();
    }
}
