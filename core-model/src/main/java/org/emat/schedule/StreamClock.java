package org.emat.schedule;

import org.emat.plan.StreamPlan;

/** The handshakes of stream_unpack and stream_pack, cycle by cycle. */
final class StreamClock {
    private StreamClock() {}

    /** Beats to pixels. */
    static final class Unpack {
        private final StreamPlan plan;
        private int beats;
        private int index;
        private int pixel;

        Unpack(StreamPlan plan) {
            this.plan = plan;
        }

        boolean valid() {
            return beats == plan.beatsPerPixel();
        }

        private boolean beatEnd() {
            return index == plan.pixelsPerBeat() - 1 || pixel == plan.shape().pixels() - 1;
        }

        boolean ready(boolean pixelReady) {
            return !valid() || (pixelReady && beatEnd());
        }

        void tick(boolean beatTaken, boolean pixelTaken) {
            boolean emptied = pixelTaken && beatEnd();
            if (pixelTaken) {
                index = beatEnd() ? 0 : index + 1;
                pixel = pixel == plan.shape().pixels() - 1 ? 0 : pixel + 1;
            }
            if (beatTaken) {
                beats = emptied ? 1 : beats + 1;
            } else if (emptied) {
                beats = 0;
            }
        }
    }

    /** Pixels to beats. */
    static final class Pack {
        private final StreamPlan plan;
        private boolean full;
        private int index;
        private int beat;
        private int pixel;

        Pack(StreamPlan plan) {
            this.plan = plan;
        }

        boolean valid() {
            return full;
        }

        boolean ready(boolean beatReady) {
            return !full || (beatReady && beat == plan.beatsPerPixel() - 1);
        }

        void tick(boolean pixelTaken, boolean beatTaken) {
            boolean emptied = beatTaken && beat == plan.beatsPerPixel() - 1;
            if (beatTaken) {
                beat = emptied ? 0 : beat + 1;
            }
            if (pixelTaken) {
                boolean frameEnd = pixel == plan.shape().pixels() - 1;
                full = index == plan.pixelsPerBeat() - 1 || frameEnd;
                index = full ? 0 : index + 1;
                pixel = frameEnd ? 0 : pixel + 1;
            } else if (emptied) {
                full = false;
            }
        }
    }
}
