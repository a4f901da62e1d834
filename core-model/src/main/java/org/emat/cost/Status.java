package org.emat.cost;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a number can be trusted. */
public enum Status {
    /** Read in the source that is named. */
    @JsonProperty("verified")
    VERIFIED("verified"),
    /** Remembered from the literature, not read again. */
    @JsonProperty("memory")
    MEMORY("memory"),
    /** Computed from numbers of the source that is named. */
    @JsonProperty("derived")
    DERIVED("derived"),
    /** Chosen here, or by the user; not literature. */
    @JsonProperty("choice")
    CHOICE("choice");

    private final String text;

    Status(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
