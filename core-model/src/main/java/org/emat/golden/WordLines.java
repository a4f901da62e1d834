package org.emat.golden;

import java.util.Arrays;
import java.util.List;
import org.emat.integer.Frame;
import org.emat.plan.EnginePlan;
import org.emat.window.Tap;
import org.emat.window.WindowAxis;

/** The words on the word lines of one array, read from a frame through the window of a step. Immutable. */
final class WordLines {
    private final int[] tapRows;
    private final int[] tapColumns;
    private final int groupInputs;
    private final int firstChannel;
    private final int channels;
    private final int width;
    private final int steps;
    private final int advanceY;
    private final int advanceX;
    private final int[] realRows; // [virtual row − origin] row of the frame, or −1 for zeros
    private final int[] realColumns;

    /**
     * The word lines of an array.
     *
     * @param engine the plan
     * @param taps taps in the order of the word lines
     * @param group which of the groups that have arrays of their own
     */
    WordLines(EnginePlan engine, List<Tap> taps, int group) {
        WindowAxis vertical = engine.window().vertical();
        WindowAxis horizontal = engine.window().horizontal();
        this.tapRows = taps.stream().mapToInt(Tap::windowY).toArray();
        this.tapColumns = taps.stream().mapToInt(Tap::windowX).toArray();
        this.groupInputs = engine.groupInputs();
        this.firstChannel = group * groupInputs;
        this.channels = engine.geometry().input().channels();
        this.width = horizontal.input();
        this.steps = horizontal.steps();
        this.advanceY = vertical.advance();
        this.advanceX = horizontal.advance();
        this.realRows = real(vertical);
        this.realColumns = real(horizontal);
    }

    private static int[] real(WindowAxis axis) {
        int[] real = new int[(axis.steps() - 1) * axis.advance() + axis.window()];
        Arrays.setAll(real, position -> axis.real(position + axis.origin()));
        return real;
    }

    /** Number of word lines. */
    int count() {
        return tapRows.length * groupInputs;
    }

    /** Writes the words of a step to {@link #count()} places of {@code words} from {@code to}. */
    void read(Frame frame, int step, int[] words, int to) {
        int top = step / steps * advanceY;
        int left = step % steps * advanceX;
        int at = to;
        for (int tap = 0; tap < tapRows.length; tap++) {
            int row = realRows[top + tapRows[tap]];
            int column = realColumns[left + tapColumns[tap]];
            if (row < 0 || column < 0) {
                Arrays.fill(words, at, at + groupInputs, 0);
            } else {
                int from = (row * width + column) * channels + firstChannel;
                System.arraycopy(frame.words(), from, words, at, groupInputs);
            }
            at += groupInputs;
        }
    }
}
