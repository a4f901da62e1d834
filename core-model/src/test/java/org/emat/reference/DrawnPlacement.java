package org.emat.reference;

import java.util.List;
import java.util.SplittableRandom;
import org.emat.arch.Architecture;
import org.emat.integer.IntegerNetwork;
import org.emat.plan.EnginePlan;
import org.emat.plan.Mapper;
import org.emat.plan.Placement;
import org.emat.plan.Plan;

/** Random copies of arrays and sharing of converters, layer by layer. */
final class DrawnPlacement {
    private DrawnPlacement() {}

    /** A plan of a network; every second one as the architecture says, without copies. */
    static Plan plan(SplittableRandom random, Architecture architecture, IntegerNetwork network) {
        Mapper mapper = new Mapper(architecture);
        Plan plain = mapper.map("drawn", network);
        if (random.nextBoolean()) {
            return plain;
        }
        List<Placement> placements =
                plain.engines().stream().map(engine -> draw(random, engine)).toList();
        return mapper.map("drawn", network, placements);
    }

    private static Placement draw(SplittableRandom random, EnginePlan engine) {
        int most =
                engine.canBeCopied() ? Math.min(4, engine.window().horizontal().steps() + 1) : 1;
        return new Placement(1 + random.nextInt(most), 1 + random.nextInt(5));
    }
}
