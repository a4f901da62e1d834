package org.emat.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a long step is: a bar on a terminal; elsewhere a line now and then, and none for short steps, so that pipes
 * stay quiet.
 */
final class Progress implements AutoCloseable {
    private static final long QUIET = 15_000_000_000L;
    private static final int PER_MILLE = 1000;

    private final PrintWriter error;
    private final boolean terminal;
    private final boolean silent;
    private ProgressBar bar;
    private String step = "";
    private long spoken;

    /**
     * A display.
     *
     * @param error where plain lines go
     * @param silent whether nothing is shown at all
     */
    Progress(PrintWriter error, boolean silent) {
        this.error = error;
        this.silent = silent;
        // The launcher knows whether standard error is a terminal.
        this.terminal = Boolean.getBoolean("emat.terminal");
    }

    /** Begins a step, which ends the one before. */
    void begin(String name) {
        end();
        step = name;
        spoken = System.nanoTime();
        if (terminal && !silent) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(PER_MILLE)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .clearDisplayOnFinish()
                    .hideEta()
                    .build();
        }
    }

    /** How much of the step is done, in thousandths. */
    void at(long perMille) {
        at(perMille, "");
    }

    /**
     * How much of the step is done.
     *
     * @param perMille in thousandths
     * @param note what else there is to say of it, or nothing
     */
    void at(long perMille, String note) {
        long share = Math.max(0, Math.min(PER_MILLE, perMille));
        if (bar != null) {
            bar.setExtraMessage(note);
            bar.stepTo(share);
        } else if (!silent && System.nanoTime() - spoken > QUIET) {
            spoken = System.nanoTime();
            error.println("emat: " + step + ", " + share / 10 + " %" + (note.isEmpty() ? "" : ", " + note));
            error.flush();
        }
    }

    /** Ends the step. */
    void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    @Override
    public void close() {
        end();
    }
}
