package org.emat.schedule;

import org.emat.plan.StreamPlan;

/** The handshakes of stream_unpack and stream_pack, cycle by cycle. */
final class StreamClock {
    private StreamClock() {}

    /** Beats to pixels. */
    static final class Unpack {
        private final int beatsPerPixel;
        private final int pixelsPerBeat;
        private final int pixels;
        private int beats;
        private int index;
        private int pixel;

        Unpack(StreamPlan plan) {
            beatsPerPixel = plan.beatsPerPixel();
            pixelsPerBeat = plan.pixelsPerBeat();
            pixels = plan.shape().pixels();
        }

        boolean valid() {
            return beats == beatsPerPixel;
        }

        private boolean beatEnd() {
            return index == pixelsPerBeat - 1 || pixel == pixels - 1;
        }

        boolean ready(boolean pixelReady) {
            return !valid() || (pixelReady && beatEnd());
        }

        void tick(boolean beatTaken, boolean pixelTaken) {
            boolean emptied = pixelTaken && beatEnd();
            if (pixelTaken) {
                index = beatEnd() ? 0 : index + 1;
                pixel = pixel == pixels - 1 ? 0 : pixel + 1;
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
        private final int beatsPerPixel;
        private final int pixelsPerBeat;
        private final int pixels;
        private boolean full;
        private int index;
        private int beat;
        private int pixel;

        Pack(StreamPlan plan) {
            beatsPerPixel = plan.beatsPerPixel();
            pixelsPerBeat = plan.pixelsPerBeat();
            pixels = plan.shape().pixels();
        }

        boolean valid() {
            return full;
        }

        boolean ready(boolean beatReady) {
            return !full || (beatReady && beat == beatsPerPixel - 1);
        }

        void tick(boolean pixelTaken, boolean beatTaken) {
            boolean emptied = beatTaken && beat == beatsPerPixel - 1;
            if (beatTaken) {
                beat = emptied ? 0 : beat + 1;
            }
            if (pixelTaken) {
                boolean frameEnd = pixel == pixels - 1;
                full = index == pixelsPerBeat - 1 || frameEnd;
                index = full ? 0 : index + 1;
                pixel = frameEnd ? 0 : pixel + 1;
            } else if (emptied) {
                full = false;
            }
        }
    }
}
