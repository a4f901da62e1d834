package org.emat.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.emat.network.InputException;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PNG files of every kind, built chunk by chunk. */
class ImagesTest {
    private static final int GREY = 0;
    private static final int COLOUR = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int COLOUR_ALPHA = 6;
    private static final TensorShape ONE = new TensorShape(1, 1, 2);
    private static final TensorShape THREE = new TensorShape(3, 1, 2);

    @TempDir
    Path folder;

    /** The words of an image of two pixels, 0 to 1, one row of the given bytes. */
    private float[] read(TensorShape shape, int bits, int kind, int... row) throws IOException {
        return read(shape, Images.Range.unit(), bits, kind, row);
    }

    private float[] read(TensorShape shape, Images.Range range, int bits, int kind, int... row) throws IOException {
        Path file = Files.write(folder.resolve("a.png"), png(bits, kind, row));
        return Images.read(file, shape, range).words();
    }

    private static byte[] png(int bits, int kind, int... row) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        chunk(file, "IHDR", 0, 0, 0, 2, 0, 0, 0, 1, bits, kind, 0, 0, 0);
        if (kind == PALETTE) {
            chunk(file, "PLTE", 255, 0, 0, 0, 51, 102, 10, 10, 10);
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(0);
            for (int value : row) {
                deflater.write(value);
            }
        }
        int[] data = new int[packed.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = packed.toByteArray()[i];
        }
        chunk(file, "IDAT", data);
        chunk(file, "IEND");
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, int... data) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + data.length);
        bytes.put(type.getBytes(StandardCharsets.US_ASCII));
        for (int value : data) {
            bytes.put((byte) value);
        }
        CRC32 sum = new CRC32();
        sum.update(bytes.array());
        ByteBuffer whole = ByteBuffer.allocate(12 + data.length);
        whole.putInt(data.length).put(bytes.array()).putInt((int) sum.getValue());
        file.writeBytes(whole.array());
    }

    @Test
    void greySamplesOfEveryWidthAreShares() throws IOException {
        assertThat(read(ONE, 8, GREY, 0, 51)).containsExactly(0, 0.2f);
        assertThat(read(ONE, 16, GREY, 0x33, 0x33, 0xff, 0xff)).containsExactly(0.2f, 1);
        assertThat(read(ONE, 16, GREY, 0, 1, 0, 0)).containsExactly(1 / 65535f, 0);
        assertThat(read(ONE, 4, GREY, 0x3f)).containsExactly(0.2f, 1);
        assertThat(read(ONE, 2, GREY, 0x40)).containsExactly(1 / 3f, 0);
        assertThat(read(ONE, 1, GREY, 0x40)).containsExactly(0, 1);
    }

    @Test
    void greySamplesServeAllColours() throws IOException {
        assertThat(read(THREE, 8, GREY, 255, 51)).containsExactly(1, 1, 1, 0.2f, 0.2f, 0.2f);
    }

    @Test
    void coloursAreRedGreenBlue() throws IOException {
        assertThat(read(THREE, 8, COLOUR, 255, 51, 0, 102, 153, 204)).containsExactly(1, 0.2f, 0, 0.4f, 0.6f, 0.8f);
        assertThat(read(THREE, 16, COLOUR, 255, 255, 0x33, 0x33, 0, 1, 0, 0, 0, 0, 0, 2))
                .containsExactly(1, 0.2f, 1 / 65535f, 0, 0, 2 / 65535f);
    }

    @Test
    void transparencyIsIgnored() throws IOException {
        assertThat(read(THREE, 8, COLOUR_ALPHA, 255, 51, 0, 0, 102, 153, 204, 7))
                .containsExactly(1, 0.2f, 0, 0.4f, 0.6f, 0.8f);
        assertThat(read(ONE, 8, GREY_ALPHA, 51, 0, 255, 9)).containsExactly(0.2f, 1);
    }

    /** An entry of the palette is no brightness. */
    @Test
    void paletteIsLookedUp() throws IOException {
        assertThat(read(THREE, 8, PALETTE, 1, 0)).containsExactly(0, 0.2f, 0.4f, 1, 0, 0);
        assertThat(read(THREE, 2, PALETTE, 0x40)).containsExactly(0, 0.2f, 0.4f, 1, 0, 0);
        assertThat(read(ONE, 8, PALETTE, 0, 2)).containsExactly(0.299f, 10 / 255f);
    }

    @Test
    void coloursBecomeGreyByTheirLuminance() throws IOException {
        assertThat(read(ONE, 8, COLOUR, 255, 255, 255, 0, 255, 0)).containsExactly(1, 0.587f);
    }

    @Test
    void samplesAreSpreadOverTheRange() throws IOException {
        Images.Range range = new Images.Range(-1, 3);
        assertThat(read(ONE, range, 8, GREY, 0, 255)).containsExactly(-1, 3);
        assertThat(read(ONE, range, 8, GREY, 51, 102)).containsExactly(new float[] {-0.2f, 0.6f}, within(1e-6f));
        assertThatThrownBy(() -> new Images.Range(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Images.Range(0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writtenFramesReadBack() throws IOException {
        Images.Range range = new Images.Range(-1, 1);
        for (int channels : new int[] {1, 3}) {
            TensorShape shape = new TensorShape(channels, 17, 16);
            float[] words = new float[shape.words()];
            for (int i = 0; i < words.length; i++) {
                words[i] = (float) (-1 + 2 * (i * 7 % 256 / 255.0));
            }
            Path file = Files.write(folder.resolve("b.png"), Images.png(Images.of(new RealFrame(shape, words), range)));
            assertThat(Images.read(file, shape, range).words()).containsExactly(words, within(1e-6f));
        }
    }

    @Test
    void valuesBeyondTheRangeAreClipped() throws IOException {
        RealFrame frame = new RealFrame(ONE, new float[] {-7, 7});
        byte[] png = Images.png(Images.of(frame, Images.Range.unit()));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getRaster().getSample(0, 0, 0)).isZero();
        assertThat(image.getRaster().getSample(1, 0, 0)).isEqualTo(255);
        assertThat(image.getColorModel()).isNotInstanceOf(IndexColorModel.class);
    }

    @Test
    void everyCutIsRefused() throws IOException {
        byte[] whole = png(8, COLOUR, 1, 2, 3, 4, 5, 6);
        Path file = folder.resolve("cut.png");
        // The last chunk says only that it is the last.
        for (int length = 0; length < whole.length - 12; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Images.read(file, THREE, Images.Range.unit()))
                    .as("%d bytes", length)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("'" + file + "' is not a PNG image");
        }
    }

    /** The size is looked at before the pixels are unpacked. */
    @Test
    void hugeImagesAreRefusedBySize() throws IOException {
        byte[] bytes = png(8, GREY, 1, 2);
        ByteBuffer.wrap(bytes).putInt(16, 1_000_000).putInt(20, 1_000_000);
        CRC32 sum = new CRC32();
        sum.update(bytes, 12, 17);
        ByteBuffer.wrap(bytes).putInt(29, (int) sum.getValue());
        Path file = Files.write(folder.resolve("huge.png"), bytes);
        assertThatThrownBy(() -> Images.read(file, ONE, Images.Range.unit()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1000000x1000000 pixels; the network takes 1x2");
    }

    @Test
    void foldersGiveTheirImagesByName() throws IOException {
        for (String name : new String[] {"b.png", "a.PNG", "c.txt"}) {
            Files.write(folder.resolve(name), png(8, GREY, 1, 2));
        }
        assertThat(Images.list(folder))
                .extracting(path -> path.getFileName().toString())
                .containsExactly("a.PNG", "b.png");
        assertThat(Images.list(folder.resolve("b.png"))).hasSize(1);
    }
}
