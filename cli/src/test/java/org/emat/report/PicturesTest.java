package org.emat.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class PicturesTest {
    /** A grey picture whose pixels count up from a value. */
    static BufferedImage image(int width, int height, int from) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, (from + i) % 256);
        }
        return image;
    }

    @Test
    void embedsEveryPixelOfAMosaic() throws IOException {
        List<BufferedImage> images = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            images.add(image(28, 28, 3 * i));
        }
        BufferedImage shown = shown(images);
        int factor = shown.getWidth() / (8 * 29 - 1);
        assertThat(factor).isGreaterThan(2);
        for (int i = 0; i < 64; i++) {
            for (int pixel = 0; pixel < 28 * 28; pixel++) {
                int x = (i % 8 * 29 + pixel % 28) * factor;
                int y = (i / 8 * 29 + pixel / 28) * factor;
                int wanted = grey(3 * i + pixel);
                assertThat(shown.getRGB(x, y)).isEqualTo(wanted);
                assertThat(shown.getRGB(x + factor - 1, y + factor - 1)).isEqualTo(wanted);
            }
        }
        assertThat(shown.getRGB(28 * factor, 0) >>> 24)
                .as("gaps are transparent")
                .isZero();
    }

    private static int grey(int sample) {
        return 0xff000000 | 0x010101 * (sample % 256);
    }

    @Test
    void enlargesASmallPicture() throws IOException {
        BufferedImage shown = shown(List.of(image(28, 28, 0)));
        int factor = shown.getWidth() / 28;
        assertThat(factor).isGreaterThan(8);
        for (int i = 0; i < shown.getWidth() * shown.getWidth(); i++) {
            int x = i % shown.getWidth();
            int y = i / shown.getWidth();
            assertThat(shown.getRaster().getSample(x, y, 0)).isEqualTo((y / factor * 28 + x / factor) % 256);
        }
    }

    @Test
    void embedsALargePictureAsItIs() throws IOException {
        BufferedImage image = image(510, 510, 0);
        BufferedImage shown = shown(List.of(image));
        assertThat(shown.getWidth()).isEqualTo(510);
        for (int i = 0; i < 510 * 510; i++) {
            assertThat(shown.getRaster().getSample(i % 510, i / 510, 0)).isEqualTo(i % 256);
        }
    }

    @Test
    void keepsColours() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x123456);
        image.setRGB(1, 0, 0xfedcba);
        BufferedImage shown = shown(List.of(image));
        assertThat(shown.getRGB(0, 0)).isEqualTo(0xff123456);
        assertThat(shown.getRGB(shown.getWidth() - 1, 0)).isEqualTo(0xfffedcba);
    }

    @Test
    void namesWhatIsToBeSeen() {
        Gallery gallery = new Gallery(
                "Digits",
                "Of one seed.",
                List.of(
                        new Gallery.Row("float", List.of(image(4, 4, 0), image(4, 4, 1))),
                        new Gallery.Row("RTL", List.of(image(4, 4, 0)))));
        Page page = Page.parse(Pictures.section(List.of(gallery)).toString());
        assertThat(page.all("img"))
                .extracting(image -> image.getAttribute("alt"))
                .containsExactly("Digits, float: 2 pictures of 4 × 4 pixels", "Digits, RTL: 1 picture of 4 × 4 pixels");
        assertThat(page.all("figcaption")).extracting(Page::text).containsExactly("float2 of 4 × 4", "RTL4 × 4");
        assertThat(Page.text(page.all("section").get(0))).contains("Digits Of one seed.");
    }

    @Test
    void refusesEmptyGalleries() {
        assertThatThrownBy(() -> new Gallery("Digits", "", List.of())).hasMessage("gallery 'Digits' has no row");
        assertThatThrownBy(() -> new Gallery.Row("float", List.of()))
                .hasMessage("row 'float' of a gallery has no image");
    }

    private static BufferedImage shown(List<BufferedImage> images) throws IOException {
        Gallery gallery = new Gallery("Pictures", "", List.of(new Gallery.Row("float", images)));
        Element image = Page.parse(Pictures.section(List.of(gallery)).toString())
                .all("img")
                .get(0);
        String source = image.getAttribute("src").replace("data:image/png;base64,", "");
        BufferedImage read =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(source)));
        assertThat(image.getAttribute("width")).isEqualTo("" + read.getWidth());
        assertThat(image.getAttribute("height")).isEqualTo("" + read.getHeight());
        return read;
    }
}
