package org.emat.tb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a design kept the rules of its ports during a run.
 *
 * @param errors its error register, whose bits {@code csr.v} lists
 * @param wrongLasts output beats whose end-of-frame mark was wrong
 * @param brokenOffers cycles in which a pixel or beat on offer was taken back, or a beat changed
 */
record PortRules(int errors, long wrongLasts, long brokenOffers) {
    private static final List<String> BITS =
            List.of("misplaced end of a frame", "write while running", "unknown address", "partial write");

    static PortRules decode(ByteBuffer in) {
        return new PortRules(in.getInt(), in.getLong(), in.getLong());
    }

    /** One sentence on what was broken. */
    Optional<String> complaint() {
        List<String> parts = new ArrayList<>();
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            if ((errors >>> bit & 1) == 1) {
                parts.add("its error register says: " + (bit < BITS.size() ? BITS.get(bit) : "bit " + bit));
            }
        }
        if (wrongLasts > 0) {
            parts.add(wrongLasts + " output beats carried a wrong end-of-frame mark");
        }
        if (brokenOffers > 0) {
            parts.add("in " + brokenOffers + " cycles something on offer was taken back or changed");
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("the design broke the rules of its ports: " + String.join(", ", parts));
    }
}
