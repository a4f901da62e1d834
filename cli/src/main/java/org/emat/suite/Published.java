package org.emat.suite;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.emat.cost.Status;

/**
 * A published figure.
 *
 * @param system the machine and where it was published
 * @param claim what is compared
 * @param low smallest published factor or per cent; the same as high where there is one figure
 * @param high largest
 * @param compared which figure of emat it is compared with
 * @param mapping name of the mapping that is the machine's own; empty if nothing is compared
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
        Compared compared,
        String mapping,
        String unit,
        String baseline,
        String source,
        Status status) {
    /** Figures of a mapping over those of zero-insertion. */
    public enum Compared {
        /** How often faster, a factor. */
        @JsonProperty("speed-up")
        SPEED_UP,
        /** Energy that is not taken, per cent. */
        @JsonProperty("energy-saved")
        ENERGY_SAVED,
        /** How often less energy, a factor. */
        @JsonProperty("energy-efficiency")
        ENERGY_EFFICIENCY,
        /** Area taken more, per cent. */
        @JsonProperty("area-added")
        AREA_ADDED,
        /** How often faster a step of training, a factor. */
        @JsonProperty("training-step")
        TRAINING_STEP,
        /** Nothing: the published baseline is no machine that emat has. */
        @JsonProperty("none")
        NONE
    }

    public Published {
        if (low > high) {
            throw new IllegalArgumentException("a published range is ordered, not " + low + " to " + high);
        }
    }
}
