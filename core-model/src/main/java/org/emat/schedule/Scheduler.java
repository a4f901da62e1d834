package org.emat.schedule;

import java.util.ArrayList;
import java.util.List;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;

/**
 * Predicts every cycle of a design by stepping the handshakes of its engines (design: timing contract). It knows no
 * data: only steps, windows, buffers and the stall script decide.
 */
public final class Scheduler {
    private static final long IDLE_LIMIT = 1L << 22;

    /**
     * Cycles of a run of several frames, back to back.
     *
     * @throws IllegalStateException if no handshake happens for four million cycles
     */
    public CycleCount count(Plan plan, int frames, StallScript script) {
        return new Run(plan, frames, script).count();
    }

    private static final class Run {
        private final StallScript script;
        private final List<EngineClock> engines = new ArrayList<>();
        private final StreamClock.Unpack unpack;
        private final StreamClock.Pack pack;
        private final boolean[] fires;
        private final boolean[] ready;
        private long inputBeats;
        private long outputBeats;
        private boolean offered;
        private long first = -1;
        private long last;

        Run(Plan plan, int frames, StallScript script) {
            this.script = script;
            for (EnginePlan engine : plan.engines()) {
                engines.add(new EngineClock(engine));
            }
            unpack = new StreamClock.Unpack(plan.inputStream());
            pack = new StreamClock.Pack(plan.outputStream());
            inputBeats = (long) frames * plan.inputStream().beatsPerFrame();
            outputBeats = (long) frames * plan.outputStream().beatsPerFrame();
            fires = new boolean[engines.size() + 1];
            ready = new boolean[engines.size()];
        }

        CycleCount count() {
            long cycle = 0;
            long idle = 0;
            while (outputBeats > 0) {
                idle = step(cycle) ? 0 : idle + 1;
                if (idle > IDLE_LIMIT) {
                    throw new IllegalStateException("no handshake for " + idle + " cycles after cycle " + cycle);
                }
                cycle++;
            }
            return new CycleCount(
                    cycle,
                    first,
                    last,
                    engines.stream().map(EngineClock::counts).toList());
        }

        /** One cycle; whether any handshake happened. */
        private boolean step(long cycle) {
            boolean sinkReady = !script.stallsOutput(cycle);
            boolean beatOut = pack.valid() && sinkReady;
            boolean packReady = pack.ready(sinkReady);
            int links = engines.size();
            fires[0] = unpack.valid() && engines.get(0).ready();
            for (int i = 0; i < links; i++) {
                boolean ready = i + 1 < links ? engines.get(i + 1).ready() : packReady;
                fires[i + 1] = engines.get(i).valid() && ready;
            }
            boolean beatIn = offer(cycle) && unpack.ready(engines.get(0).ready());
            tick(cycle, packReady, beatIn, beatOut);
            return beatIn || beatOut || anyFire();
        }

        private boolean anyFire() {
            for (boolean fire : fires) {
                if (fire) {
                    return true;
                }
            }
            return false;
        }

        private boolean offer(long cycle) {
            offered = inputBeats > 0 && (offered || !script.stallsInput(cycle));
            return offered;
        }

        private void tick(long cycle, boolean packReady, boolean beatIn, boolean beatOut) {
            int links = engines.size();
            for (int i = 0; i < links; i++) {
                ready[i] = i + 1 < links ? engines.get(i + 1).ready() : packReady;
            }
            for (int i = 0; i < links; i++) {
                engines.get(i).tick(cycle, fires[i], ready[i]);
            }
            unpack.tick(beatIn, fires[0]);
            pack.tick(fires[links], beatOut);
            if (beatIn) {
                inputBeats--;
                offered = false;
            }
            if (beatOut) {
                outputBeats--;
                first = first < 0 ? cycle : first;
                last = cycle;
            }
        }
    }
}
