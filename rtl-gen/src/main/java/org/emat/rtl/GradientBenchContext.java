package org.emat.rtl;

import java.util.ArrayList;
import java.util.List;
import org.emat.train.GradientPlan;

/** What {@code harness/gradient_bench.v.vm} sees: the designs of one binary. Getters are bean style for Velocity. */
public final class GradientBenchContext {
    private final List<Design> designs = new ArrayList<>();

    GradientBenchContext(List<GradientPlan> plans) {
        for (GradientPlan plan : plans) {
            designs.add(new Design(designs.size(), plan));
        }
    }

    /** The designs. */
    public List<Design> getDesigns() {
        return List.copyOf(designs);
    }

    /** Width of the widest stream of windows. */
    public int getWindowBits() {
        return designs.stream().mapToInt(Design::getWindowBits).max().orElseThrow();
    }

    /** Width of the widest stream of blocks. */
    public int getBlockBits() {
        return designs.stream().mapToInt(Design::getBlockBits).max().orElseThrow();
    }

    /** Width of the widest read-out. */
    public int getOutBits() {
        return designs.stream().mapToInt(Design::getOutBits).max().orElseThrow();
    }

    /** One design. */
    public static final class Design {
        private final int index;
        private final GradientPlan plan;

        Design(int index, GradientPlan plan) {
            this.index = index;
            this.plan = plan;
        }

        /** Which value of {@code select} it answers to. */
        public int getIndex() {
            return index;
        }

        /** Its top module. */
        public String getModule() {
            return GradientGenerator.module(plan);
        }

        /** Width of its stream of windows. */
        public int getWindowBits() {
            return plan.window().pixelBits();
        }

        /** Width of its stream of blocks. */
        public int getBlockBits() {
            return plan.block().pixelBits();
        }

        /** Width of its read-out. */
        public int getOutBits() {
            return plan.lanes() * plan.accumulatorBits();
        }
    }
}
