package org.emat.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emat.network.InputException;

/**
 * Reads arrays in NumPy's {@code .npy} format, versions 1 to 3: float32, float64 and integers of 8 to 64 bits, C order.
 * Integers beyond 2^53 lose digits; no input of emat is that large.
 */
public final class NpyReader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");
    private static final int LARGEST = 1 << 28;

    private final Path file;

    private NpyReader(Path file) {
        this.file = file;
    }

    /** The array of a file; refuses in one sentence what is none. */
    public static NpyArray read(Path file) {
        return new NpyReader(file).array();
    }

    private NpyArray array() {
        ByteBuffer bytes = bytes();
        byte[] magic = new byte[MAGIC.length];
        if (bytes.remaining() < 10 || !Arrays.equals(take(bytes, magic), MAGIC)) {
            throw refuse("is not an array in .npy format");
        }
        int version = bytes.get();
        bytes.get();
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        long length = version == 1 ? Short.toUnsignedLong(bytes.getShort()) : Integer.toUnsignedLong(bytes.getInt());
        if (version < 1 || version > 3 || length > bytes.remaining()) {
            throw refuse("is not an array in .npy format, or it is cut short");
        }
        String header = new String(take(bytes, new byte[(int) length]), StandardCharsets.UTF_8);
        if (find(ORDER, header).equals("True")) {
            throw refuse("is in Fortran order; C order is supported (numpy.ascontiguousarray)");
        }
        int[] shape = shape(find(SHAPE, header));
        return new NpyArray(shape, numbers(bytes, find(DESCRIPTION, header), size(shape)));
    }

    private ByteBuffer bytes() {
        try {
            if (Files.isDirectory(file)) {
                throw refuse("is a folder; a .npy file is needed");
            }
            if (Files.size(file) > Integer.MAX_VALUE - 64) {
                throw refuse("has more than 2 GiB");
            }
            return ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new InputException("'" + file + "' does not exist.", e);
        } catch (IOException e) {
            throw new InputException("'" + file + "' cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static byte[] take(ByteBuffer bytes, byte[] into) {
        bytes.get(into);
        return into;
    }

    private String find(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw refuse("has a header that is not of .npy format: " + header.strip());
        }
        return matcher.group(1);
    }

    private int[] shape(String text) {
        try {
            return Arrays.stream(text.split(","))
                    .map(axis -> axis.replace("L", "").strip())
                    .filter(axis -> !axis.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw refuse("has the shape (" + text + "), which is too large");
        }
    }

    private int size(int[] shape) {
        long size = 1;
        for (int axis : shape) {
            size *= axis;
            if (size > LARGEST) {
                throw refuse("holds more than " + LARGEST + " numbers");
            }
        }
        return (int) size;
    }

    private double[] numbers(ByteBuffer bytes, String type, int count) {
        String code = type.isEmpty() ? "" : type.substring(1);
        int width = width(type, code);
        if (bytes.remaining() != (long) count * width) {
            throw refuse(
                    "holds " + bytes.remaining() + " bytes of numbers; its header promises " + (long) count * width);
        }
        bytes.order(type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = number(bytes, code);
        }
        return values;
    }

    private int width(String type, String code) {
        boolean known = code.matches("f[48]|[iu][1248]|b1") && "<>|=".indexOf(type.charAt(0)) >= 0;
        if (!known) {
            throw refuse("holds numbers of type '" + type + "'; float32, float64 and integers are supported");
        }
        return code.charAt(1) - '0';
    }

    private static double number(ByteBuffer bytes, String code) {
        return switch (code) {
            case "f4" -> bytes.getFloat();
            case "f8" -> bytes.getDouble();
            case "i1" -> bytes.get();
            case "i2" -> bytes.getShort();
            case "i4" -> bytes.getInt();
            case "u1", "b1" -> Byte.toUnsignedInt(bytes.get());
            case "u2" -> Short.toUnsignedInt(bytes.getShort());
            case "u4" -> Integer.toUnsignedLong(bytes.getInt());
            default -> bytes.getLong();
        };
    }

    private InputException refuse(String what) {
        return new InputException("'" + file + "' " + what + ".");
    }
}
