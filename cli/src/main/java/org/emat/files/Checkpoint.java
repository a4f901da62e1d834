package org.emat.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.emat.network.InputException;
import org.emat.train.gan.GanState;
import org.emat.train.gan.NetworkState;
import org.emat.train.gan.NormalisationState;
import org.emat.train.gan.TrainingCounts;

/**
 * The state of a training as bytes: a first line, what identifies the training, the numbers of {@link GanState} in the order
 * of its records, each array behind its length, and the CRC-32 of all that; big-endian. A training without normalised layers
 * has the first line of version 2, as from before there were any; others have version 3.
 */
public final class Checkpoint {
    private static final byte[] FIRST_LINE = {'e', 'm', 'a', 't', ' ', '2', '\n'};
    private static final byte[] NORMALISED_LINE = {'e', 'm', 'a', 't', ' ', '3', '\n'};

    private Checkpoint() {}

    /** The bytes of a state. */
    public static byte[] bytes(GanState state, byte[] identity) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            boolean normalised = isNormalised(state.generator()) || isNormalised(state.discriminator());
            out.write(normalised ? NORMALISED_LINE : FIRST_LINE);
            out.write(identity);
            out.writeLong(state.step());
            write(out, state.generator(), normalised);
            write(out, state.discriminator(), normalised);
            out.writeLong(state.latents());
            out.writeLong(state.images());
            write(out, state.counts());
            out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static boolean isNormalised(NetworkState network) {
        return !network.normalisations().isEmpty();
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, length);
        return sum.getValue();
    }

    private static void write(DataOutputStream out, NetworkState network, boolean normalised) throws IOException {
        out.writeInt(network.parameters().length);
        for (int[] values : network.parameters()) {
            write(out, values);
        }
        for (int[] values : network.momenta()) {
            write(out, values);
        }
        for (long maximum : network.activationMaxima()) {
            out.writeLong(maximum);
        }
        for (long maximum : network.errorMaxima()) {
            out.writeLong(maximum);
        }
        for (long register : network.rounding()) {
            out.writeLong(register);
        }
        if (normalised) {
            out.writeInt(network.normalisations().size());
            for (NormalisationState layer : network.normalisations()) {
                write(out, layer);
            }
        }
    }

    private static void write(DataOutputStream out, NormalisationState layer) throws IOException {
        out.writeLong(layer.sumMaximum());
        out.writeLong(layer.errorMaximum());
        out.writeInt(layer.means().length);
        for (long mean : layer.means()) {
            out.writeLong(mean);
        }
        write(out, layer.mantissas());
        write(out, layer.shifts());
    }

    private static void write(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    private static void write(DataOutputStream out, TrainingCounts counts) throws IOException {
        out.writeLong(counts.saturatedActivations());
        out.writeLong(counts.saturatedErrors());
        out.writeLong(counts.saturatedMomenta());
        out.writeLong(counts.saturatedWeights());
        out.writeLong(counts.cellWrites());
        out.writeLong(counts.skippedCells());
    }

    /** The state of a file; refuses what is cut short, changed, of another version of emat or of another training. */
    static GanState read(Path file, byte[] identity) {
        byte[] bytes = InputFile.read(file, "a checkpoint");
        int content = bytes.length - Long.BYTES;
        int header = FIRST_LINE.length + identity.length;
        if (content < header || ByteBuffer.wrap(bytes).getLong(content) != checksum(bytes, content)) {
            throw new InputException("'" + file + "' is no checkpoint of emat, or it is cut short or changed.");
        }
        boolean normalised = begins(bytes, NORMALISED_LINE);
        if (!normalised && !begins(bytes, FIRST_LINE)) {
            throw new InputException("'" + file + "' is the checkpoint of another version of emat.");
        }
        if (!Arrays.equals(bytes, FIRST_LINE.length, header, identity, 0, identity.length)) {
            throw new InputException("'" + file
                    + "' is the checkpoint of another training: its images or a key that changes results differ;"
                    + " only name, description, steps, pipelined, spatialParallelism, gradientLanes, mapping,"
                    + " endurance and threads may.");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, header, content - header))) {
            return state(in, normalised);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean begins(byte[] bytes, byte[] line) {
        return Arrays.equals(bytes, 0, line.length, line, 0, line.length);
    }

    private static GanState state(DataInputStream in, boolean normalised) throws IOException {
        return new GanState(
                in.readLong(),
                network(in, normalised),
                network(in, normalised),
                in.readLong(),
                in.readLong(),
                counts(in));
    }

    private static NetworkState network(DataInputStream in, boolean normalised) throws IOException {
        int layers = in.readInt();
        return new NetworkState(
                arrays(in, layers),
                arrays(in, layers),
                longs(in, layers),
                longs(in, layers),
                longs(in, layers),
                normalised ? normalisations(in) : List.of());
    }

    private static List<NormalisationState> normalisations(DataInputStream in) throws IOException {
        List<NormalisationState> layers = new ArrayList<>();
        for (int count = in.readInt(); layers.size() < count; ) {
            layers.add(new NormalisationState(
                    in.readLong(), in.readLong(), longs(in, in.readInt()), arrays(in, 1)[0], arrays(in, 1)[0]));
        }
        return layers;
    }

    private static int[][] arrays(DataInputStream in, int count) throws IOException {
        int[][] arrays = new int[count][];
        for (int i = 0; i < count; i++) {
            arrays[i] = new int[in.readInt()];
            for (int j = 0; j < arrays[i].length; j++) {
                arrays[i][j] = in.readInt();
            }
        }
        return arrays;
    }

    private static long[] longs(DataInputStream in, int count) throws IOException {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    private static TrainingCounts counts(DataInputStream in) throws IOException {
        return new TrainingCounts(
                in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
