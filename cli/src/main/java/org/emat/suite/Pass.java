package org.emat.suite;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What of a network is computed. */
public enum Pass {
    /** Outputs from inputs. */
    @JsonProperty("forward")
    FORWARD("forward"),
    /** Errors of inputs from errors of outputs. */
    @JsonProperty("error")
    ERROR("error"),
    /** Gradients of weights from inputs and errors of outputs. */
    @JsonProperty("gradient")
    GRADIENT("gradient");

    private final String text;

    Pass(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
