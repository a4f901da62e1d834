package org.emat.plan;

import java.util.List;
import java.util.Optional;
import org.emat.arch.Architecture.Budget;

/**
 * A plan and how near it is to the fastest that its budget could allow.
 *
 * @param plan the mapping
 * @param budget what the chip has
 * @param bound a pace that no plan within the budget can beat; empty without a limit
 */
public record Dataflow(Plan plan, Budget budget, Optional<PaceBound> bound) {
    /** Cycles that a frame takes at least in a full pipeline: those of the slowest engine or stream. */
    public long pace() {
        return Math.max(
                plan.streamCycles(),
                plan.engines().stream()
                        .mapToLong(engine -> FrameCycles.of(engine).pace())
                        .max()
                        .orElseThrow());
    }

    /** Physical crossbars. */
    public long crossbars() {
        return plan.engines().stream().mapToLong(EnginePlan::crossbars).sum();
    }

    /** Converters. */
    public long converters() {
        return plan.engines().stream().mapToLong(EnginePlan::converters).sum();
    }

    /** The engines that set the pace; none where an external stream does. */
    public List<EnginePlan> slowest() {
        long pace = pace();
        return plan.engines().stream()
                .filter(engine -> FrameCycles.of(engine).pace() == pace)
                .toList();
    }
}
