package org.emat.train;

import org.emat.schedule.LineClock;

/**
 * The handshakes of {@code gradient_engine.v}, cycle by cycle. Every decision of a cycle reads the state before the clock
 * edge; {@link #tick} is the edge.
 */
public final class GradientClock {
    private enum State {
        CLEAR,
        ACCUMULATE,
        READ
    }

    private final GradientPlan plan;
    private final GradientWork work;
    private final int frames;
    private final LineClock window;
    private final LineClock block;
    private State state = State.CLEAR;
    private int clearRow;
    // Steps.
    private long left; // products of this step, those of this cycle included
    private int stepY;
    private int stepX;
    private int frame;
    private boolean allStarted;
    // Error frames of the batch.
    private int errorPixel;
    private int errorFrame;
    private boolean allErrors;
    // Read-out.
    private int readBeat;
    private boolean outValid;
    // Counters.
    private long clearing;
    private long busy;
    private long starved;
    private long reading;
    private long products;
    private long weightReads;
    private long cleared;
    private long steps;
    private long firstOutput = -1;
    private long lastOutput;

    /** A clock for batches of {@code frames} frames. */
    public GradientClock(GradientPlan plan, int frames) {
        this.plan = plan;
        this.frames = frames;
        work = new GradientWork(plan);
        window = plan.window().clock();
        block = plan.block().clock();
    }

    /** Whether a pixel of the windows can be taken in this cycle. */
    public boolean windowReady() {
        return window.ready() && !(plan.errorInWindow() && allErrors);
    }

    /** Whether a pixel of the blocks can be taken in this cycle. */
    public boolean blockReady() {
        return block.ready() && (plan.errorInWindow() || !allErrors);
    }

    /** Whether a word is offered in this cycle. */
    public boolean valid() {
        return outValid;
    }

    /** Frames of the batch all of whose steps have begun. */
    public int framesBegun() {
        return allStarted ? frames : frame;
    }

    /** Whether it works in this cycle without a handshake. */
    public boolean works() {
        return state == State.CLEAR || left > 0;
    }

    /** Whether products are formed in this cycle. */
    public boolean multiplies() {
        return state == State.ACCUMULATE && left > 0;
    }

    /**
     * The clock edge that ends a cycle.
     *
     * @param cycle number of the cycle
     * @param windowTaken whether a pixel of the windows is taken
     * @param blockTaken whether a pixel of the blocks is taken
     * @param outReady whether a word would be taken
     */
    public void tick(long cycle, boolean windowTaken, boolean blockTaken, boolean outReady) {
        boolean lastCycle = left <= plan.lanes();
        boolean start =
                state == State.ACCUMULATE && !allStarted && lastCycle && window.windowReady() && block.windowReady();
        boolean finished = state == State.ACCUMULATE && allStarted && left == 0;
        boolean handedOver = outValid && outReady && readBeat == plan.beats();
        count(cycle, start, outReady);
        tickState(finished, handedOver, outReady);
        window.tick(windowTaken, start);
        block.tick(blockTaken, start);
        tickErrors(plan.errorInWindow() ? windowTaken : blockTaken, handedOver);
        left = Math.max(0, left - plan.lanes());
        if (start) {
            left = work.products(stepY, stepX);
            nextStep();
        }
        allStarted &= !handedOver;
    }

    private void count(long cycle, boolean start, boolean outReady) {
        switch (state) {
            case CLEAR -> clearing++;
            case READ -> reading++;
            case ACCUMULATE -> {
                busy += left > 0 ? 1 : 0;
                starved += left > 0 ? 0 : 1;
            }
        }
        products += Math.min(left, plan.lanes());
        steps += start ? 1 : 0;
        if (outValid && outReady) {
            firstOutput = firstOutput < 0 ? cycle : firstOutput;
            lastOutput = cycle;
        }
    }

    private void tickState(boolean finished, boolean handedOver, boolean outReady) {
        boolean issue = state == State.READ && readBeat < plan.beats() && (!outValid || outReady);
        outValid = issue || (outValid && !outReady);
        if (issue) {
            weightReads += readBeat < plan.rows() ? rowWords(readBeat) : 0;
            readBeat++;
        }
        if (state == State.CLEAR) {
            cleared += rowWords(clearRow);
        }
        if (state == State.CLEAR && ++clearRow == plan.rows()) {
            state = State.ACCUMULATE;
        } else if (finished) {
            readBeat = 0;
            state = State.READ;
        } else if (handedOver) {
            state = State.ACCUMULATE;
        }
    }

    private int rowWords(int row) {
        return Math.min(plan.lanes(), plan.weightWords() - row * plan.lanes());
    }

    private void tickErrors(boolean taken, boolean handedOver) {
        if (taken && ++errorPixel == plan.error().shape().pixels()) {
            errorPixel = 0;
            errorFrame = errorFrame == frames - 1 ? 0 : errorFrame + 1;
            allErrors = errorFrame == 0;
        }
        allErrors &= !handedOver;
    }

    private void nextStep() {
        if (++stepX < plan.stepsX()) {
            return;
        }
        stepX = 0;
        if (++stepY < plan.stepsY()) {
            return;
        }
        stepY = 0;
        frame = frame == frames - 1 ? 0 : frame + 1;
        allStarted = frame == 0;
    }

    /**
     * What has been counted.
     *
     * @param cycles cycles of the run
     */
    public GradientCycles counts(long cycles) {
        return new GradientCycles(
                cycles,
                clearing,
                busy,
                starved,
                reading,
                products,
                products + weightReads,
                products + cleared + weightReads,
                steps,
                window.writes(),
                window.reads(),
                block.writes(),
                block.reads(),
                Math.max(0, firstOutput),
                lastOutput);
    }
}
