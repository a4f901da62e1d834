package org.emat.train.machine;

import java.util.ArrayList;
import java.util.List;
import org.emat.train.machine.StepSchedule.Buffer;
import org.emat.train.machine.StepSchedule.Image;
import org.emat.train.machine.StepSchedule.Kind;
import org.emat.train.machine.StepSchedule.Life;

/** Notes how full a buffer is and how long each image stays in it. */
final class BufferWatch {
    /** Spans of the profile at most; where there would be more, two become one. */
    private static final int MOST_SPANS = 512;

    private final String name;
    private final int pixelBits;
    private final int capacity;
    private final int imagePixels;
    private final FrameClock buffer;
    private final List<Kind> kinds; // of batch after batch
    private final int batch;
    private final List<Long> written = new ArrayList<>(); // [image] cycle of its first pixel
    private final List<Long> read = new ArrayList<>(); // [image] cycle in which its last pixel is given up
    private final List<Integer> held = new ArrayList<>();
    private long span = 1;

    BufferWatch(
            String name, int pixelBits, int capacity, int imagePixels, FrameClock buffer, List<Kind> kinds, int batch) {
        this.name = name;
        this.pixelBits = pixelBits;
        this.capacity = capacity;
        this.imagePixels = imagePixels;
        this.buffer = buffer;
        this.kinds = kinds;
        this.batch = batch;
    }

    /** Sees a cycle, before the clock edge that ends it; what is new came with the edge before. */
    void see(long cycle) {
        while ((long) written.size() * imagePixels < buffer.written()) {
            written.add(cycle - 1);
        }
        while ((read.size() + 1L) * imagePixels <= buffer.written() - buffer.held()) {
            read.add(cycle - 1);
        }
        if (cycle / span == MOST_SPANS) {
            halve();
        }
        int index = (int) (cycle / span);
        if (index == held.size()) {
            held.add(0);
        }
        held.set(index, Math.max(held.get(index), buffer.held()));
    }

    private void halve() {
        for (int i = 0; i < MOST_SPANS / 2; i++) {
            held.set(i, Math.max(held.get(2 * i), held.get(2 * i + 1)));
        }
        held.subList(MOST_SPANS / 2, MOST_SPANS).clear();
        span *= 2;
    }

    /** What it has seen. */
    Buffer buffer() {
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            lives.add(new Life(new Image(kinds.get(i / batch), i % batch), written.get(i), read.get(i)));
        }
        int most = held.stream().mapToInt(Integer::intValue).max().orElse(0);
        return new Buffer(name, pixelBits, capacity, most, lives, span, held);
    }
}
