package org.emat.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.emat.network.InputException;
import org.emat.train.gan.GanState;
import org.emat.train.gan.NetworkState;
import org.emat.train.gan.TrainingCounts;

/**
 * The state of a training as bytes: a first line, what identifies the training, the numbers of {@link GanState} in the order
 * of its records, each array behind its length, and the CRC-32 of all that; big-endian.
 */
public final class Checkpoint {
    private static final byte[] FIRST_LINE = {'e', 'm', 'a', 't', ' ', '2', '\n'};

    private Checkpoint() {}

    /** The bytes of a state. */
    public static byte[] bytes(GanState state, byte[] identity) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(FIRST_LINE);
            out.write(identity);
            out.writeLong(state.step());
            write(out, state.generator());
            write(out, state.discriminator());
            out.writeLong(state.latents());
            out.writeLong(state.images());
            write(out, state.counts());
            out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, length);
        return sum.getValue();
    }

    private static void write(DataOutputStream out, NetworkState network) throws IOException {
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
        if (!Arrays.equals(bytes, 0, FIRST_LINE.length, FIRST_LINE, 0, FIRST_LINE.length)) {
            throw new InputException("'" + file + "' is the checkpoint of another version of emat.");
        }
        if (!Arrays.equals(bytes, FIRST_LINE.length, header, identity, 0, identity.length)) {
            throw new InputException(
                    "'" + file + "' is the checkpoint of another training: networks, data, arithmetic or seed differ.");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, header, content - header))) {
            return state(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GanState state(DataInputStream in) throws IOException {
        return new GanState(in.readLong(), network(in), network(in), in.readLong(), in.readLong(), counts(in));
    }

    private static NetworkState network(DataInputStream in) throws IOException {
        int layers = in.readInt();
        return new NetworkState(
                arrays(in, layers), arrays(in, layers), longs(in, layers), longs(in, layers), longs(in, layers));
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
