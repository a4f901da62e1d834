package org.emat.suite;

import org.emat.cost.Status;

/**
 * A published figure.
 *
 * @param system the machine and where it was published
 * @param claim what is compared
 * @param low smallest published factor or per cent; the same as high where there is one figure
 * @param high largest
 * @param unit {@code x} for a factor, {@code %} for per cent
 * @param baseline what it is compared with
 * @param source where the figure was read
 * @param status how far it can be trusted
 */
public record Published(
        String system,
        String claim,
        double low,
        double high,
        String unit,
        String baseline,
        String source,
        Status status) {
    public Published {
        if (low > high) {
            throw new IllegalArgumentException("a published range is ordered, not " + low + " to " + high);
        }
    }
}
