package org.emat.cli;

import java.util.ArrayList;
import java.util.List;
import org.emat.report.TrainingContent.Losses;

/** The losses of a training, step by step as long as there are few, then every second, fourth, … of them. */
final class LossCurve {
    private static final int MOST = 600;

    private final List<Losses> points = new ArrayList<>();
    private final long begun = System.nanoTime();
    private long stride = 1;
    private long seen;
    private Losses newest = new Losses(0, 0, 0);

    /** Takes the running means after a step. */
    void add(long step, double discriminator, double generator) {
        newest = new Losses(step, discriminator, generator);
        if (seen++ % stride == 0) {
            points.add(newest);
        }
        if (points.size() == MOST) {
            for (int i = points.size() - 1; i > 0; i -= 2) {
                points.remove(i);
            }
            stride *= 2;
        }
    }

    /** Wall time since the training was asked for, in s. */
    double seconds() {
        return (System.nanoTime() - begun) * 1e-9;
    }

    /** Steps that were done. */
    long steps() {
        return seen;
    }

    /** The points, the newest among them; none before the first step. */
    List<Losses> points() {
        List<Losses> all = new ArrayList<>(points);
        if (seen > 0 && !all.get(all.size() - 1).equals(newest)) {
            all.add(newest);
        }
        return all;
    }
}
