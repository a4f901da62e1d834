package org.emat.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Galleries: a panel per row, each one picture in the file. */
final class Pictures {
    /** Mosaics stay below this width, in pixels of the file, so that reports stay small. */
    private static final int ENOUGH = 960;

    private static final int GAP = 1;

    private Pictures() {}

    static Element section(List<Gallery> galleries) {
        Element section = Lists.section("pictures", "Pictures", "");
        for (Gallery gallery : galleries) {
            section.add(Element.of("h3").text(gallery.title()));
            if (!gallery.caption().isEmpty()) {
                section.add(Element.of("p", "lead").text(gallery.caption()));
            }
            Element panels = Element.of("div", "panels panels-" + gallery.rows().size());
            gallery.rows().forEach(row -> panels.add(panel(gallery, row)));
            section.add(panels);
        }
        return section;
    }

    private static Element panel(Gallery gallery, Gallery.Row row) {
        BufferedImage picture = enlarged(mosaic(row.images()));
        BufferedImage first = row.images().get(0);
        int images = row.images().size();
        String size = first.getWidth() + " × " + first.getHeight();
        return Element.of("figure", "panel")
                .add(Element.of("img")
                        .with("src", source(picture))
                        .with("width", picture.getWidth())
                        .with("height", picture.getHeight())
                        .with(
                                "alt",
                                gallery.title() + ", " + row.label() + ": " + Figures.count(images, "picture") + " of "
                                        + size + " pixels"))
                .add(Element.of("figcaption")
                        .add(Element.of("b").text(row.label()))
                        .add(Element.of("span", "note").text(images == 1 ? size : images + " of " + size)));
    }

    /** The images in raster order on a grid as square as can be; a single image as it is. */
    static BufferedImage mosaic(List<BufferedImage> images) {
        if (images.size() == 1) {
            return images.get(0);
        }
        int columns = (int) Math.ceil(Math.sqrt(images.size()));
        int rows = (images.size() + columns - 1) / columns;
        int width = images.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow() + GAP;
        int height = images.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow() + GAP;
        BufferedImage mosaic =
                new BufferedImage(columns * width - GAP, rows * height - GAP, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < images.size(); i++) {
            BufferedImage image = images.get(i);
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    mosaic.setRGB(i % columns * width + x, i / columns * height + y, colour(image, x, y));
                }
            }
        }
        return mosaic;
    }

    /** Every pixel as a square of whole pixels, so that small pictures stay sharp at any width and resolution. */
    static BufferedImage enlarged(BufferedImage image) {
        int factor = Math.max(1, ENOUGH / Math.max(image.getWidth(), image.getHeight()));
        if (factor == 1) {
            return image;
        }
        boolean grey = image.getType() == BufferedImage.TYPE_BYTE_GRAY;
        BufferedImage large = new BufferedImage(
                image.getWidth() * factor,
                image.getHeight() * factor,
                grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < large.getHeight(); y++) {
            for (int x = 0; x < large.getWidth(); x++) {
                if (grey) {
                    int sample = image.getRaster().getSample(x / factor, y / factor, 0);
                    large.getRaster().setSample(x, y, 0, sample);
                } else {
                    large.setRGB(x, y, colour(image, x / factor, y / factor));
                }
            }
        }
        return large;
    }

    /** The colour of a pixel; grey samples as they are, which Java would take for linear light. */
    private static int colour(BufferedImage image, int x, int y) {
        return image.getType() == BufferedImage.TYPE_BYTE_GRAY
                ? 0xff000000 | 0x010101 * image.getRaster().getSample(x, y, 0)
                : image.getRGB(x, y);
    }

    private static String source(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
