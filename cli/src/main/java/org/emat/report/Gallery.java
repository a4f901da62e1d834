package org.emat.report;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Pictures side by side.
 *
 * @param title heading
 * @param caption what is to be seen; may be empty
 * @param rows at least one; each becomes a panel
 */
public record Gallery(String title, String caption, List<Row> rows) {
    public Gallery {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("gallery '" + title + "' has no row");
        }
    }

    /**
     * Pictures of one origin; several are shown as one mosaic, in raster order.
     *
     * @param label their origin, such as "float" or "RTL"
     * @param images at least one, not to be changed afterwards
     */
    public record Row(String label, List<BufferedImage> images) {
        public Row {
            images = List.copyOf(images);
            if (images.isEmpty()) {
                throw new IllegalArgumentException("row '" + label + "' of a gallery has no image");
            }
        }
    }
}
