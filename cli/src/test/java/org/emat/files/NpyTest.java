package org.emat.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.emat.network.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrays as NumPy writes them; the bytes here are NumPy's, not those of emat's own writer. */
class NpyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(NpyWriter.Type.class)
    void writtenArraysReadBack(NpyWriter.Type type) {
        for (int[] shape : new int[][] {{}, {3}, {0}, {2, 3}, {1, 2, 1, 4}, {12345}}) {
            double[] values = new double[size(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = type == NpyWriter.Type.INT64 ? i * 1e9 - 5 : i * 0.25 - 3;
            }
            Path file = folder.resolve("a.npy");
            NpyWriter.write(file, new NpyArray(shape, values), type);
            NpyArray read = NpyReader.read(file);
            assertThat(read.shape()).isEqualTo(shape);
            assertThat(read.values()).isEqualTo(values);
        }
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int axis : shape) {
            size *= axis;
        }
        return size;
    }

    @Test
    void limitsOfEveryTypeReadBack() {
        double[] reals = {Double.MAX_VALUE, Double.MIN_VALUE, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Math.PI};
        Path file = folder.resolve("a.npy");
        NpyWriter.write(file, new NpyArray(new int[] {6}, reals), NpyWriter.Type.FLOAT64);
        assertThat(NpyReader.read(file).values()).isEqualTo(reals);
        double[] wholes = {Integer.MAX_VALUE, Integer.MIN_VALUE, (1L << 53) - 1, 1 - (1L << 53)};
        NpyWriter.write(file, new NpyArray(new int[] {4}, wholes), NpyWriter.Type.INT64);
        assertThat(NpyReader.read(file).values()).isEqualTo(wholes);
    }

    /** numpy.save of numpy.array([1.5, -2], dtype='<f4'), byte by byte. */
    @Test
    void bytesAreThoseOfNumPy() throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
        byte[] wanted = file(1, header, "0000c03f000000c0");
        assertThat(wanted).hasSize(128 + 8);
        Path file = folder.resolve("a.npy");
        NpyWriter.write(file, new NpyArray(new int[] {2}, new double[] {1.5, -2}), NpyWriter.Type.FLOAT32);
        assertThat(Files.readAllBytes(file)).isEqualTo(wanted);
    }

    /** The header of numpy.save, padded to 64 bytes, and the numbers in hexadecimal. */
    private static byte[] file(int version, String header, String numbers) {
        int head = version == 1 ? 10 : 12;
        int length = (head + header.length() + 1 + 63) / 64 * 64 - head;
        ByteBuffer bytes = ByteBuffer.allocate(head + length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) version)
                .put((byte) 0);
        if (version == 1) {
            bytes.putShort((short) length);
        } else {
            bytes.putInt(length);
        }
        String padded = header + " ".repeat(length - header.length() - 1) + "\n";
        bytes.put(padded.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(bytes.array());
        all.writeBytes(HexFormat.of().parseHex(numbers));
        return all.toByteArray();
    }

    private NpyArray read(int version, String type, String shape, String numbers) throws IOException {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
        return NpyReader.read(Files.write(folder.resolve("n.npy"), file(version, header, numbers)));
    }

    @ParameterizedTest
    @CsvSource({
        "<f4, 0000c03f000000c0, 1.5, -2",
        ">f4, 3fc00000c0000000, 1.5, -2",
        "=f4, 0000c03f000000c0, 1.5, -2",
        "<f8, 000000000000f83f00000000000000c0, 1.5, -2",
        ">f8, 3ff8000000000000c000000000000000, 1.5, -2",
        "|i1, 7f80, 127, -128",
        "<i2, ff7f0080, 32767, -32768",
        ">i2, 7fff8000, 32767, -32768",
        "<i4, 01000000feffffff, 1, -2",
        ">i4, 00000001fffffffe, 1, -2",
        "<i8, 0100000000000000feffffffffffffff, 1, -2",
        ">i8, 0000000000000001fffffffffffffffe, 1, -2",
        "|u1, 01ff, 1, 255",
        "<u2, 0100ffff, 1, 65535",
        ">u4, 00000001ffffffff, 1, 4294967295",
        "<u8, 01000000000000000000000000000080, 1, 9223372036854775808",
        "|b1, 0001, 0, 1",
    })
    void numbersOfEveryTypeAreRead(String type, String numbers, double first, double second) throws IOException {
        for (int version = 1; version <= 3; version++) {
            NpyArray array = read(version, type, "(2,)", numbers);
            assertThat(array.shape()).containsExactly(2);
            assertThat(array.values()).containsExactly(first, second);
        }
    }

    @Test
    void shapesOfEveryKindAreRead() throws IOException {
        assertThat(read(1, "|u1", "()", "07").shape()).isEmpty();
        assertThat(read(1, "|u1", "()", "07").values()).containsExactly(7);
        assertThat(read(1, "|u1", "(3,)", "070809").shape()).containsExactly(3);
        assertThat(read(1, "|u1", "(1, 3)", "070809").shape()).containsExactly(1, 3);
        assertThat(read(1, "|u1", "(2L, 1L)", "0708").shape()).containsExactly(2, 1);
        assertThat(read(1, "|u1", "(2, 0)", "").values()).isEmpty();
    }

    /** Keys in another order and without blanks, as other programs write them. */
    @Test
    void otherWritersAreRead() throws IOException {
        byte[] bytes = file(2, "{'shape':(2,),'fortran_order':False,'descr':'<i2'}", "01000200");
        assertThat(NpyReader.read(Files.write(folder.resolve("n.npy"), bytes)).values())
                .containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            value = {
                "<c8 / (1,) / 0000000000000000 / '<c8'",
                "<f2 / (1,) / 0000 / '<f2'",
                "<U1 / (1,) / 00000000 / '<U1'",
                "|O / (1,) / 00 / '|O'",
                "<i4 / (2,) / 00000000 / holds 4 bytes of numbers; its header promises 8",
                "<i4 / (1,) / 0000000000 / holds 5 bytes of numbers; its header promises 4",
                "<i4 / (-1,) / 00000000 / header",
                "<i4 / (1 1) / 00000000 / (1 1)",
                "<i4 / (99999, 99999) / 00 / more than 268435456 numbers",
            })
    void otherArraysAreRefused(String type, String shape, String numbers, String fragment) {
        assertThatThrownBy(() -> read(1, type, shape, numbers))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("'" + folder.resolve("n.npy") + "' ")
                .hasMessageContaining(fragment)
                .hasMessageEndingWith(".");
    }

    /** However short the file is. */
    @Test
    void everyCutIsRefused() throws IOException {
        byte[] whole = file(2, "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "0000c03f");
        Path file = folder.resolve("cut.npy");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> NpyReader.read(file))
                    .as("%d bytes", length)
                    .isInstanceOf(InputException.class);
        }
    }

    @Test
    void laterVersionsAreRefused() throws IOException {
        byte[] bytes = file(4, "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "0000c03f");
        Path file = Files.write(folder.resolve("n.npy"), bytes);
        assertThatThrownBy(() -> NpyReader.read(file)).hasMessageContaining("version 4");
    }
}
