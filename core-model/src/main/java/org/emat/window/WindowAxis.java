package org.emat.window;

/**
 * How steps move along one axis (design: the window engine).
 *
 * <p>At step {@code i} the window covers virtual input positions {@code i·advance + origin} to {@code i·advance + origin
 * + window − 1}. A virtual position v is the real pixel {@code v / stretch} when v is a multiple of stretch inside the
 * input, and zero otherwise. The step computes output positions {@code i·block} to {@code i·block + block − 1}; those at
 * or beyond the output size are dropped.
 *
 * @param steps number of steps, ⌈output / block⌉
 * @param advance virtual positions a step advances
 * @param block output positions of a step
 * @param window virtual positions of the window
 * @param origin first virtual position of the window of step 0, usually minus the padding
 * @param stretch distance of real pixels on the virtual axis; above 1 only where zeros are inserted, with advance 1
 * @param input real input size
 * @param output output size
 */
public record WindowAxis(
        int steps, int advance, int block, int window, int origin, int stretch, int input, int output) {
    public WindowAxis {
        if (steps < 1 || advance < 1 || block < 1 || window < 1 || stretch < 1 || input < 1 || output < 1) {
            throw new IllegalArgumentException("sizes of a window axis must be at least 1");
        }
        if (stretch > 1 && advance > 1) {
            throw new IllegalArgumentException("a window over inserted zeros advances by 1, not by " + advance);
        }
    }

    /** Steps that each do the work of as many neighbouring ones. */
    WindowAxis copied(int copies) {
        return new WindowAxis(
                (steps + copies - 1) / copies,
                copies * advance,
                copies * block,
                window + (copies - 1) * advance,
                origin,
                stretch,
                input,
                output);
    }

    /** The real position of a virtual one, or −1 where the window reads zero. */
    public int real(int virtual) {
        if (virtual < 0 || virtual % stretch != 0) {
            return -1;
        }
        int position = virtual / stretch;
        return position < input ? position : -1;
    }

    /** First virtual position of the window of a step. */
    public int start(int step) {
        return step * advance + origin;
    }

    /** Smallest real position that the window of this or any later step of the frame may read, 0 to input. */
    public int lowest(int step) {
        int start = Math.max(0, start(step));
        return Math.min(input, (start + stretch - 1) / stretch);
    }

    /** One more than the largest real position that the window of a step reads, 0 to input. */
    public int end(int step) {
        int last = start(step) + window - 1;
        return last < 0 ? 0 : Math.min(input, last / stretch + 1);
    }

    /**
     * Rows of a line buffer so that the rows of a step row and those of the next one fit together, over the end of a
     * frame too: the next window can then be fetched while this one is computed.
     */
    public int bufferRows() {
        int most = 1;
        for (int step = 0; step < steps; step++) {
            int next = step + 1 < steps ? end(step + 1) : input + end(0);
            most = Math.max(most, Math.max(next, end(step)) - lowest(step));
        }
        return most;
    }
}
