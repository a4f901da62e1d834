package org.emat.train.machine;

import java.util.ArrayList;
import java.util.List;
import org.emat.train.machine.StepSchedule.Buffer;
import org.emat.train.machine.StepSchedule.Content;
import org.emat.train.machine.StepSchedule.Image;
import org.emat.train.machine.StepSchedule.Life;

/** Notes how full a buffer is and how long each image stays in it. */
final class BufferWatch {
    /** Spans of the profile at most; where there would be more, two become one. */
    private static final int MOST_SPANS = 512;

    private final String name;
    private final Content content;
    private final int pixelBits;
    private final int capacity;
    private final int imagePixels;
    private final FrameClock buffer;
    private final List<Image> images; // in the order in which they may be written
    private final List<Long> written = new ArrayList<>(); // [image] cycle of its first pixel
    private final List<Long> read = new ArrayList<>(); // [image] cycle in which its last pixel is given up
    private final List<Integer> held = new ArrayList<>();
    private long span = 1;

    BufferWatch(
            String name,
            Content content,
            int pixelBits,
            int capacity,
            int imagePixels,
            FrameClock buffer,
            List<Image> images) {
        this.name = name;
        this.content = content;
        this.pixelBits = pixelBits;
        this.capacity = capacity;
        this.imagePixels = imagePixels;
        this.buffer = buffer;
        this.images = images;
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
            lives.add(new Life(images.get(i), written.get(i), read.get(i)));
        }
        int most = held.stream().mapToInt(Integer::intValue).max().orElse(0);
        return new Buffer(name, content, pixelBits, capacity, most, buffer.traffic(), lives, span, held);
    }
}
