package org.emat.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes arrays in NumPy's {@code .npy} format, version 1.0. */
public final class NpyWriter {
    private static final int ALIGNMENT = 64;
    private static final int HEAD = 10;

    private NpyWriter() {}

    /** Type of the numbers in a file. */
    public enum Type {
        /** 32-bit floating point. */
        FLOAT32("<f4", 4),
        /** 64-bit floating point. */
        FLOAT64("<f8", 8),
        /** 64-bit integers. */
        INT64("<i8", 8);

        private final String code;
        private final int width;

        Type(String code, int width) {
            this.code = code;
            this.width = width;
        }
    }

    /** Writes an array; the file is whole or absent. */
    public static void write(Path file, NpyArray array, Type type) {
        OutputFile.write(file, bytes(array, type));
    }

    /** The bytes of a file. */
    public static byte[] bytes(NpyArray array, Type type) {
        byte[] header = header(array.shape(), type);
        ByteBuffer bytes = ByteBuffer.allocate(
                        Math.addExact(header.length, Math.multiplyExact(array.values().length, type.width)))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(header);
        for (double value : array.values()) {
            switch (type) {
                case FLOAT32 -> bytes.putFloat((float) value);
                case FLOAT64 -> bytes.putDouble(value);
                case INT64 -> bytes.putLong((long) value);
            }
        }
        return bytes.array();
    }

    private static byte[] header(int[] shape, Type type) {
        String axes = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '" + type.code + "', 'fortran_order': False, 'shape': (" + axes
                + (shape.length == 1 ? ",), }" : "), }");
        int length = (HEAD + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT - HEAD;
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) length);
        bytes.put((text + " ".repeat(length - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
        return bytes.array();
    }
}
