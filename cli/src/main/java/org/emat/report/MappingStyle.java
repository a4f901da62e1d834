package org.emat.report;

import java.util.List;
import org.emat.measure.Variant;

/** How a mapping is drawn, the same in every chart. */
final class MappingStyle {
    private MappingStyle() {}

    /** Style class of a mapping; other folds look as the usual one. */
    static String of(Variant variant) {
        return switch (variant.mapping()) {
            case PHASE -> "by-phase";
            case PIXEL_WISE -> variant.fold() == 1 ? "by-pixel" : "by-fold";
            case PADDING_FREE -> "by-overlap";
            case ZERO_INSERTION -> "by-zeros";
        };
    }

    /** What each colour means. */
    static Element legend(List<Variant> variants) {
        Element legend = Element.of("ul", "legend");
        variants.forEach(variant -> legend.add(Element.of("li")
                .add(Glyph.svg("0 0 10 10", "key")
                        .with("aria-hidden", "true")
                        .add(Element.of("path", of(variant)).with("d", Glyph.box(0, 0, 10, 10))))
                .text(variant.toString())));
        return legend;
    }
}
