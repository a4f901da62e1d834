package org.emat.rtl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emat.network.NumberFormat;
import org.emat.network.TensorShape;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;

/** What {@code harness/bench.v.vm} sees: the designs of one simulation binary. Getters are bean style for Velocity. */
public final class BenchContext {
    private final List<Plan> plans;

    /** A bench of designs. */
    public BenchContext(List<Plan> plans) {
        this.plans = List.copyOf(plans);
    }

    /** Width of the widest data stream. */
    public int getStreamBits() {
        return plans.stream().mapToInt(Plan::streamBits).max().orElseThrow();
    }

    /** Links of the design with most of them. */
    public int getLinks() {
        return plans.stream().mapToInt(plan -> plan.engines().size() + 1).max().orElseThrow();
    }

    /** Engines of the design with most of them. */
    public int getEngines() {
        return getLinks() - 1;
    }

    /** Bits of the widest window. */
    public int getWindowBits() {
        return engines().mapToInt(Engine::getWindowBits).max().orElseThrow();
    }

    /** Bits of the widest block of accumulators. */
    public int getBlockBits() {
        return engines().mapToInt(Engine::getBlockBits).max().orElseThrow();
    }

    private Stream<Engine> engines() {
        return getDesigns().stream().flatMap(design -> design.getEngines().stream());
    }

    /** Bits of all links of the design with the widest ones. */
    public int getTapBits() {
        return plans.stream()
                .mapToInt(plan -> taps(plan).stream().mapToInt(Tap::getBits).sum())
                .max()
                .orElseThrow();
    }

    /** The designs. */
    public List<Design> getDesigns() {
        List<Design> designs = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            designs.add(new Design(i, plans.get(i)));
        }
        return designs;
    }

    /** The links of a design. */
    public static List<Tap> taps(Plan plan) {
        List<Tap> taps = new ArrayList<>();
        EnginePlan first = plan.engines().get(0);
        int offset = 0;
        taps.add(new Tap(0, offset, bits(first.geometry().input(), first.input())));
        for (EnginePlan engine : plan.engines()) {
            Tap last = taps.get(taps.size() - 1);
            offset = last.offset + last.bits;
            taps.add(new Tap(
                    taps.size(), offset, engine.lanes() * bits(engine.geometry().output(), engine.output())));
        }
        return taps;
    }

    private static int bits(TensorShape shape, NumberFormat format) {
        return shape.channels() * format.bits();
    }

    /** One design. */
    public static final class Design {
        private final int index;
        private final Plan plan;

        Design(int index, Plan plan) {
            this.index = index;
            this.plan = plan;
        }

        /** Which value of {@code select} it answers to. */
        public int getIndex() {
            return index;
        }

        /** Its top module. */
        public String getModule() {
            return plan.name() + "_top";
        }

        /** Width of its data streams. */
        public int getStreamBits() {
            return plan.streamBits();
        }

        /** Its links. */
        public List<Tap> getTaps() {
            return taps(plan);
        }

        /** Its engines. */
        public List<Engine> getEngines() {
            return engines(plan);
        }
    }

    /** The engines of a design. */
    public static List<Engine> engines(Plan plan) {
        List<Engine> engines = new ArrayList<>();
        for (int i = 0; i < plan.engines().size(); i++) {
            engines.add(new Engine(i, plan.engines().get(i)));
        }
        return engines;
    }

    /** One engine of a design. */
    public static final class Engine {
        private final int index;
        private final EnginePlan plan;

        Engine(int index, EnginePlan plan) {
            this.index = index;
            this.plan = plan;
        }

        /** Position in the stream. */
        public int getIndex() {
            return index;
        }

        /** Instance name in the top of the design. */
        public String getInstance() {
            return new TopContext.Engine(index, plan, "").getInstance();
        }

        /** Bits of a window, as {@code window_register.v} packs it. */
        public int getWindowBits() {
            return plan.window().windowPixels() * bits(plan.geometry().input(), plan.input());
        }

        /** Bits of the accumulators of a finished block. */
        public int getBlockBits() {
            return plan.grid().pixels()
                    * plan.geometry().output().channels()
                    * plan.array().accumulatorBits();
        }
    }

    /** One link among the packed ones. */
    public static final class Tap {
        private final int index;
        private final int offset;
        private final int bits;

        Tap(int index, int offset, int bits) {
            this.index = index;
            this.offset = offset;
            this.bits = bits;
        }

        /** Index of the link. */
        public int getIndex() {
            return index;
        }

        /** First bit. */
        public int getOffset() {
            return offset;
        }

        /** Width. */
        public int getBits() {
            return bits;
        }
    }
}
