package org.emat.files;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
        ByteBuffer bytes = ByteBuffer.wrap(InputFile.read(file, "a .npy file")).order(ByteOrder.LITTLE_ENDIAN);
        String header = header(bytes);
        if (find(ORDER, header).equals("True")) {
            throw refuse("is in Fortran order; C order is supported (numpy.ascontiguousarray)");
        }
        int[] shape = shape(find(SHAPE, header));
        return new NpyArray(shape, numbers(bytes, find(DESCRIPTION, header), size(shape)));
    }

    /** The text between the length and the numbers. */
    private String header(ByteBuffer bytes) {
        if (bytes.remaining() < MAGIC.length || !Arrays.equals(take(bytes, MAGIC.length), MAGIC)) {
            throw refuse("is not an array in .npy format");
        }
        try {
            int version = take(bytes, 2)[0];
            if (version < 1 || version > 3) {
                throw refuse("is in version " + version + " of the .npy format; 1 to 3 are supported");
            }
            long length =
                    version == 1 ? Short.toUnsignedLong(bytes.getShort()) : Integer.toUnsignedLong(bytes.getInt());
            int rest = (int) Math.min(length, Integer.MAX_VALUE);
            return new String(take(bytes, rest), StandardCharsets.UTF_8);
        } catch (BufferUnderflowException e) {
            throw refuse("is cut short in its header");
        }
    }

    private static byte[] take(ByteBuffer bytes, int count) {
        if (count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] taken = new byte[count];
        bytes.get(taken);
        return taken;
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
            throw refuse("has the shape (" + text + "), whose axes are too large or no numbers");
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
            case "u8" -> unsigned(bytes.getLong());
            default -> bytes.getLong();
        };
    }

    /** The value of 64 bits without a sign, rounded to odd before it is halved and so rounded once. */
    private static double unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
    }

    private InputException refuse(String what) {
        return new InputException("'" + file + "' " + what + ".");
    }
}
