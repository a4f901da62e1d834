package org.emat.cost;

import java.util.List;
import java.util.stream.IntStream;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;

/** Energy and time of writing cells. */
public final class WriteModel {
    private final Constants constants;

    /** A model of a set of constants. */
    public WriteModel(Constants constants) {
        this.constants = constants;
    }

    /** Energy of writing cells. */
    public WriteEnergy energy(long cellWrites) {
        int prefix = Quantity.CELL_WRITE_ENERGY.path().length() + 1;
        List<WriteEnergy.Point> points = constants.of(Quantity.CELL_WRITE_ENERGY).entrySet().stream()
                .map(entry -> new WriteEnergy.Point(
                        entry.getKey().substring(prefix),
                        cellWrites * entry.getValue().base(),
                        entry.getValue().status()))
                .toList();
        return new WriteEnergy(points);
    }

    /** Writing all weights of a design once. */
    public Programming once(Plan plan) {
        double pulse = constants.value(Quantity.CELL_WRITE_LATENCY);
        long cells = 0;
        long wordLines = 0;
        int most = 0;
        for (EnginePlan engine : plan.engines()) {
            cells += engine.cells();
            for (int phase = 0; phase < engine.phases(); phase++) {
                wordLines += (long) engine.rows(phase) * engine.arrayGroups() * engine.columnBlocks();
                int rows = phase;
                most = Math.max(
                        most,
                        IntStream.range(0, engine.rowBlocks(phase))
                                .map(block -> engine.rowsOfBlock(rows, block))
                                .max()
                                .orElse(0));
            }
        }
        return new Programming(cells, energy(cells), most * pulse, wordLines * pulse);
    }
}
