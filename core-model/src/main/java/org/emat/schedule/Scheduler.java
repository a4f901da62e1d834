package org.emat.schedule;

import java.util.Arrays;
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
        private final EngineClock[] engines;
        private final StreamClock.Unpack unpack;
        private final StreamClock.Pack pack;
        private final boolean[] fires; // [link] whether a pixel passes; link i leads to engine i, the last one out
        private final boolean[] ready; // [link]
        private long inputBeats;
        private long outputBeats;
        private boolean offered;
        private long first = -1;
        private long last;

        Run(Plan plan, int frames, StallScript script) {
            this.script = script;
            engines = plan.engines().stream().map(EngineClock::new).toArray(EngineClock[]::new);
            unpack = new StreamClock.Unpack(plan.inputStream());
            pack = new StreamClock.Pack(plan.outputStream());
            inputBeats = (long) frames * plan.inputStream().beatsPerFrame();
            outputBeats = (long) frames * plan.outputStream().beatsPerFrame();
            fires = new boolean[engines.length + 1];
            ready = new boolean[engines.length + 1];
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
                    Arrays.stream(engines).map(EngineClock::counts).toList());
        }

        /** One cycle; whether any handshake happened. */
        private boolean step(long cycle) {
            boolean sinkReady = !script.stallsOutput(cycle);
            boolean beatOut = pack.valid() && sinkReady;
            int out = engines.length;
            ready[out] = pack.ready(sinkReady);
            for (int i = 0; i < out; i++) {
                ready[i] = engines[i].ready();
            }
            fires[0] = unpack.valid() && ready[0];
            for (int i = 0; i < out; i++) {
                fires[i + 1] = engines[i].valid() && ready[i + 1];
            }
            boolean beatIn = offer(cycle) && unpack.ready(ready[0]);
            tick(cycle, beatIn, beatOut);
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

        private void tick(long cycle, boolean beatIn, boolean beatOut) {
            for (int i = 0; i < engines.length; i++) {
                engines[i].tick(cycle, fires[i], ready[i + 1]);
            }
            unpack.tick(beatIn, fires[0]);
            pack.tick(fires[engines.length], beatOut);
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
