package org.emat.files;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.emat.network.InputException;
import org.emat.train.gan.CellWear;
import org.emat.train.gan.GanPlan;

/** Writes of the cells of a training as bytes: layers, each behind its length, and the CRC-32 of all that; big-endian. */
public final class WearFile {
    private WearFile() {}

    /** The bytes of cells. */
    public static byte[] bytes(CellWear wear) {
        int[][] writes = wear.writes();
        int words = Arrays.stream(writes).mapToInt(layer -> layer.length + 1).sum() + 1;
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(words, Integer.BYTES) + Long.BYTES);
        bytes.putInt(writes.length);
        for (int[] layer : writes) {
            bytes.putInt(layer.length);
            Arrays.stream(layer).forEach(bytes::putInt);
        }
        bytes.putLong(checksum(bytes));
        return bytes.array();
    }

    private static long checksum(ByteBuffer bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes.array(), 0, bytes.capacity() - Long.BYTES);
        return sum.getValue();
    }

    /** The cells of a file; refuses what is cut short, changed, or of another training. */
    static CellWear read(Path file, GanPlan plan) {
        ByteBuffer bytes = ByteBuffer.wrap(InputFile.read(file, "a file of writes"));
        if (bytes.capacity() < Integer.BYTES + Long.BYTES
                || bytes.getLong(bytes.capacity() - Long.BYTES) != checksum(bytes)) {
            throw new InputException("'" + file + "' holds no writes of cells, or it is cut short or changed.");
        }
        int[][] writes = new int[bytes.getInt()][];
        for (int layer = 0; layer < writes.length; layer++) {
            writes[layer] = new int[bytes.getInt()];
            for (int cell = 0; cell < writes[layer].length; cell++) {
                writes[layer][cell] = bytes.getInt();
            }
        }
        return CellWear.of(plan, writes);
    }
}
