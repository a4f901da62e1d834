package org.emat.report;

import java.util.Locale;

/** How a crossbar is drawn that is filled to some share. */
enum Shade {
    LOW("under 10\u00a0%", 0.1),
    TENTH("10 to 25\u00a0%", 0.25),
    QUARTER("25 to 50\u00a0%", 0.5),
    HALF("50 to 75\u00a0%", 0.75),
    MOST("75\u00a0% and more", 1),
    FULL("all cells", Double.POSITIVE_INFINITY);

    private final String label;
    private final double limit;

    Shade(String label, double limit) {
        this.label = label;
        this.limit = limit;
    }

    /** The shade of a share, 0 to 1. */
    static Shade of(double share) {
        for (Shade shade : values()) {
            if (share < shade.limit) {
                return shade;
            }
        }
        return FULL;
    }

    /** Which shares it stands for. */
    String label() {
        return label;
    }

    /** Its class in the style sheet. */
    String style() {
        return "shade-" + name().toLowerCase(Locale.ROOT);
    }
}
