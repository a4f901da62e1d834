package org.emat.schedule;

import org.emat.plan.StreamPlan;

/** The handshakes of stream_unpack and stream_pack, cycle by cycle. */
final class StreamClock {
    private StreamClock() {}

    /** Beats to transfers. */
    static final class Unpack {
        private final int beatsPerTransfer;
        private final int transfersPerBeat;
        private final int transfers;
        private int beats;
        private int index;
        private int transfer;

        Unpack(StreamPlan plan) {
            beatsPerTransfer = plan.beatsPerTransfer();
            transfersPerBeat = plan.transfersPerBeat();
            transfers = plan.transfers();
        }

        boolean valid() {
            return beats == beatsPerTransfer;
        }

        private boolean beatEnd() {
            return index == transfersPerBeat - 1 || transfer == transfers - 1;
        }

        boolean ready(boolean transferReady) {
            return !valid() || (transferReady && beatEnd());
        }

        void tick(boolean beatTaken, boolean transferTaken) {
            boolean emptied = transferTaken && beatEnd();
            if (transferTaken) {
                index = beatEnd() ? 0 : index + 1;
                transfer = transfer == transfers - 1 ? 0 : transfer + 1;
            }
            if (beatTaken) {
                beats = emptied ? 1 : beats + 1;
            } else if (emptied) {
                beats = 0;
            }
        }
    }

    /** Transfers to beats. */
    static final class Pack {
        private final int beatsPerTransfer;
        private final int transfersPerBeat;
        private final int transfers;
        private boolean full;
        private int index;
        private int beat;
        private int transfer;

        Pack(StreamPlan plan) {
            beatsPerTransfer = plan.beatsPerTransfer();
            transfersPerBeat = plan.transfersPerBeat();
            transfers = plan.transfers();
        }

        boolean valid() {
            return full;
        }

        boolean ready(boolean beatReady) {
            return !full || (beatReady && beat == beatsPerTransfer - 1);
        }

        void tick(boolean transferTaken, boolean beatTaken) {
            boolean emptied = beatTaken && beat == beatsPerTransfer - 1;
            if (beatTaken) {
                beat = emptied ? 0 : beat + 1;
            }
            if (transferTaken) {
                boolean frameEnd = transfer == transfers - 1;
                full = index == transfersPerBeat - 1 || frameEnd;
                index = full ? 0 : index + 1;
                transfer = frameEnd ? 0 : transfer + 1;
            } else if (emptied) {
                full = false;
            }
        }
    }
}
